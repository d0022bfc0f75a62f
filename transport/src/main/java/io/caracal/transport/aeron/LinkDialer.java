/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.Invariant;
import io.caracal.transport.PeerMember;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Connects to one other server when it is time to: looks up its addresses and dials one of them, without ever blocking.
 * If nobody answers there, the next attempt uses another address; see {@link DialAddresses}.
 */
final class LinkDialer
{
    /** If a link was up for less time than this, the server is dialed again only after a pause. */
    private static final long STEADY_NS = TimeUnit.SECONDS.toNanos(1);
    /** Part of an attempt's time after which it goes on with the addresses that the name had before. */
    private static final int LOOKUP_SHARE = 4;

    private final LinkWorld world;
    private final PeerMember peer;
    private final NameLookup lookup;
    private final boolean isDialing;
    private final Channels channels;
    private final Backoff backoff = new Backoff();
    private final DialAddresses addresses = new DialAddresses();
    private DialPhase phase = DialPhase.IDLE;
    private SilentLink connecting;
    private InetAddress dialed;
    private long nextDialNs;
    private long lookupEndNs;
    private long deadlineNs;

    /** Opens sockets. */
    @FunctionalInterface
    interface Channels
    {
        /** Returns a channel that is not connected. */
        SocketChannel open() throws IOException;
    }

    /**
     * The first attempt is due at once.
     *
     * @param world     of the port.
     * @param peer      to dial.
     * @param lookup    of its name.
     * @param isDialing whether this server dials; false: the other server does.
     */
    LinkDialer(final LinkWorld world, final PeerMember peer, final NameLookup lookup, final boolean isDialing)
    {
        this(world, peer, lookup, isDialing, SocketChannel::open);
    }

    LinkDialer(final LinkWorld world, final PeerMember peer, final NameLookup lookup, final boolean isDialing,
        final Channels channels)
    {
        this.channels = channels;
        this.world = world;
        this.peer = peer;
        this.lookup = lookup;
        this.isDialing = isDialing;
        nextDialNs = world.context().nanoClock().nanoTime();
    }

    /** Whether an attempt is under way. */
    boolean isUnderWay()
    {
        return phase != DialPhase.IDLE;
    }

    /** When the attempt, counted from its beginning until the link is up, has taken too long. */
    long deadlineNs()
    {
        return deadlineNs;
    }

    /** When {@link #poll} must be called although nothing arrives. */
    long nextPollNs()
    {
        if (phase != DialPhase.IDLE)
        {
            return phase == DialPhase.RESOLVING && hasKnownAddresses() ? lookupEndNs : deadlineNs;
        }

        return isDialing && world.isReady() ? nextDialNs : Long.MAX_VALUE;
    }

    /**
     * Begins an attempt when it is due, and continues it.
     *
     * @return the connection, which belongs to the caller from then on; null: not yet.
     * @throws IOException when the other server cannot be reached; the caller must then call {@link #giveUp}.
     */
    SilentLink poll(final long nowNs) throws IOException
    {
        return switch (phase)
        {
            case IDLE -> idle(nowNs);
            case RESOLVING -> resolving(nowNs);
            case CONNECTING -> connecting(nowNs);
        };
    }

    /** Abandons the attempt under way. */
    void giveUp()
    {
        CloseHelper.quietClose(connecting);
        connecting = null;
        phase(DialPhase.IDLE);
    }

    /**
     * Schedules the next attempt: at once the first time, then after pauses that grow until a link has lasted.
     *
     * @param linkedNs how long the link that ended was up; 0 for an attempt that failed.
     * @param nowNs    the time of its end.
     */
    void scheduleAfter(final long linkedNs, final long nowNs)
    {
        if (linkedNs >= STEADY_NS)
        {
            backoff.reset();
        }

        nextDialNs = nowNs + backoff.next();
    }

    private SilentLink idle(final long nowNs) throws IOException
    {
        if (!isDialing || !world.isReady() || nowNs - nextDialNs < 0)
        {
            return null;
        }

        deadlineNs = nowNs + world.context().linkTimeoutNs();
        lookupEndNs = nowNs + world.context().linkTimeoutNs() / LOOKUP_SHARE;
        phase(DialPhase.RESOLVING);
        lookup.request();

        return resolving(nowNs);
    }

    private SilentLink resolving(final long nowNs) throws IOException
    {
        if (!lookup.isDone() && !(hasKnownAddresses() && nowNs - lookupEndNs >= 0))
        {
            return notYet(nowNs);
        }

        final List<InetAddress> known = lookup.addresses();

        if (known.isEmpty())
        {
            throw new IOException("the address of " + lookup.host() + " is not known");
        }

        phase(DialPhase.CONNECTING);
        dialed = addresses.next(known, nowNs);
        dial(new InetSocketAddress(dialed, peer.tcpPort()));

        return connecting(nowNs);
    }

    private boolean hasKnownAddresses()
    {
        return !lookup.addresses().isEmpty();
    }

    private void dial(final InetSocketAddress address) throws IOException
    {
        SocketChannel channel = null;

        try
        {
            channel = channels.open();
            channel.configureBlocking(false);
            Probing.enable(channel);
            channel.connect(address);
            connecting = new SilentLink(channel, world.registration(), SelectionKey.OP_CONNECT, world.codec());
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(channel);
            throw unreachable(ex.getMessage() + ": " + address, ex);
        }
        catch (final UnsupportedAddressTypeException ex)
        {
            CloseHelper.quietClose(channel);
            throw unreachable("this process has sockets for IPv4 only (java.net.preferIPv4Stack): " + address, ex);
        }
    }

    private IOException unreachable(final String why, final Exception cause)
    {
        addresses.onRefused(dialed);

        return new IOException(why, cause);
    }

    private SilentLink connecting(final long nowNs) throws IOException
    {
        if (!isConnected())
        {
            return notYet(nowNs);
        }

        addresses.onAnswered(dialed);
        final SilentLink connected = connecting;
        connecting = null;
        phase(DialPhase.IDLE);

        return connected;
    }

    private boolean isConnected() throws IOException
    {
        try
        {
            return connecting.finishConnect();
        }
        catch (final IOException ex)
        {
            throw unreachable(ex.getMessage() + ": " + target(), ex);
        }
    }

    private SilentLink notYet(final long nowNs) throws IOException
    {
        if (nowNs - deadlineNs < 0)
        {
            return null;
        }

        if (phase != DialPhase.CONNECTING)
        {
            throw new IOException("no progress in time, " + phase + ": the name " + lookup.host());
        }

        addresses.onSilent(dialed, nowNs);

        throw new IOException("no progress in time, " + phase + ": no answer over TCP: " + target());
    }

    /** Who was dialed, in words for people. */
    private String target()
    {
        return lookup.host() + ":" + peer.tcpPort() + (lookup.isCurrent() ? "" : " at " + dialed.getHostAddress() +
            ", where it was last; its name cannot be looked up");
    }

    private void phase(final DialPhase next)
    {
        Invariant.check(phase.canBecome(next), "a phase of dialing out of order");
        phase = next;
    }
}
