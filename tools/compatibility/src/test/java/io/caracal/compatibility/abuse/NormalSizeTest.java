/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.Texts;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests sizes that are large but no mistake. Dedicated threads get a tenth of the ephemerals and sessions that a shared
 * thread gets, and ZooKeeper is left out. With -Dcaracal.compatibility.full=true, dedicated threads get all of them,
 * ZooKeeper takes part with a tenth, and ten times as many connections watch.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NormalSizeTest
{
    private static final boolean FULL = Boolean.getBoolean("caracal.compatibility.full");
    /** Longer than any test here takes, because some clients are silent while others work. */
    private static final int SESSION_TIMEOUT_MS = 900_000;
    private static final int BATCH = 2_000;
    private static final int UNDER_WAY = 8;
    private static final int CHILDREN = 100_000;
    private static final int EPHEMERALS = 1_000_000;
    private static final int WATCHING_CONNECTIONS = FULL ? 10_000 : 1_000;
    private static final int WATCHES = 100_000;
    private static final int SESSIONS = 100_000;
    /** Less than any accept backlog, because the system may reset connections beyond it. */
    private static final int SESSIONS_AT_ONCE = 500;
    private static final int SHARE = 10;
    private static final int ROUNDS = 20;
    private static final long TIMEOUT_MS = FULL ? 600_000 : 300_000;

    static List<ServerKind> kinds()
    {
        return FULL ? ServerKind.alone() : ServerKind.caracals();
    }

    /** The full number, or a tenth of it. */
    private static int share(final ServerKind kind, final int promised)
    {
        return kind == ServerKind.SHARED || (FULL && kind.isCaracal()) ? promised : promised / SHARE;
    }

    private static ServerSettings settings()
    {
        return new ServerSettings().heap("-Xmx1500m").with("tickTime", "10000").with("maxSessionTimeout", "1000000");
    }

    /**
     * Creates many nodes and reads replies meanwhile, because a server stops reading from a client that does not read
     * its replies.
     */
    private static void createMany(final RawSession session, final String prefix, final int count, final int flags)
        throws IOException
    {
        int answered = 0;

        for (int from = 0; from < count; from += BATCH)
        {
            final JuteWriter multi = new JuteWriter();

            for (int i = from; i < Math.min(count, from + BATCH); i++)
            {
                multi.i32(Opcode.CREATE).bool(false).i32(-1).str(prefix + i).buf(null).acls(Acl.OPEN).i32(flags);
            }

            session.send(Opcode.MULTI, multi.i32(-1).bool(true).i32(-1));

            if (from - answered >= BATCH * UNDER_WAY)
            {
                assertCreated(session, answered);
                answered += BATCH;
            }
        }

        for (int from = answered; from < count; from += BATCH)
        {
            assertCreated(session, from);
        }
    }

    private static void assertCreated(final RawSession session, final int from) throws IOException
    {
        final RawSession.Reply reply = session.receive();
        assertEquals(0, reply.err());
        assertEquals(Opcode.CREATE, reply.body().i32(), "the multi of " + from + " failed");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldListAHundredThousandChildren(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest server = kind.launch(settings());
            RawSession session = RawSession.open(server.address(), SESSION_TIMEOUT_MS))
        {
            assertEquals(0, session.create("/many", null, 0).err());
            createMany(session, "/many/child", CHILDREN, 0);
            final List<String> names = session.call(Opcode.GET_CHILDREN, new JuteWriter().str("/many").bool(false))
                .body()
                .strings();
            assertEquals(CHILDREN, names.size());
            assertEquals(CHILDREN, new HashSet<>(names).size());
            assertEquals(CHILDREN, session.call(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str("/many")).body()
                .i32());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCloseASessionWithManyEphemerals(final ServerKind kind) throws IOException
    {
        final int count = share(kind, EPHEMERALS);

        try (ServerUnderTest server = kind.launch(settings());
            HealthyClient healthy = new HealthyClient(server.address());
            RawSession reader = RawSession.open(server.address(), SESSION_TIMEOUT_MS);
            RawSession owner = RawSession.open(server.address(), SESSION_TIMEOUT_MS))
        {
            assertEquals(0, reader.create("/held", null, 0).err());
            createMany(owner, "/held/e", count, 1);
            assertEquals(count, reader.call(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str("/held")).body()
                .i32());
            owner.connection().timeout((int)TIMEOUT_MS);
            assertEquals(0, owner.closeSession().err());
            assertEquals(0, reader.call(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str("/held")).body().i32());
            healthy.assertProgress(ROUNDS);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldFireAHundredThousandWatchesByOneWrite(final ServerKind kind) throws IOException
    {
        final int paths = WATCHES / WATCHING_CONNECTIONS;

        try (ServerUnderTest server = kind.launch(settings());
            HealthyClient healthy = new HealthyClient(server.address());
            RawSession writer = RawSession.open(server.address(), SESSION_TIMEOUT_MS);
            Swarm swarm = new Swarm(server.address()))
        {
            createMany(writer, "/watched", paths, 0);
            for (int made = 0; made < WATCHING_CONNECTIONS; made += SESSIONS_AT_ONCE)
            {
                swarm.open(SESSIONS_AT_ONCE, handshake(), TIMEOUT_MS);
                swarm.awaitFrames(made + SESSIONS_AT_ONCE, TIMEOUT_MS);
            }
            swarm.send(frame(watchAll(paths)), TIMEOUT_MS);
            swarm.awaitFrames(2 * WATCHING_CONNECTIONS, TIMEOUT_MS);

            final JuteWriter multi = new JuteWriter();

            for (int i = 0; i < paths; i++)
            {
                multi.i32(Opcode.SET_DATA).bool(false).i32(-1).str("/watched" + i).buf(null).i32(-1);
            }

            assertEquals(0, writer.call(Opcode.MULTI, multi.i32(-1).bool(true).i32(-1)).err());
            swarm.awaitFrames(2 * WATCHING_CONNECTIONS + WATCHES, TIMEOUT_MS);
            assertEquals(2 + paths, swarm.framesMin());
            assertEquals(0, swarm.closed());
            healthy.assertProgress(ROUNDS);
        }
    }

    private static byte[] handshake()
    {
        return frame(RawSession.connectRequest(0, SESSION_TIMEOUT_MS, 0, RawSession.noPassword(), 0));
    }

    private static byte[] watchAll(final int paths)
    {
        final JuteWriter writer = new JuteWriter().header(1, Opcode.SET_WATCHES).i64(Long.MAX_VALUE).i32(paths);

        for (int i = 0; i < paths; i++)
        {
            writer.str("/watched" + i);
        }

        return writer.i32(0).i32(0).toBytes();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldDumpManySessions(final ServerKind kind) throws IOException
    {
        try (ServerUnderTest server = kind.launch(settings());
            HealthyClient healthy = new HealthyClient(server.address()))
        {
            final int count = share(kind, SESSIONS);

            for (int made = 0; made < count; made += SESSIONS_AT_ONCE)
            {
                try (Swarm swarm = new Swarm(server.address()))
                {
                    swarm.open(SESSIONS_AT_ONCE, handshake(), TIMEOUT_MS);
                    swarm.awaitFrames(SESSIONS_AT_ONCE, TIMEOUT_MS);
                }
            }

            final String dump = Books.word(server, "dump");
            final long sessions = Texts.split(dump, '\n').stream().map(String::strip)
                .filter(line -> line.startsWith("0x")).distinct().count();
            assertTrue(sessions >= count, sessions + " sessions in\n" + dump.substring(0, Math.min(2000,
                dump.length())));
            healthy.assertProgress(ROUNDS);
        }
    }

    private static byte[] frame(final byte[] body)
    {
        return ByteBuffer.allocate(4 + body.length).putInt(body.length).put(body).array();
    }
}
