/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests handshakes of old and new clients, and what a server says to those that it does not know. */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandshakeTest
{
    private static final int TIMEOUT_MS = 20_000;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    private static InetSocketAddress address(final ServerKind kind)
    {
        return SharedServers.of(kind).address();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldSpeakAsOldAsItsClient(final ServerKind kind) throws IOException
    {
        for (int readOnly = -1; readOnly <= 1; readOnly++)
        {
            try (WireConnection connection = new WireConnection(address(kind), RawSession.TIMEOUT_MS))
            {
                final byte[] request = RawSession.connectRequest(0, TIMEOUT_MS, 0, RawSession.noPassword(), readOnly);
                assertEquals(readOnly < 0 ? 44 : 45, request.length);
                connection.send(request);
                final byte[] frame = connection.receive();
                assertEquals(readOnly < 0 ? 36 : 37, frame.length);
                final RawSession.ConnectReply reply = RawSession.connectReply(frame);
                assertEquals(0, reply.protocolVersion());
                assertEquals(TIMEOUT_MS, reply.timeoutMs());
                assertNotEquals(0, reply.sessionId());
                assertEquals(16, reply.password().length);
                assertEquals(0, readOnly < 0 ? 0 : frame[36], "readOnly of a server that is not");
                closeSession(connection);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldClampTimeouts(final ServerKind kind) throws IOException
    {
        final int[][] pairs = { { 1, 4_000 }, { 0, 4_000 }, { -5, 4_000 }, { 3_999, 4_000 }, { 12_345, 12_345 },
            { 40_001, 40_000 }, { Integer.MAX_VALUE, 40_000 }, { Integer.MIN_VALUE, 4_000 } };

        for (final int[] pair : pairs)
        {
            try (RawSession session = RawSession.open(address(kind), pair[0]))
            {
                assertEquals(pair[1], session.connected().timeoutMs(), "asked for " + pair[0]);
                session.closeSession();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCloseTheConnectionOfAClientFromTheFuture(final ServerKind kind) throws IOException
    {
        try (RawSession session = RawSession.open(address(kind), TIMEOUT_MS))
        {
            final long zxid = session.create("/future", null, 1).zxid();
            final RawSession.ConnectReply known = session.connected();
            assertEquals("closed", answer(kind, RawSession.connectRequest(zxid + 1_000, TIMEOUT_MS, 0,
                RawSession.noPassword(), 0)));
            assertEquals("closed", answer(kind, RawSession.connectRequest(Long.MAX_VALUE, TIMEOUT_MS, known.sessionId(),
                known.password(), 0)));
            assertEquals(Opcode.XID_PING, session.ping().xid(), "the session's own connection was hurt");
            Await.until("every member of an ensemble is as far", RawSession.TIMEOUT_MS, () -> answer(kind,
                RawSession.connectRequest(zxid, TIMEOUT_MS, 0, RawSession.noPassword(), 0)).startsWith("accepted"));
            session.closeSession();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldRefuseWrongPasswordsAndUnknownSessions(final ServerKind kind) throws IOException
    {
        final RawSession.ConnectReply known;

        try (RawSession session = RawSession.open(address(kind), TIMEOUT_MS))
        {
            known = session.connected();
            assertEquals(0, session.create("/refused", null, 1).err());
        }

        final byte[] wrong = known.password();
        wrong[7] ^= 1;
        assertEquals("refused", answer(kind, RawSession.connectRequest(0, TIMEOUT_MS, known.sessionId(), wrong, 0)));
        assertEquals("refused", answer(kind, RawSession.connectRequest(0, TIMEOUT_MS, known.sessionId(),
            RawSession.noPassword(), 0)));
        assertEquals("refused", answer(kind, RawSession.connectRequest(0, TIMEOUT_MS, 12345, known.password(), 0)));

        try (RawSession again = RawSession.attach(new WireConnection(address(kind), RawSession.TIMEOUT_MS),
            RawSession.connectRequest(0, TIMEOUT_MS, known.sessionId(), known.password(), 0)))
        {
            assertEquals(known.sessionId(), again.connected().sessionId());
            assertArrayEquals(known.password(), again.connected().password());
            assertEquals(0, again.call(Opcode.EXISTS, new JuteWriter().str("/refused").bool(false)).err());
            assertEquals(0, again.closeSession().err());
        }

        assertEquals("refused", answer(kind, RawSession.connectRequest(0, TIMEOUT_MS, known.sessionId(),
            known.password(), 0)));
    }

    /** Closes a session. One that expired later would take a zxid while a test counts them. */
    private static void closeSession(final WireConnection connection) throws IOException
    {
        connection.send(new JuteWriter().header(1, Opcode.CLOSE_SESSION).toBytes());
        assertEquals(1, new JuteReader(connection.receive()).i32(), "the answer to closeSession");
    }

    /** Sends one frame over a new connection and returns what came: accepted, refused or closed. */
    private static String answer(final ServerKind kind, final byte[] frame) throws IOException
    {
        try (WireConnection connection = new WireConnection(address(kind), RawSession.TIMEOUT_MS))
        {
            connection.send(frame);
            final byte[] answer = connection.receive();

            if (answer == null)
            {
                return "closed";
            }

            final RawSession.ConnectReply reply = RawSession.connectReply(answer);

            if (reply.isAccepted())
            {
                closeSession(connection);
                return "accepted with " + answer.length + " bytes";
            }

            assertEquals(0, reply.sessionId());
            assertArrayEquals(new byte[16], reply.password());
            assertNull(connection.receive(), "a refused connection stays open");
            return "refused";
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCloseTheOldConnectionWhenASessionMoves(final ServerKind kind) throws IOException
    {
        try (RawSession old = RawSession.open(address(kind), TIMEOUT_MS))
        {
            final RawSession.ConnectReply known = old.connected();

            try (RawSession moved = RawSession.attach(new WireConnection(address(kind), RawSession.TIMEOUT_MS),
                RawSession.connectRequest(0, 2 * TIMEOUT_MS, known.sessionId(), known.password(), 0)))
            {
                assertEquals(2 * TIMEOUT_MS, moved.connected().timeoutMs());
                assertNull(old.receive());
                assertEquals(0, moved.create("/moved", null, 1).err());
                assertEquals(0, moved.closeSession().err());
                assertNull(moved.receive());
            }
        }
    }

    /** A reconnecting client sends everything in one segment, before the server has answered anything. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTakeHandshakeAndRequestsInOneSegment(final ServerKind kind) throws IOException
    {
        try (WireConnection connection = new WireConnection(address(kind), RawSession.TIMEOUT_MS))
        {
            final ByteBuffer segment = ByteBuffer.allocate(4096);
            put(segment, RawSession.connectRequest(0, TIMEOUT_MS, 0, RawSession.noPassword(), 0));
            put(segment, new JuteWriter().header(Opcode.XID_AUTH, Opcode.AUTH).i32(0).str("digest").buf(new byte[]{
                'a', ':', 'b' }).toBytes());
            put(segment, new JuteWriter().header(-8, Opcode.SET_WATCHES).i64(0).strings(List.of())
                .strings(List.of("/segment")).strings(List.of()).toBytes());
            put(segment, new JuteWriter().header(1, Opcode.CREATE).str("/segment").buf(null)
                .acls(List.of(new Acl(Acl.ALL, "auth", ""))).i32(1).toBytes());
            put(segment, new JuteWriter().header(2, Opcode.CLOSE_SESSION).toBytes());
            connection.sendRaw(Arrays.copyOf(segment.array(), segment.position()));
            assertTrue(RawSession.connectReply(connection.receive()).isAccepted());

            final List<Integer> xids = new ArrayList<>();

            for (byte[] frame = connection.receive(); frame != null; frame = connection.receive())
            {
                final JuteReader reader = new JuteReader(frame);
                xids.add(reader.i32());
                reader.i64();
                assertEquals(0, reader.i32(), "error of xid " + xids);
            }

            assertTrue(xids.remove((Integer)Opcode.XID_AUTH), "no answer to auth");
            assertEquals(List.of(-8, Opcode.XID_EVENT, 1, 2), xids);
        }
    }

    private static void put(final ByteBuffer segment, final byte[] frame)
    {
        segment.putInt(frame.length).put(frame);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCloseWhatIsNoHandshake(final ServerKind kind) throws IOException
    {
        final byte[][] starts = { { -1, -1, -1, -1 }, { 127, -1, -1, -1 }, { 0, 16, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 0,
            4,
            1, 2, 3, 4 }, { 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 } };

        for (final byte[] start : starts)
        {
            try (WireConnection connection = new WireConnection(address(kind), RawSession.TIMEOUT_MS))
            {
                connection.sendRaw(start);
                assertNull(connection.receive(), "after " + Arrays.toString(start));
            }
        }
    }

    /** Sends odd but decodable requests. Whatever ZooKeeper answers is right. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldAnswerOddHandshakesAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        final List<byte[]> requests = List.of(new JuteWriter().i32(7).i64(0).i32(TIMEOUT_MS).i64(0).buf(new byte[16])
            .i8(0).toBytes(), new JuteWriter().i32(0).i64(-1).i32(TIMEOUT_MS).i64(0).buf(new byte[16]).i8(0).toBytes(),
            new JuteWriter().i32(0).i64(0).i32(TIMEOUT_MS).i64(0).buf(null).i8(0).toBytes(), new JuteWriter().i32(0)
                .i64(0).i32(TIMEOUT_MS).i64(0).buf(new byte[0]).i8(0).toBytes(),
            new JuteWriter().i32(0).i64(0)
                .i32(TIMEOUT_MS).i64(0).buf(new byte[40]).i8(0).toBytes(),
            new JuteWriter().i32(0).i64(0)
                .i32(TIMEOUT_MS).i64(0).buf(new byte[16]).i8(0).raw(new byte[9]).toBytes(),
            new JuteWriter().i32(0).i64(0).i32(TIMEOUT_MS).i64(77).buf(null).i8(0).toBytes(), new JuteWriter().i32(0)
                .i64(0).i32(TIMEOUT_MS).i64(77).buf(new byte[3]).i8(1).toBytes(),
            new JuteWriter().i32(0).i64(0)
                .i32(TIMEOUT_MS).i64(-1).buf(new byte[16]).i8(0).toBytes());

        for (int i = 0; i < requests.size(); i++)
        {
            assertEquals(answer(ServerKind.ZOOKEEPER, requests.get(i)), answer(kind, requests.get(i)), "request " + i);
        }
    }
}
