/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that break the rules, by mistake or on purpose. Each gets the specified error or is closed, nobody else
 * notices, and afterwards the server holds no more than before.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTest
{
    /** Long enough that no session expires by itself, however long other clients take meanwhile. */
    private static final int TIMEOUT_MS = 40_000;
    private static final int TWO_BILLION = 2_000_000_000;
    private static final int HANDSHAKES = 10_000;
    private static final int ROUNDS_BESIDE_THE_FLOOD = 50;
    private static final int ROUNDS_BESIDE_THE_DEAF = 1_000;

    private static final Map<ServerKind, ServerUnderTest> SERVERS = new EnumMap<>(ServerKind.class);

    static List<ServerKind> kinds()
    {
        return ServerKind.alone();
    }

    /** Starts a server for one test, because what it holds is counted. */
    private static ServerUnderTest server(final ServerKind kind)
    {
        return SERVERS.computeIfAbsent(kind, each -> each.launch(settings()));
    }

    private static ServerSettings settings()
    {
        return new ServerSettings().heap("-Xmx384m");
    }

    @AfterAll
    static void stop()
    {
        SERVERS.values().forEach(ServerUnderTest::close);
        SERVERS.clear();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCloseAConnectionWhoseFramesMakeNoSense(final ServerKind kind) throws IOException
    {
        final byte[][] frames = { { -1, -1, -1, -1 }, { -128, 0, 0, 0 }, { 127, -1, -1, -1 }, { 0, 16, 0, 0 }, { 0, 0,
            0,
            0 }, { 0, 0, 0, 3, 1, 2, 3 }, { 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0 } };

        Ordeal.of(server(kind), ordeal ->
        {
            for (final byte[] frame : frames)
            {
                try (RawSession session = RawSession.open(ordeal.address(), TIMEOUT_MS))
                {
                    session.connection().sendRaw(frame);
                    assertNull(session.receive());
                    closeAfterAll(ordeal.address(), session.connected());
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTakeAFrameOfExactlyTheLimit(final ServerKind kind) throws IOException
    {
        Ordeal.of(server(kind), ordeal ->
        {
            try (RawSession session = RawSession.open(ordeal.address(), TIMEOUT_MS))
            {
                final int around = new JuteWriter().header(1, Opcode.CREATE).str("/exactly").buf(new byte[0])
                    .acls(Acl.OPEN).i32(1).length();
                assertEquals(0, session.create("/exactly", new byte[0xfffff - around], 1).err());
                session.closeSession();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldAnswerRecordsThatPromiseMoreThanTheyHold(final ServerKind kind) throws IOException
    {
        final List<JuteWriter> bodies = List.of(new JuteWriter().str("/x").buf(null).i32(TWO_BILLION), new JuteWriter()
            .str("/x").i32(TWO_BILLION), new JuteWriter().i32(TWO_BILLION), new JuteWriter().i32(Integer.MAX_VALUE),
            new JuteWriter(), new JuteWriter().str("/x").buf(null).acls(Acl.OPEN));

        Ordeal.of(server(kind), ordeal ->
        {
            try (RawSession session = RawSession.open(ordeal.address(), TIMEOUT_MS))
            {
                for (final JuteWriter body : bodies)
                {
                    assertEquals(-5, session.call(Opcode.CREATE, body).err());
                }

                assertEquals(-5, session.call(Opcode.SET_WATCHES, new JuteWriter().i64(0).i32(TWO_BILLION)).err());
                assertEquals(-5,
                    session.call(Opcode.MULTI, new JuteWriter().i32(1).bool(false).i32(-1).i32(TWO_BILLION)).err());
                assertEquals(0, session.call(Opcode.EXISTS, new JuteWriter().str("/").bool(false)).err());
                session.closeSession();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldRefuseAnUnknownOperationAndClose(final ServerKind kind) throws IOException
    {
        Ordeal.of(server(kind), ordeal ->
        {
            for (final int opcode : new int[]{ 10, 23, 1000, -5, Integer.MIN_VALUE })
            {
                try (RawSession session = RawSession.open(ordeal.address(), TIMEOUT_MS))
                {
                    final RawSession.Reply reply = session.call(opcode, new JuteWriter());
                    assertEquals(-6, reply.err());
                    assertEquals(-1, reply.zxid());
                    assertNull(session.receive());
                    closeAfterAll(ordeal.address(), session.connected());
                }
            }
        });
    }

    /** The measure is what ZooKeeper does with bytes that are not UTF-8. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTreatInvalidTextAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        final List<String> expected = invalidText(server(ServerKind.ZOOKEEPER).address());
        Ordeal.of(server(kind), ordeal -> assertEquals(expected, invalidText(ordeal.address())));
    }

    private static List<String> invalidText(final InetSocketAddress address) throws IOException
    {
        final List<String> answers = new ArrayList<>();
        final String[] names = { "/\u00ff\u00fe", "/\u00c3", "/\u00c0\u0080", "/\u00ed\u00a0\u0080", "/\u0080",
            "/\u00f0\u009f\u0098\u0080" };

        try (RawSession session = RawSession.open(address, TIMEOUT_MS))
        {
            for (final String name : names)
            {
                final byte[] bytes = name.getBytes(ISO_8859_1);
                answers.add("create " + session.call(Opcode.CREATE, new JuteWriter().buf(bytes).buf(null).acls(Acl.OPEN)
                    .i32(1)).err());
                answers.add("exists " + session.call(Opcode.EXISTS, new JuteWriter().buf(bytes).bool(false)).err());
                answers.add("set " + session.call(Opcode.SET_DATA, new JuteWriter().buf(bytes).buf(null).i32(-1))
                    .err());
                answers.add("sync " + session.call(Opcode.SYNC, new JuteWriter().buf(bytes)).err());
            }

            session.closeSession();
        }

        return answers;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldOutliveAClientThatNeverReads(final ServerKind kind) throws IOException
    {
        final int payload = 500_000;
        final int requests = kind.isCaracal() ? 4_000 : 100;

        Ordeal.of(server(kind), ordeal ->
        {
            try (RawSession owner = RawSession.open(ordeal.address(), TIMEOUT_MS))
            {
                assertEquals(0, owner.create("/big", new byte[payload], 0).err());
                owner.closeSession();
            }

            closeAfterAll(ordeal.address(), neverRead(ordeal, requests));
            try (RawSession owner = RawSession.open(ordeal.address(), TIMEOUT_MS))
            {
                assertEquals(0, owner.call(Opcode.DELETE, new JuteWriter().str("/big").i32(-1)).err());
                owner.closeSession();
            }
        });
    }

    /** Sends requests without reading anything but the handshake, and returns the session. */
    private static RawSession.ConnectReply neverRead(final Ordeal ordeal, final int requests) throws IOException
    {
        try (SocketChannel deaf = SocketChannel.open(ordeal.address()))
        {
            final RawSession.ConnectReply known = connect(deaf);
            deaf.configureBlocking(false);
            pour(deaf, frame(new JuteWriter().header(1, Opcode.GET_DATA).str("/big").bool(false).toBytes()), requests);
            ordeal.assertHealthy(ROUNDS_BESIDE_THE_DEAF);
            return known;
        }
    }

    private static RawSession.ConnectReply connect(final SocketChannel channel) throws IOException
    {
        channel.write(ByteBuffer.wrap(frame(RawSession.connectRequest(0, TIMEOUT_MS, 0, RawSession.noPassword(), 0))));
        final DataInputStream in = new DataInputStream(channel.socket().getInputStream());
        return RawSession.connectReply(in.readNBytes(in.readInt()));
    }

    /**
     * The connection is gone but the session is not. Resumes the session over another connection and closes it
     * properly.
     */
    private static void closeAfterAll(final InetSocketAddress address, final RawSession.ConnectReply known)
        throws IOException
    {
        try (RawSession again = RawSession.attach(new WireConnection(address, TIMEOUT_MS), RawSession.connectRequest(0,
            TIMEOUT_MS, known.sessionId(), known.password(), 0)))
        {
            assertEquals(known.sessionId(), again.connected().sessionId());
            assertEquals(0, again.closeSession().err());
        }
    }

    /**
     * Writes as much as the socket takes. The server may stop reading, and it may also close.
     */
    private static void pour(final SocketChannel channel, final byte[] frame, final int count)
    {
        int refusals = 0;

        for (int i = 0; i < count && refusals < 1_000; i++)
        {
            final ByteBuffer buffer = ByteBuffer.wrap(frame);

            while (buffer.hasRemaining() && refusals < 1_000)
            {
                try
                {
                    refusals = channel.write(buffer) == 0 ? refusals + 1 : 0;
                }
                catch (final IOException ex)
                {
                    return; // Closed by the server.
                }

                if (refusals > 0)
                {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            }
        }
    }

    private static byte[] frame(final byte[] body)
    {
        return ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldShutOutThoseWhoNeverFinishTheHandshake(final ServerKind kind) throws IOException
    {
        // A server of its own, because the others must wait for a client that pauses before its handshake.
        try (ServerUnderTest impatient = kind.launch(settings().with("nio.sessionlessCnxnTimeout", "1000")))
        {
            Ordeal.of(impatient, ordeal ->
            {
                try (Swarm swarm = new Swarm(ordeal.address()))
                {
                    swarm.open(kind.isCaracal() ? HANDSHAKES : HANDSHAKES / 10, new byte[]{ 0, 0, 0, 45, 0, 0, 0, 0,
                        0 }, 60_000);
                    ordeal.assertHealthy(ROUNDS_BESIDE_THE_FLOOD);
                    swarm.awaitAllClosed(60_000);
                    assertEquals(0, swarm.frames());
                }
            });
        }
    }
}
