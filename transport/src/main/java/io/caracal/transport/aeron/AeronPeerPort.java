/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.exceptions.AeronException;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.DirectMemory;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.PeerRefusal;
import io.caracal.transport.PeerTransport;
import io.caracal.transport.Threading;
import io.caracal.transport.aeron.codec.Refusal;
import io.caracal.transport.tcp.SelectIdle;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.agrona.CloseHelper;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The door to the other servers on real sockets. Each link is made over a silent TCP link and consists of three Aeron
 * streams each way; see {@link PeerLink} and {@link Generation}. Belongs to the engine's thread.
 */
public final class AeronPeerPort implements PeerTransport
{
    /** Rounds of a poll, each of which takes what one look at the sockets brings. */
    static final int ROUNDS_MAX = 4096;

    private static final int LIVE_FRAGMENTS_MAX = 512;
    private static final int BITE_FRAGMENTS_MAX = 64;
    private static final int FLUSH_ROUNDS_MAX = 64;
    private static final long STOP_SUSPECTED_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REFUSED_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final MutableDirectBuffer NOTHING = new UnsafeBuffer(0, 0);

    private final Long2ObjectHashMap<PeerLink> linksById = new Long2ObjectHashMap<>();
    private final Lingering lingering = new Lingering();
    private final Backoff driverBackoff = new Backoff();
    private final LinkWorld world = new World();
    private final LinkListener.HelloHandler helloHandler = this::onHello;
    private final RandomGenerator random = new SecureRandom();
    private final LinkCodec codec = new LinkCodec();
    private final PeerContext context;
    private final SelectIdle idle;
    private final SelectorRegistration registration;
    private final DirectMemory memory;
    private final DriverRhythm rhythm;
    private final NameResolver resolver;
    private final InetSocketAddress announcedAddress;
    private final Path directory;
    private final DirectoryLease lease;
    private final PeerLink[] links;
    private final LinkListener listener;
    private EmbeddedDriver driver;
    private OutboundStream claiming;
    private long nextDriverNs;
    private long lastPollNs;
    private long pollCount;
    private int lastWorkCount;
    private boolean isDrained = true;
    private boolean isRefused;
    private boolean isDirty;
    private boolean isClosed;

    /**
     * Starts Aeron and listens.
     *
     * @param context concluded.
     * @param idle    of the engine's loop. The caller closes it after this port.
     * @throws RuntimeException when an address cannot be listened on.
     */
    public AeronPeerPort(final PeerContext context, final SelectIdle idle)
    {
        this.context = context;
        this.idle = idle;
        registration = new SelectorRegistration(idle, context.idleMode(), true);
        memory = new DirectMemory(context.bufferBytesMax());
        rhythm = new DriverRhythm(context.nanoClock());
        resolver = new NameResolver(context.threadFactory(), idle::wakeup);
        announcedAddress = new InetSocketAddress(context.udpAddress().getAddress(), context.self().udpPort());
        lastPollNs = context.nanoClock().nanoTime();
        links = context.members().stream().filter(member -> member.serverId() != context.serverId()).map(
            this::newLink).toArray(PeerLink[]::new);
        listener = new LinkListener(world);
        DirectoryLease taken = null;

        try
        {
            taken = DirectoryLease.take(AeronDirectory.shared(context));
            DirectoryLease.sweep(context.sharedMemory(), context.events());
            lease = taken;
            directory = AeronDirectory.prepare(context);
            driver = new EmbeddedDriver(context, directory, idle);
        }
        catch (final RuntimeException ex)
        {
            listener.close();
            CloseHelper.quietClose(taken);
            throw ex;
        }
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        final long nowNs = context.nanoClock().nanoTime();
        look(noteStop(nowNs));
        final boolean isPassDone = null == driver || driver.isPassDone();
        int workCount = keepDriver(nowNs, handler);
        workCount += listener.poll(helloHandler, nowNs) + lingering.poll(nowNs);
        isRefused = false;
        pollCount++;
        workCount += pollLive(handler, nowNs);
        isDrained &= isPassDone;
        workCount += pollOthers(handler) + sendStaged();
        lastWorkCount = workCount;
        nudge();

        return workCount;
    }

