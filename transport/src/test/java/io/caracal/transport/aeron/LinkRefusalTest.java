/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.simulator.contract.RecordingPeerHandler;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerMember;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests with whom no link is made, and what people are told. */
class LinkRefusalTest
{
    private static final long LINK_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long SOME_ATTEMPTS_MS = 300;
    private static final int STRANGERS = 3;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final PeerCluster cluster = new PeerCluster(context -> context.linkTimeoutNs(LINK_TIMEOUT_NS), 1, 2, 3);

    @AfterEach
    void close()
    {
        cluster.close();
    }

    @Test
    void shouldRefuseAnotherSetOfVotersAndNameBoth()
    {
        cluster.start(1);
        final PeerContext other = cluster.ensemble().context(2).member(new PeerMember(9, "127.0.0.1", 1, 1, true));
        cluster.start(2, other);
        cluster.await("a refusal", () -> cluster.events().has("refused 2 OTHER_VOTERS from server 2") &&
            cluster.events().has("refused 1 OTHER_VOTERS refused by server 1"));
        assertFalse(cluster.isLinked(1, 2));
        assertEquals(2, cluster.events().all().stream()
            .filter(event -> event.contains("[1, 2, 3]") && event.contains("[1, 2, 3, 9]")).count());
    }

    @Test
    void shouldTellTheSameRefusalOnlyOnce()
    {
        shouldRefuseAnotherSetOfVotersAndNameBoth();
        cluster.runFor(SOME_ATTEMPTS_MS);
        assertEquals(2, cluster.events().all().stream().filter(event -> event.contains("OTHER_VOTERS")).count(),
            cluster.events().all()::toString);
    }

    @Test
    void shouldTellOfAStrangerWhoComesAgainAndAgainOnlyOnce() throws IOException
    {
        cluster.start(1);

        for (int i = 0; i < STRANGERS; i++)
        {
            refuses("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void shouldTellOfAServerWithoutALineOnlyOnce()
    {
        shouldRefuseAStranger();
        cluster.runFor(SOME_ATTEMPTS_MS);
        assertEquals(1, cluster.events().all().stream().filter(event -> event.contains("refused 9 UNKNOWN_ID from"))
            .count(), cluster.events().all()::toString);
    }

    @Test
    void shouldAcceptTheSameVotersWithAnotherObserver()
    {
        cluster.start(1);
        cluster.start(2, cluster.ensemble().context(2).member(new PeerMember(9, "127.0.0.1", 1, 1, false)));
        cluster.awaitLinks();
    }

    @Test
    void shouldRefuseAStranger()
    {
        cluster.start(1);
        final PeerContext stranger = cluster.ensemble().context(3).serverId(9).member(new PeerMember(9, "127.0.0.1", 1,
            1,
            false));
        cluster.start(9, stranger);
        cluster.await("a refusal", () -> cluster.events().has("refused 9 UNKNOWN_ID from server 9"));
    }

    @Test
    void shouldRefuseASecondServerWithOneIdWhileTheFirstLives()
    {
        cluster.start(1, 2);
        cluster.awaitLinks();
        cluster.ensemble().ports(2, PeerEnsemble.ports());
        final PeerContext context = cluster.ensemble().context(2).dataDirectory(cluster.ensemble().directory(22))
            .conclude();

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            AeronPeerPort second = new AeronPeerPort(context, idle))
        {
            final RecordingPeerHandler handler = new RecordingPeerHandler(second);
            cluster.await("a refusal", () ->
            {
                handler.poll();
                return cluster.events().has("refused 2 ID_IN_USE from server 2") &&
                    cluster.events().has("refused 1 ID_IN_USE refused by server 1");
            });
            assertEquals(1, cluster.at(1).generations(2).size());
            cluster.exchange(1, 2);
            cluster.kill(2);
            cluster.await("a link with the one that is left", () -> handler.poll() >= 0 && handler.isLinked(1));
        }
    }

    /** The other process runs from a copy of the configuration. The one that the others look for is the first. */
    @Test
    void shouldLinkWithNobodyWhileAnotherProcessIsAtItsOwnAddress()
    {
        cluster.start(2);
        final PeerEnsemble.Ports elsewhere = PeerEnsemble.ports();
        final PeerContext context = cluster.ensemble().context(2).dataDirectory(cluster.ensemble().directory(22))
            .listen(new InetSocketAddress(PeerEnsemble.LOOPBACK, elsewhere.udp()),
                new InetSocketAddress(PeerEnsemble.LOOPBACK, elsewhere.tcp()))
            .conclude();

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            AeronPeerPort copy = new AeronPeerPort(context, idle))
        {
            final RecordingPeerHandler handler = new RecordingPeerHandler(copy);
            final int tcp = cluster.ensemble().ports(2).tcp();
            cluster.await("words of both", () ->
            {
                handler.poll();
                return cluster.events().has("refused 2 ID_IN_USE another process is at 127.0.0.1:" + tcp) &&
                    cluster.events().has("refused 2 ID_IN_USE from server 2 at 127.0.0.1, this one listens at");
            });
            cluster.start(1);
            cluster.await("a link", () ->
            {
                handler.poll();
                return handler.isLinked(1) || cluster.isLinked(1, 2);
            });
            assertEquals(List.of(), handler.complaints());
            assertTrue(cluster.isLinked(1, 2));
            assertEquals(1, cluster.at(1).generations(2).size());
        }
    }

    @Test
    void shouldLinkWithNobodyElseWhileAServerIsLinkedWithAnotherProcessOfItsId()
    {
        cluster.start(1, 3);
        cluster.awaitLinks();
        cluster.ensemble().ports(3, PeerEnsemble.ports());
        final PeerContext context = cluster.ensemble().context(3).dataDirectory(cluster.ensemble().directory(33))
            .conclude();

        try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            AeronPeerPort copy = new AeronPeerPort(context, idle))
        {
            final RecordingPeerHandler handler = new RecordingPeerHandler(copy);
            cluster.await("a refusal", () ->
            {
                handler.poll();
                return cluster.events().has("refused 1 ID_IN_USE refused by server 1");
            });
            cluster.start(2);
            cluster.await("a link", () ->
            {
                handler.poll();
                return handler.isLinked(2) || cluster.isLinked(2, 3);
            });
            assertTrue(cluster.isLinked(2, 3));
            cluster.kill(3);
            cluster.await("links with the one that is left", () -> handler.poll() >= 0 && handler.isLinked(1) &&
                handler.isLinked(2));
        }
    }

