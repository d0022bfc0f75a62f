/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkDialerTest
{
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STEADY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    /** More connections than the backlog of a listener that accepts none. Further ones are swallowed. */
    private static final int FILLERS = 8;
    private static final int ATTEMPTS = 4;

    private final PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1, 2);
    private final HeldThreads names = new HeldThreads();
    private final PeerContext context = ensemble.context(2).threadFactory(names).conclude();
    private final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
    private final DriverKeeper driver = new DriverKeeper(context, idle);
    private final LinkWorld world = new LinkWorld(context, idle, driver);
    private final LinkDialer dialer = dialer("127.0.0.1", true);
    private long nowNs;

    @BeforeEach
    void start()
    {
        driver.start();
        nowNs = dialer.nextPollNs();
    }

    @AfterEach
    void close()
    {
        names.release();
        dialer.giveUp();
        world.close();
        driver.close();
        idle.close();
        ensemble.close();
    }

    @Test
    void shouldConnectAndBeDone() throws IOException
    {
        try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK);
            SilentLink connected = connect())
        {
            assertEquals(server.getLocalPort(), connected.remoteAddress().getPort());
            assertFalse(dialer.isUnderWay());
            assertEquals(nowNs + context.linkTimeoutNs(), dialer.deadlineNs());
        }
    }

    @Test
    void shouldSayWhomItDoesNotReach()
    {
        final IOException thrown = assertThrows(IOException.class, () -> connect());
        assertTrue(thrown.getMessage().contains("127.0.0.1:" + ensemble.ports(1).tcp()), thrown.getMessage());
        assertTrue(dialer.isUnderWay());
        dialer.giveUp();
        assertFalse(dialer.isUnderWay());
    }

    /** This is the case with {@code java.net.preferIPv4Stack=true}. */
    @Test
    void shouldGoOnToTheNextAddressWhereSocketsAreOfAnotherKind() throws IOException
    {
        names.release();
        final PeerMember member =
            new PeerMember(1, "twofold", ensemble.ports(1).udp(), ensemble.ports(1).tcp(), true);
        final NameLookup lookup = new NameLookup("twofold", world.resolver(),
            host -> new InetAddress[]{ InetAddress.getByName("2001:db8::1"), PeerEnsemble.LOOPBACK });
        final LinkDialer narrow = new LinkDialer(world, member, lookup, true,
            () -> SocketChannel.open(StandardProtocolFamily.INET));
        final IOException thrown = assertThrows(IOException.class, () -> connect(narrow));
        assertTrue(thrown.getMessage().contains("IPv4 only"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("2001:db8:0:0:0:0:0:1"), thrown.getMessage());
        narrow.giveUp();
        narrow.scheduleAfter(0, nowNs);

        try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK);
            SilentLink connected = connect(narrow))
        {
            assertEquals(server.getInetAddress(), connected.remoteAddress().getAddress());
        }
    }

    @Test
    void shouldGoOnToTheNextAddressWhereNobodyAnswers() throws IOException
    {
        final InetAddress other = InetAddress.getByName("127.0.0.2");
        assertReachesTheSecondAddress(host -> new InetAddress[]{ other, PeerEnsemble.LOOPBACK });
    }

    /** A DNS server may rotate addresses to spread the load. */
    @Test
    void shouldGoOnToTheNextAddressThoughTheirOrderTurns() throws IOException
    {
        final InetAddress other = InetAddress.getByName("127.0.0.2");
        final AtomicInteger lookups = new AtomicInteger();
        assertReachesTheSecondAddress(host -> lookups.getAndIncrement() % 2 == 0 ? new InetAddress[]{ other,
            PeerEnsemble.LOOPBACK } : new InetAddress[]{ PeerEnsemble.LOOPBACK, other });
    }

    /** Asserts that the second address is reached when nobody answers at the first. */
    private void assertReachesTheSecondAddress(final NameLookup.Names addresses) throws IOException
    {
        names.release();
        final LinkDialer twofold = new LinkDialer(world, new PeerMember(1, "twofold", ensemble.ports(1).udp(),
            ensemble.ports(1).tcp(), true), new NameLookup("twofold", world.resolver(), addresses), true);

        try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK))
        {
            assertThrows(IOException.class, () -> connect(twofold));
            twofold.giveUp();
            twofold.scheduleAfter(0, nowNs);

            try (SilentLink connected = connect(twofold))
            {
                assertEquals(server.getInetAddress(), connected.remoteAddress().getAddress());
            }
        }
    }

    /** This happens when a firewall swallows what is sent to one of two addresses of a restarting server. */
    @Test
    void shouldNotWaitTimeAndAgainForAnAddressThatSwallowsAttempts() throws IOException
    {
        final InetAddress silent = InetAddress.getByName("127.0.0.2");
        final LinkDialer twofold = new LinkDialer(world, new PeerMember(1, "127.0.0.1", ensemble.ports(1).udp(),
            ensemble.ports(1).tcp(), true),
            new NameLookup("127.0.0.1", world.resolver(), host -> new InetAddress[]{
                silent, PeerEnsemble.LOOPBACK }),
            true);
        final List<SocketChannel> fillers = new ArrayList<>();

        try (ServerSocket full = new ServerSocket(ensemble.ports(1).tcp(), 1, silent))
        {
            for (int i = 0; i < FILLERS; i++)
            {
                final SocketChannel filler = SocketChannel.open();
                fillers.add(filler);
                filler.configureBlocking(false);
                filler.connect(full.getLocalSocketAddress());
            }

            final String swallowed = failure(twofold);
            assertTrue(swallowed.startsWith("no progress in time, CONNECTING: no answer over TCP"), swallowed);

            try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK);
                SilentLink connected = connect(twofold))
            {
                assertEquals(server.getInetAddress(), connected.remoteAddress().getAddress());
            }

            for (int i = 0; i < ATTEMPTS; i++)
            {
                // On a busy machine, the system may report this a moment later.
                final IOException refused = assertThrows(IOException.class, () -> connect(twofold));
                assertTrue(refused.getMessage().startsWith("Connection refused"), refused.getMessage());
                twofold.giveUp();
                twofold.scheduleAfter(0, nowNs);
            }
        }
        finally
        {
            CloseHelper.closeAll(fillers);
        }
    }

    /** Returns why an attempt fails that takes all the time it has. */
    private static String failure(final LinkDialer with)
    {
        final long beginNs = with.nextPollNs();
        final IOException thrown = assertThrows(IOException.class, () ->
        {
            assertNull(with.poll(beginNs));
            with.poll(with.deadlineNs());
        });
        with.giveUp();
        with.scheduleAfter(0, beginNs);

        return thrown.getMessage();
    }

    @Test
    void shouldGiveUpOnANameThatTakesTooLong() throws IOException
    {
        final LinkDialer toName = dialer("localhost", true);
        final long beganNs = toName.nextPollNs();
        assertNull(toName.poll(beganNs));
        assertTrue(toName.isUnderWay());
        assertEquals(beganNs + context.linkTimeoutNs(), toName.nextPollNs());
        assertNull(toName.poll(toName.deadlineNs() - 1));
        final IOException thrown = assertThrows(IOException.class, () -> toName.poll(toName.deadlineNs()));
        assertEquals("no progress in time, RESOLVING: the name localhost", thrown.getMessage());
    }

    /** The name servers may be away when a link is to be made again. */
    @Test
    void shouldDialTheLastAddressOfANameThatIsNotKnownAnyMore() throws IOException
    {
        names.release();
        final AtomicBoolean isAway = new AtomicBoolean();
        final LinkDialer toName = toName(host ->
        {
            if (isAway.get())
            {
                throw new UnknownHostException(host);
            }

            return new InetAddress[]{ PeerEnsemble.LOOPBACK };
        });

        try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK))
        {
            connect(toName).close();
            isAway.set(true);
            toName.scheduleAfter(STEADY_NS, nowNs);
            connect(toName).close();
            assertEquals(PeerEnsemble.LOOPBACK, server.getInetAddress());
        }

        toName.scheduleAfter(STEADY_NS, nowNs);
        final IOException thrown = assertThrows(IOException.class, () -> connect(toName));
        assertTrue(thrown.getMessage().endsWith("named:" + ensemble.ports(1).tcp() + " at 127.0.0.1, where it was " +
            "last; its name cannot be looked up"), thrown.getMessage());
    }

    @Test
    void shouldDialTheLastAddressWhenTheAnswerOfTheNameServersTakesLong() throws IOException
    {
        names.release();
        final CountDownLatch answers = new CountDownLatch(1);
        final AtomicInteger lookups = new AtomicInteger();
        final LinkDialer toName = toName(host ->
        {
            if (lookups.getAndIncrement() > 0)
            {
                awaitQuietly(answers);
            }

            return new InetAddress[]{ PeerEnsemble.LOOPBACK };
        });

        try (ServerSocket server = new ServerSocket(ensemble.ports(1).tcp(), 1, PeerEnsemble.LOOPBACK))
        {
            connect(toName).close();
            toName.scheduleAfter(STEADY_NS, nowNs);
            final long beganNs = toName.nextPollNs();
            assertNull(toName.poll(beganNs));
            final long goesOnNs = toName.nextPollNs();
            assertTrue(goesOnNs > beganNs && goesOnNs < toName.deadlineNs(), "it does not go on in time");
            assertNull(toName.poll(goesOnNs - 1));
            nowNs = goesOnNs;
            connect(toName).close();
            assertEquals(PeerEnsemble.LOOPBACK, server.getInetAddress());
        }
        finally
        {
            answers.countDown();
        }
    }

    private static void awaitQuietly(final CountDownLatch latch)
    {
        try
        {
            latch.await();
        }
        catch (final InterruptedException closed)
        {
            Thread.currentThread().interrupt();
        }
    }

    private LinkDialer toName(final NameLookup.Names addresses)
    {
        return new LinkDialer(world, new PeerMember(1, "named", ensemble.ports(1).udp(), ensemble.ports(1).tcp(), true),
            new NameLookup("named", world.resolver(), addresses), true);
    }

    @Test
    void shouldPauseLongerUntilALinkHasLasted() throws IOException
    {
        dialer.scheduleAfter(0, nowNs);
        assertEquals(nowNs, dialer.nextPollNs());
        dialer.scheduleAfter(0, nowNs);
        assertEquals(nowNs + FIRST_PAUSE_NS, dialer.nextPollNs());
        assertNull(dialer.poll(nowNs + FIRST_PAUSE_NS - 1));
        assertFalse(dialer.isUnderWay());
        dialer.scheduleAfter(STEADY_NS - 1, nowNs);
        assertEquals(nowNs + 2 * FIRST_PAUSE_NS, dialer.nextPollNs());
        dialer.scheduleAfter(STEADY_NS, nowNs);
        assertEquals(nowNs, dialer.nextPollNs());
    }

    @Test
    void shouldLeaveItToTheOtherServer() throws IOException
    {
        final LinkDialer other = dialer("127.0.0.1", false);
        assertEquals(Long.MAX_VALUE, other.nextPollNs());
        assertNull(other.poll(Long.MAX_VALUE));
        assertFalse(other.isUnderWay());
    }

    @Test
    void shouldWaitForADriver() throws IOException
    {
        driver.driver().aeron().close();
        assertEquals(Long.MAX_VALUE, dialer.nextPollNs());
        assertNull(dialer.poll(nowNs));
        assertFalse(dialer.isUnderWay());
    }

    private LinkDialer dialer(final String host, final boolean isDialing)
    {
        final PeerMember peer = new PeerMember(1, host, ensemble.ports(1).udp(), ensemble.ports(1).tcp(), true);

        return new LinkDialer(world, peer, new NameLookup(host, world.resolver()), isDialing);
    }

    private SilentLink connect() throws IOException
    {
        return connect(dialer);
    }

    private SilentLink connect(final LinkDialer with) throws IOException
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        SilentLink connected = with.poll(with.nextPollNs());

        while (connected == null && System.nanoTime() - deadlineNs < 0)
        {
            Thread.onSpinWait();
            connected = with.poll(nowNs);
        }

        assertNotNull(connected, "waited in vain");

        return connected;
    }
}