    @Override
    public boolean isDrained()
    {
        return isDrained;
    }

    @Override
    public int claim(final long serverId, final PeerStream stream, final int length)
    {
        checkLength(length);
        final PeerLink link = linksById.get(serverId);

        if (null == link || !link.isDelivering())
        {
            return CLOSED;
        }

        claiming = link.generation().outbound(stream);
        final int offset = claiming.claim(length);

        if (CLOSED == offset)
        {
            link.onClaimRefused();
        }

        return offset;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return null == claiming ? NOTHING : claiming.claimed();
    }

    @Override
    public void commit()
    {
        claiming.commit();
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

        if (null != link)
        {
            link.close();
        }
    }

    @Override
    public void flush()
    {
        if (!isDirty || null == driver)
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
        long nextNs = Math.min(listener.nextDeadlineNs(), lingering.nextDeadlineNs());

        for (final PeerLink link : links)
        {
            nextNs = Math.min(nextNs, link.nextDeadlineNs());
            hasStreams |= link.hasStreams();
        }

        if (null == driver)
        {
            return Math.min(nextNs, nextDriverNs);
        }

        if (lastWorkCount > 0 || isDirty)
        {
            rhythm.nextDeadlineNs(1, hasStreams);
            return Long.MIN_VALUE;
        }

        if (isRefused)
        {
            return Math.min(nextNs, context.nanoClock().nanoTime() + REFUSED_PAUSE_NS);
        }

        return Math.min(nextNs, rhythm.nextDeadlineNs(0, hasStreams));
    }