    @Test
    void shouldCloseWhatIsNoHello() throws IOException
    {
        cluster.start(1);
        final byte[] magic = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(SilentLink.MAGIC).array();
        refuses("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        refuses(new byte[]{ 0 });
        refuses(concat(magic, 0xff, 0xff, 0xff, 0x7f));
        refuses(concat(magic, 0, 0, 0, 0));
        refuses(concat(magic, 4, 0, 0, 0, 1, 2, 3, 4));
        refuses(magic);
        refuses(concat(magic, 100, 0, 0, 0, 1));
        cluster.start(2);
        cluster.awaitLinks();
    }

    @Test
    void shouldTryTheAddressThatAServerSpeaksFromAfterOneThatCannotBeSentTo() throws IOException
    {
        cluster.start(1);
        String failure = nextFailureOfTwo();

        // An attempt may use up all its time if the machine stalls for longer, so try again with a new server.
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (failure.contains("PROVING") && System.nanoTime() - deadlineNs < 0)
        {
            cluster.kill(1);
            cluster.start(1);
            failure = nextFailureOfTwo();
        }

        assertFalse(failure.contains("PROVING"), failure);
        final String elsewhere = nextFailureOfTwo();
        assertTrue(elsewhere.startsWith("failed 2 no progress in time, PROVING"), elsewhere);
    }

    /** Dials until the dialed server has checked who is at its own address, and an attempt fails. */
    private String nextFailureOfTwo() throws IOException
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        final int before = failuresOfTwo().size();

        while (failuresOfTwo().size() == before)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "no attempt fails: " + cluster.events().all());
            dialAsTwo();
        }

        return failuresOfTwo().get(before);
    }

    private List<String> failuresOfTwo()
    {
        return cluster.events().all().stream().filter(event -> event.startsWith("failed 2")).toList();
    }

    /** Dials as a server that announces an address for its streams to which no system allows sending. */
    private void dialAsTwo() throws IOException
    {
        final PeerContext two = cluster.ensemble().context(2).conclude();
        final byte[] nowhere = { (byte)255, (byte)255, (byte)255, (byte)255 };
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LinkCodec.MESSAGE_LENGTH_MAX]);
        final int length = new LinkCodec().encodeHello(buffer, new LinkHello(2, 1, two.processId(), two.voterSetHash(),
            1, 7, SessionIds.draw(new Random(7), 3), nowhere, 9, two.mtuLength(), two.voters()));
        final ByteBuffer message = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + length)
            .order(ByteOrder.LITTLE_ENDIAN).putLong(SilentLink.MAGIC).putInt(length);
        buffer.getBytes(0, message.array(), message.position(), length);

        try (Socket socket = new Socket(PeerEnsemble.LOOPBACK, cluster.ensemble().ports(1).tcp()))
        {
            socket.setSoTimeout(1);
            socket.getOutputStream().write(message.array());
            cluster.await("the end of the attempt", () -> isEnded(socket));
        }
    }

    private static boolean isEnded(final Socket socket)
    {
        try
        {
            return socket.getInputStream().read() < 0;
        }
        catch (final SocketTimeoutException notYet)
        {
            return false;
        }
        catch (final IOException reset)
        {
            return true;
        }
    }

    @Test
    void shouldLetMembersInThoughStrangersCrowdTheDoor() throws IOException
    {
        cluster.start(1);
        final List<Socket> crowd = new ArrayList<>();

        try
        {
            for (int i = 0; i < 3 * LinkListener.INCOMING_MAX; i++)
            {
                crowd.add(new Socket(PeerEnsemble.LOOPBACK, cluster.ensemble().ports(1).tcp()));
                cluster.cycle();
            }

            cluster.start(2);
            cluster.awaitLinks();
            cluster.exchange(1, 2);
        }
        finally
        {
            for (final Socket socket : crowd)
            {
                socket.close();
            }
        }
    }

    /** Each stranger holds a descriptor, and has much time to say who it is. */
    @Test
    void shouldCloseTheOldestOfTooManyStrangers() throws IOException
    {
        final List<Socket> crowd = new ArrayList<>();

        try (PeerCluster patient = new PeerCluster(context -> context.linkTimeoutNs(10 * PATIENCE_NS), 1, 2))
        {
            patient.start(1);

            for (int i = 0; i <= LinkListener.INCOMING_MAX; i++)
            {
                crowd.add(new Socket(PeerEnsemble.LOOPBACK, patient.ensemble().ports(1).tcp()));
                crowd.get(i).setSoTimeout(1);
                patient.cycle();
            }

            patient.await("the end of the oldest", () -> isEnded(crowd.get(0)));
            assertFalse(isEnded(crowd.get(1)));
        }
        finally
        {
            for (final Socket socket : crowd)
            {
                socket.close();
            }
        }
    }

    @Test
    void shouldSurviveAnyBytesAtTheSilentLink() throws IOException
    {
        cluster.start(1);
        final Random random = new Random(7);

        for (int i = 0; i < 100; i++)
        {
            final byte[] bytes = new byte[8 + random.nextInt(5000)];
            random.nextBytes(bytes);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, SilentLink.MAGIC);

            try (Socket socket = new Socket(PeerEnsemble.LOOPBACK, cluster.ensemble().ports(1).tcp()))
            {
                socket.getOutputStream().write(bytes);
                cluster.cycle();
            }
        }

        cluster.start(2);
        cluster.awaitLinks();
    }

    private void refuses(final byte[] bytes) throws IOException
    {
        try (Socket socket = new Socket(PeerEnsemble.LOOPBACK, cluster.ensemble().ports(1).tcp()))
        {
            socket.setSoTimeout(1);
            socket.getOutputStream().write(bytes);
            cluster.await("the end of a stranger", () -> isEnded(socket));
        }

        assertEquals(List.of("refused -1 NO_HELLO from 127.0.0.1"),
            cluster.events().all().stream().filter(event -> event.contains("NO_HELLO")).toList());
    }

    private static byte[] concat(final byte[] first, final int... rest)
    {
        final byte[] bytes = Arrays.copyOf(first, first.length + rest.length);

        for (int i = 0; i < rest.length; i++)
        {
            bytes[first.length + i] = (byte)rest[i];
        }

        return bytes;
    }
}
