/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.PeerTransport;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Connects this server to the other servers over real sockets. Each link is negotiated over a silent TCP link and
 * consists of three Aeron streams in each direction; see {@link PeerLink} and {@link Generation}. Belongs to the
 * engine's thread.
 */
public final class AeronPeerPort implements PeerTransport
{
    private static final int FLUSH_ROUNDS_MAX = 64;
    private static final long STOP_SUSPECTED_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REFUSED_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final MutableDirectBuffer NOTHING = new UnsafeBuffer(0, 0);

    private final Long2ObjectHashMap<PeerLink> linksById = new Long2ObjectHashMap<>();
    private final PeerContext context;
    private final SelectIdle idle;
    private final DriverKeeper driver;
    private final DriverRhythm rhythm;
    private final LinkWorld world;
    private final PeerLink[] links;
    private final StreamRounds rounds;
    private final LinkListener listener;
    private final LinkAdmission admission;
    private final IdentityCheck identityCheck;
    private OutboundStream claiming;
    private long lastPollNs;
    private long lastLookNs;
    private int lastWorkCount;
    private boolean isPassDone = true;
    private boolean isDirty;
    private boolean isClosed;

    /**
     * Starts Aeron and begins to listen.
     *
     * @param context concluded.
     * @param idle    of the engine's loop. The caller closes it after this port.
     * @throws RuntimeException when this server cannot listen on one of its addresses.
     */
    public AeronPeerPort(final PeerContext context, final SelectIdle idle)
    {
        this.context = context;
        this.idle = idle;
        driver = new DriverKeeper(context, idle);
        rhythm = new DriverRhythm(context.nanoClock());
        world = new LinkWorld(context, idle, driver);
        lastPollNs = context.nanoClock().nanoTime();
        lastLookNs = lastPollNs;
        links = context.members().stream().filter(member -> member.serverId() != context.serverId()).map(this::newLink)
            .toArray(PeerLink[]::new);
        rounds = new StreamRounds(driver, links);
        admission = new LinkAdmission(world, linksById);
        listener = new LinkListener(world);
        identityCheck = new IdentityCheck(world);

        try
        {
            driver.start();
        }
        catch (final Throwable ex)
        {
            listener.close();
            world.close();
            throw ex;
        }
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        final long nowNs = context.nanoClock().nanoTime();
        look(nowNs, noteStop(nowNs));
        isPassDone = driver.isPassDone();
        int workCount = keepDriver(nowNs, handler);
        workCount += identityCheck.poll(nowNs) + listener.poll(admission, nowNs) + world.lingering().poll(nowNs);
        workCount += rounds.poll(handler, nowNs) + send(nowNs);
        lastWorkCount = workCount;

        if (workCount > 0)
        {
            driver.nudge();
        }

        return workCount;
    }

    @Override
    public boolean isDrained()
    {
        return isPassDone && rounds.isDrained();
    }

    @Override
    public int claim(final long serverId, final PeerStream stream, final int length)
    {
        checkLength(length);
        final PeerLink link = linksById.get(serverId);

        if (link == null || !link.isDelivering())
        {
            return CLOSED;
        }

        claiming = link.generation().outbound(stream);
        final int offset = claiming.claim(length);

        if (offset == CLOSED)
        {
            link.onClaimRefused();
        }

        return offset;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claiming == null ? NOTHING : claiming.claimed();
    }

    @Override
    public void commit()
    {
        claiming.commit(lastPollNs);
        isDirty = true;
    }

    @Override
    public int messageLengthMax()
    {
        return context.messageLengthMax();
    }

    @Override
    public void close(final long serverId)
    {
        final PeerLink link = linksById.get(serverId);

        if (link != null)
        {
            link.close();
        }
    }

    @Override
    public void flush()
    {
        if (!isDirty || driver.driver() == null)
        {
            return;
        }

        isDirty = false;
        driver.nudge();
        int workCount = 1;

        for (int i = 0; workCount > 0 && i < FLUSH_ROUNDS_MAX; i++)
        {
            workCount = driver.invoke();
        }
    }

    @Override
    public long nextDeadlineNs()
    {
        boolean hasStreams = false;
        long nextNs = Math.min(listener.nextDeadlineNs(), Math.min(world.lingering().nextDeadlineNs(),
            identityCheck.nextDeadlineNs()));

        for (final PeerLink link : links)
        {
            nextNs = Math.min(nextNs, link.nextDeadlineNs());
            nextNs = link.isDelivering() ? Math.min(nextNs, link.generation().nextProbeNs()) : nextNs;
            hasStreams |= link.hasStreams();
        }

        if (driver.driver() == null)
        {
            return Math.min(nextNs, driver.nextStartNs());
        }

        if (lastWorkCount > 0 || isDirty)
        {
            rhythm.nextDeadlineNs(1, hasStreams);
            return Long.MIN_VALUE;
        }

        if (rounds.isRefused())
        {
            return Math.min(nextNs, context.nanoClock().nanoTime() + REFUSED_PAUSE_NS);
        }

        return Math.min(nextNs, rhythm.nextDeadlineNs(0, hasStreams));
    }

    @Override
    public DirectMemory memory()
    {
        return world.memory();
    }

    @Override
    public void close()
    {
        if (!isClosed)
        {
            isClosed = true;

            for (final PeerLink link : links)
            {
                link.shutdown();
            }

            identityCheck.close();
            listener.close();
            world.close();
            driver.close();
        }
    }

    /** The running driver, for tests; null between the loss of one driver and the start of the next. */
    EmbeddedDriver driver()
    {
        return driver.driver();
    }

    private PeerLink newLink(final PeerMember member)
    {
        final PeerLink link = new PeerLink(world, member);
        linksById.put(member.serverId(), link);

        return link;
    }

    /**
     * Looks at the sockets, because a loop that always has work never waits for them. If the driver has a thread of its
     * own, the sockets of the streams are not among them. The rest is seldom ready, and each look costs a system call,
     * so the look is then made less often.
     */
    private void look(final long nowNs, final boolean isStopSuspected)
    {
        if (context.threading() == Threading.SHARED || isStopSuspected || nowNs - lastLookNs >= LOOK_PAUSE_NS)
        {
            lastLookNs = nowNs;
            idle.look(isStopSuspected);
        }
    }

    /**
     * Detects that the process may have been stopped. After a stop, silence of a peer means nothing until everything
     * that arrived meanwhile has been read.
     */
    private boolean noteStop(final long nowNs)
    {
        final boolean isSuspected = nowNs - lastPollNs > STOP_SUSPECTED_NS;
        lastPollNs = nowNs;

        if (isSuspected)
        {
            driver.requestPass();
            rounds.onStop();
        }

        return isSuspected;
    }

    private int keepDriver(final long nowNs, final PeerHandler handler)
    {
        if (!driver.isLost())
        {
            return driver.restart(nowNs);
        }

        context.events().onDriverLost(driver.lossReason());

        for (final PeerLink link : links)
        {
            link.onDriverLost(nowNs);
            link.poll(handler, nowNs);
        }

        driver.giveUp(nowNs);

        return 1;
    }

    private int send(final long nowNs)
    {
        int packets = 0;

        for (final PeerLink link : links)
        {
            packets += link.isDelivering() ? link.generation().send(nowNs) : 0;
        }

        isDirty |= packets > 0;

        return packets;
    }

    private void checkLength(final int length)
    {
        if (length < 1 || length > context.messageLengthMax())
        {
            throw new IllegalArgumentException("a message of " + length + " bytes");
        }
    }
}
