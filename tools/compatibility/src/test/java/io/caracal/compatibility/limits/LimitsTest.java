/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests limits and switches that an operator sets. On a whole server, each must do what it does on ZooKeeper. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int PIPELINE = 500;
    private static final int HERE = 1;
    private static final int THERE = 2;
    private static final int ELSEWHERE = 3;

    static List<ServerKind> kinds()
    {
        return ServerKind.alone();
    }

    /** Returns a new session if the server makes one and its connection stays open; otherwise null. */
    private static RawSession tryOpen(final ServerUnderTest server, final int from) throws IOException
    {
        try
        {
            return RawSession.open(server.address(), Loopback.address(from, 0), TIMEOUT_MS);
        }
        catch (final IOException refused)
        {
            assertEquals(RawSession.UNANSWERED, refused.getMessage());
            return null;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCountConnectionsByAddressAndInAll(final ServerKind kind) throws IOException
    {
        final List<RawSession> sessions = new ArrayList<>();

        try (ServerUnderTest server = kind.launch(new ServerSettings().with("maxClientCnxns", "2").with("maxCnxns",
            "4")))
        {
            sessions.add(tryOpen(server, HERE));
            sessions.add(tryOpen(server, HERE));
            assertNull(tryOpen(server, HERE), "a third connection of one address");
            sessions.add(tryOpen(server, THERE));
            sessions.add(tryOpen(server, THERE));
            assertNull(tryOpen(server, ELSEWHERE), "a fifth connection in all");

            sessions.get(0).closeSession();
            sessions.get(0).close();
            Await.until("room for another", TIMEOUT_MS, () -> isServed(server));
            for (final RawSession session : sessions.subList(1, 4))
            {
                assertEquals(0, session.call(Opcode.EXISTS, new JuteWriter().str("/").bool(false)).err());
            }
        }
        finally
        {
            for (final RawSession session : sessions)
            {
                session.close();
            }
        }
    }

    private static boolean isServed(final ServerUnderTest server) throws IOException
    {
        try (RawSession session = tryOpen(server, ELSEWHERE))
        {
            return session != null;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldRunOutOfTokensForHandshakes(final ServerKind kind) throws IOException
    {
        try (
            ServerUnderTest server = kind.launch(new ServerSettings().with("connection_throttle_tokens", "2")
                .with("connection_throttle_fill_time", "100000000"));
            RawSession first = tryOpen(server, HERE);
            RawSession second = tryOpen(server, HERE))
        {
            assertNull(tryOpen(server, HERE), "a handshake without a token");
            assertEquals(0, first.call(Opcode.EXISTS, new JuteWriter().str("/").bool(false)).err());
            assertEquals(0, second.closeSession().err());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTakeWhatItIsToldToTakeAndNoMore(final ServerKind kind) throws IOException
    {
        final int most = 4_000_000;

        try (ServerUnderTest server = kind.launch(new ServerSettings().with("jute.maxbuffer", Integer.toString(most))
            .with("largeRequestThreshold", "100000").with("largeRequestMaxBytes", "3500000")
            .with("globalOutstandingLimit", "2").with("minSessionTimeout", "25000").with("maxSessionTimeout",
                "26000"));
            RawSession session = RawSession.open(server.address(), 1))
        {
            assertEquals(25_000, session.connected().timeoutMs());
            payloadsBeyondAMegabyte(session);
            pipeline(session);

            try (RawSession large = RawSession.open(server.address(), 1_000_000))
            {
                assertEquals(26_000, large.connected().timeoutMs());
                sendToOneWhoCloses(large, create("/larger", 3_600_000));
                assertNull(large.receive(), "more bytes in large requests than are permitted");
            }

            try (RawSession larger = RawSession.open(server.address(), TIMEOUT_MS))
            {
                larger.connection().sendRaw(new byte[]{ 0, 0x3D, 0x09, 0x01 });
                assertNull(larger.receive(), "a frame of one byte more than the limit");
            }

            assertEquals(0, session.call(Opcode.EXISTS, new JuteWriter().str("/large").bool(false)).err());
        }
    }

    /**
     * Sends a frame that is too long. A server knows from the length that it will close, and need not wait until all of
     * it is written.
     */
    private static void sendToOneWhoCloses(final RawSession session, final JuteWriter create) throws IOException
    {
        try
        {
            session.send(Opcode.CREATE, create);
        }
        catch (final SocketException closed)
        {
            assertNull(session.receive(), () -> "not closed, but: " + closed);
        }
    }

    private static void payloadsBeyondAMegabyte(final RawSession session) throws IOException
    {
        assertEquals(0, session.call(Opcode.CREATE, create("/large", 3_400_000)).err());
        final RawSession.Reply read = session.call(Opcode.GET_DATA, new JuteWriter().str("/large").bool(false));
        assertEquals(0, read.err());
        assertEquals(3_400_000, read.body().buf().length);
    }

    /** Sends more requests than may be under way. The server stops reading for a while, and nothing is lost. */
    private static void pipeline(final RawSession session) throws IOException
    {
        final int[] xids = new int[PIPELINE];

        for (int i = 0; i < PIPELINE; i++)
        {
            xids[i] = session.send(Opcode.CREATE, create("/piped" + i, 10));
        }

        for (int i = 0; i < PIPELINE; i++)
        {
            final RawSession.Reply reply = session.receive();
            assertEquals(xids[i], reply.xid());
            assertEquals(0, reply.err());
        }
    }

    private static JuteWriter create(final String path, final int length)
    {
        return new JuteWriter().str(path).buf(new byte[length]).acls(Acl.OPEN).i32(0);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldServeOnlyThoseWhoSayWhoTheyAre(final ServerKind kind) throws IOException
    {
        final ServerSettings settings =
            new ServerSettings().with("enforce.auth.enabled", "true").with("enforce.auth.schemes", "digest")
                .with("DigestAuthenticationProvider.digestAlg", "SHA-256").with("ensembleAuthName", "ours");
        if (kind == ServerKind.ZOOKEEPER)
        {
            settings.with("authProvider.1", "org.apache.zookeeper.server.auth.EnsembleAuthenticationProvider");
        }

        try (ServerUnderTest server = kind.launch(settings))
        {
            try (RawSession stranger = RawSession.open(server.address(), TIMEOUT_MS))
            {
                final RawSession.Reply reply = stranger.call(Opcode.EXISTS, new JuteWriter().str("/").bool(false));
                assertEquals(-124, reply.err());
                assertEquals(0, reply.zxid());
                assertNull(stranger.receive());
            }

            try (RawSession lost = RawSession.open(server.address(), TIMEOUT_MS))
            {
                auth(lost, "ensemble", "theirs");
                assertNull(lost.receive(), "a client of another ensemble");
            }

            try (RawSession known = RawSession.open(server.address(), TIMEOUT_MS))
            {
                auth(known, "ensemble", "ours");
                assertEquals(0, known.receive().err());
                auth(known, "digest", "u:p");
                assertEquals(0, known.receive().err());
                final JuteWriter own =
                    new JuteWriter().str("/own").buf(null).acls(List.of(new Acl(Acl.ALL, "auth", ""))).i32(0);
                assertEquals(0, known.call(Opcode.CREATE, own).err());
                final RawSession.Reply acl = known.call(Opcode.GET_ACL, new JuteWriter().str("/own"));
                assertEquals(List.of(new Acl(Acl.ALL, "digest", "u:/Y8xRBngpX5duYn15uUqIRaIaCviy5TEwSk419hCwuA=")),
                    acl.body().acls());
            }
        }
    }

    private static void auth(final RawSession session, final String scheme, final String data) throws IOException
    {
        session.connection().send(new JuteWriter().header(Opcode.XID_AUTH, Opcode.AUTH).i32(0).str(scheme)
            .buf(data.getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLookAtNoListsAndKnowNoPasswordsWhenToldSo(final ServerKind kind) throws IOException
    {
        try (
            ServerUnderTest server = kind.launch(new ServerSettings().with("skipACL", "yes")
                .with("DigestAuthenticationProvider.enabled", "false").with("znode.container.checkIntervalMs", "100")
                .with("znode.container.maxNeverUsedIntervalMs", "200").without("extendedTypesEnabled"));
            RawSession session = RawSession.open(server.address(), TIMEOUT_MS))
        {
            assertEquals(0,
                session.call(Opcode.CREATE,
                    new JuteWriter().str("/closed").buf(null).acls(List.of(new Acl(Acl.ALL, "ip", "10.0.0.1"))).i32(0))
                    .err());
            assertEquals(0, session.call(Opcode.GET_DATA, new JuteWriter().str("/closed").bool(false)).err());
            final JuteWriter ttl = new JuteWriter().str("/ttl").buf(null).acls(Acl.OPEN).i32(5).i64(1000);
            assertEquals(-6, session.call(Opcode.CREATE_TTL, ttl).err());

            final JuteWriter container = new JuteWriter().str("/unused").buf(null).acls(Acl.OPEN).i32(4);
            assertEquals(0, session.call(Opcode.CREATE_CONTAINER, container).err());
            Await.until("a container that nobody used is removed", TIMEOUT_MS, () -> session.call(Opcode.EXISTS,
                new JuteWriter().str("/unused").bool(false)).err() == -101);

            try (RawSession known = RawSession.open(server.address(), TIMEOUT_MS))
            {
                auth(known, "digest", "u:p");
                assertEquals(-115, known.receive().err());
                assertNull(known.receive());
            }

            assertTrue(server.isAlive());
        }
    }
}
