/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.PeerStream;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.aeron.codec.Ending;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Checks from time to time which process is at the address that the configuration gives this server: this process,
 * nobody who can be reached, or another process with the same id, to which the other servers are led. It also checks
 * whether that address is still the one that this server listens on.
 */
final class IdentityCheck implements LinkMessageHandler, AutoCloseable
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long DISPUTED_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    /**
     * Bounds the delay of the first link. An address at which nobody answers, or a slow lookup, delays it no longer
     * than this.
     */
    private static final long FIRST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final LinkWorld world;
    private final PeerContext context;
    private final LinkNews news;
    private final NameLookup lookup;
    private final LinkDialer dialer;
    private final OwnAddress address;
    private final long firstEndNs;
    private SilentLink asked;
    private boolean isIdInUse;
    private long nextNs;

    IdentityCheck(final LinkWorld world)
    {
        this(world, new NameLookup(world.context().self().host(), world.resolver()));
    }

    /**
     * Begins at once.
     *
     * @param world  of the port.
     * @param lookup of this server's own name.
     */
    IdentityCheck(final LinkWorld world, final NameLookup lookup)
    {
        this.world = world;
        this.lookup = lookup;
        context = world.context();
        news = new LinkNews(context, context.serverId());
        dialer = new LinkDialer(world, context.self(), lookup, true);
        address = new OwnAddress(context);
        nextNs = context.nanoClock().nanoTime();
        firstEndNs = nextNs + FIRST_WAIT_NS;
    }

    int poll(final long nowNs)
    {
        if (nowNs - firstEndNs >= 0)
        {
            world.identity().onChecked();
        }

        if (asked != null)
        {
            return listen(nowNs);
        }

        return nowNs - nextNs < 0 ? 0 : dial(nowNs);
    }

    private int dial(final long nowNs)
    {
        try
        {
            final SilentLink connected = dialer.poll(nowNs);

            return connected == null ? 0 : ask(connected);
        }
        catch (final IOException unreachable)
        {
            dialer.giveUp();

            return finish(nowNs);
        }
    }

    private int ask(final SilentLink connected)
    {
        asked = connected;
        final LinkHello hello = new LinkHello(context.serverId(), context.serverId(), context.processId(),
            context.voterSetHash(), 1, 0, SessionIds.draw(world.random(), PeerStream.values().length), new byte[0],
            context.self().udpPort(), context.mtuLength(), context.voters());
        asked.send(world.codec().encodeHello(asked.message(), hello));

        return 1;
    }

    private int listen(final long nowNs)
    {
        final boolean isOpen = asked.poll(this, nowNs) == SilentLink.Reading.OPEN;

        return isOpen && !isIdInUse && nowNs - dialer.deadlineNs() < 0 ? 0 : finish(nowNs);
    }

    /** Ends a check. If nobody could be reached, nobody else claims this server's id. */
    private int finish(final long nowNs)
    {
        if (isIdInUse)
        {
            world.identity().onDisputed(context.serverId(), nowNs);
            news.refused(PeerRefusal.ID_IN_USE, "another process is at " + context.self().host() + ":" + context.self()
                .tcpPort() + ", the address of server " + context.serverId() + "; this one listens at " +
                context.tcpAddress() + " and takes no part while that one lives");
        }

        address.check(lookup.isCurrent() ? lookup.addresses() : List.of());
        world.identity().onChecked();
        nextNs = nowNs + (isIdInUse ? DISPUTED_INTERVAL_NS : INTERVAL_NS);
        dialer.scheduleAfter(INTERVAL_NS, nowNs);
        isIdInUse = false;
        CloseHelper.quietClose(asked);
        asked = null;

        return 1;
    }

    long nextDeadlineNs()
    {
        if (!world.identity().isChecked())
        {
            return firstEndNs;
        }

        if (asked != null)
        {
            return dialer.deadlineNs();
        }

        return dialer.isUnderWay() ? dialer.nextPollNs() : Math.max(nextNs, dialer.nextPollNs());
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        isIdInUse |= PeerRefusal.ID_IN_USE == Refusals.of(refusal);
    }

    @Override
    public void onHello(final LinkHello hello)
    {
        // A server does not link with itself.
    }

    @Override
    public void onProven(final long token)
    {
        // As above.
    }

    @Override
    public void onGenerationEnd(final Ending ending)
    {
        // As above.
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(asked);
        dialer.giveUp();
    }
}