    @Override
    public DirectMemory memory()
    {
        return memory;
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

            listener.close();
            lingering.close();
            resolver.close();
            CloseHelper.quietClose(driver);
            CloseHelper.quietClose(lease);
        }
    }

    /** For tests of what happens then. */
    EmbeddedDriver driver()
    {
        return driver;
    }

    private PeerLink newLink(final PeerMember member)
    {
        final PeerLink link = new PeerLink(world, member);
        linksById.put(member.serverId(), link);

        return link;
    }

    /** A driver on this thread reads what this finds; one with a thread of its own has a selector of its own. */
    private void look(final boolean isStopSuspected)
    {
        if (Threading.SHARED == context.threading())
        {
            idle.look(isStopSuspected);
        }
    }

    /** After a stop of the process, silence means nothing until everything that came meanwhile was read. */
    private boolean noteStop(final long nowNs)
    {
        final boolean isSuspected = nowNs - lastPollNs > STOP_SUSPECTED_NS;
        lastPollNs = nowNs;

        if (isSuspected && null != driver)
        {
            driver.requestPass();
        }

        return isSuspected;
    }

    private int keepDriver(final long nowNs, final PeerHandler handler)
    {
        if (null != driver && driver.isLost())
        {
            context.events().onDriverLost("the driver or its client ended");

            for (final PeerLink link : links)
            {
                link.onDriverLost();
                link.poll(handler, nowNs);
            }

            CloseHelper.quietClose(driver);
            driver = null;
            nextDriverNs = nowNs + driverBackoff.next();
            return 1;
        }

        if (null == driver && nowNs - nextDriverNs >= 0)
        {
            startDriver(nowNs);
            return 1;
        }

        return 0;
    }

    private void startDriver(final long nowNs)
    {
        try
        {
            driver = new EmbeddedDriver(context, directory, idle);
            driverBackoff.reset();
        }
        catch (final AeronException ex)
        {
            nextDriverNs = nowNs + driverBackoff.next();
            context.events().onDriverLost(String.valueOf(ex.getMessage()));
        }
    }

    private int pollLive(final PeerHandler handler, final long nowNs)
    {
        int workCount = 0;
        int rounds = 0;
        int roundWork;

        do
        {
            roundWork = null == driver ? 0 : driver.invoke();

            for (final PeerLink link : links)
            {
                roundWork += link.poll(handler, nowNs);
            }

            for (final PeerLink link : links)
            {
                roundWork += pollStream(link, PeerStream.LIVE, handler, LIVE_FRAGMENTS_MAX);
            }

            workCount += roundWork;
        }
        while (roundWork > 0 && ++rounds < ROUNDS_MAX);

        isDrained = 0 == roundWork && !isRefused;

        return workCount;
    }

    private int pollOthers(final PeerHandler handler)
    {
        int workCount = 0;

        for (final PeerLink link : links)
        {
            workCount += pollStream(link, PeerStream.REQUESTS, handler, BITE_FRAGMENTS_MAX);
        }

        for (final PeerLink link : links)
        {
            workCount += pollStream(link, PeerStream.BULK, handler, BITE_FRAGMENTS_MAX);
        }

        return workCount;
    }

    private int pollStream(final PeerLink link, final PeerStream stream, final PeerHandler handler, final int limit)
    {
        if (!link.isDelivering())
        {
            return 0;
        }

        final InboundStream in = link.generation().inbound(stream);

        if (in.isRefusedIn(pollCount))
        {
            return 0;
        }

        final int count = in.poll(handler, limit, pollCount);
        isRefused |= in.isRefusedIn(pollCount);

        return count;
    }

    private int sendStaged()
    {
        int pieces = 0;

        for (final PeerLink link : links)
        {
            pieces += link.isDelivering() ? link.generation().sendStaged() : 0;
        }

        isDirty |= pieces > 0;

        return pieces;
    }

    private void nudge()
    {
        if (null != driver && lastWorkCount > 0)
        {
            driver.nudge();
        }
    }

    private void onHello(final SilentLink link, final LinkHello hello, final long nowNs)
    {
        final PeerLink peer = linksById.get(hello.serverId());
        final Refusal refusal = judge(link, hello, peer, nowNs);

        if (null != refusal)
        {
            final PeerRefusal reason = Refusals.of(refusal);
            final String detail = "from server " + hello.serverId() + " at " + link.remoteHost() + Refusals.difference(
                reason, context.voters(), hello.voters());
            link.send(codec.encodeRefused(link.message(), refusal, context.voters()));
            lingering.add(link, nowNs);

            if (null == peer)
            {
                context.events().onRefused(hello.serverId(), reason, detail);
            }
            else
            {
                peer.news().refused(reason, detail);
            }
        }
    }

    private Refusal judge(final SilentLink link, final LinkHello hello, final PeerLink peer, final long nowNs)
    {
        if (hello.serverId() == context.serverId())
        {
            return Refusal.ID_IN_USE;
        }

        if (null == peer || hello.receiverId() != context.serverId())
        {
            return Refusal.UNKNOWN_ID;
        }

        if (hello.voterSetHash() != context.voterSetHash() || !Arrays.equals(hello.voters(), context.voters()))
        {
            return Refusal.OTHER_VOTERS;
        }

        return hello.serverId() < context.serverId() ? Refusal.WRONG_DIRECTION : peer.offer(link, hello, nowNs);
    }

    private void checkLength(final int length)
    {
        if (length < 1 || length > context.messageLengthMax())
        {
            throw new IllegalArgumentException("a message of " + length + " bytes");
        }
    }

    /** What links see of this port. */
    private final class World implements LinkWorld
    {
        @Override
        public PeerContext context()
        {
            return context;
        }

        @Override
        public NameResolver resolver()
        {
            return resolver;
        }

        @Override
        public SelectorRegistration registration()
        {
            return registration;
        }

        @Override
        public LinkCodec codec()
        {
            return codec;
        }

        @Override
        public RandomGenerator random()
        {
            return random;
        }

        @Override
        public boolean isReady()
        {
            return null != driver && !driver.isLost();
        }

        @Override
        public Generation generation(final long serverId, final int[] outIds, final int[] inIds, final long ownToken)
        {
            return new Generation(context, driver, memory, codec, serverId, outIds, inIds, ownToken);
        }

        @Override
        public InetSocketAddress announcedAddress()
        {
            return announcedAddress;
        }

        @Override
        public void linger(final SilentLink link)
        {
            lingering.add(link, lastPollNs);
        }
    }
}
