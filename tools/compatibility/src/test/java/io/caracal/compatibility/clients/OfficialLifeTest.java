/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.JuteReader;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import io.caracal.compatibility.wire.WireConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what needs a server of its own: restarts, expiry, reaping, a super user. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficialLifeTest
{
    private static final List<ACL> OPEN = Official.OPEN;
    private static final int EXPIRY_MS = 2_000;
    private static final long TTL_MS = 1_000;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldKeepSessionWatchesAndEphemeralsAcrossARestart(final ServerKind kind) throws Exception
    {
        final Watched events = new Watched();

        try (ServerUnderTest server = kind.launch(new ServerSettings().with("forceSync", "yes"));
            Official client =
                Official.connect(server.connectString(), events))
        {
            client.create("/kept", "before".getBytes(UTF_8), OPEN, CreateMode.PERSISTENT);
            client.create("/kept/mine", null, OPEN, CreateMode.EPHEMERAL);
            final Watched data = new Watched();
            final Stat before = new Stat();
            client.getData("/kept", data, before);
            final long session = client.getSessionId();

            server.stop();
            events.awaitState(Watcher.Event.KeeperState.Disconnected);
            server.start();
            events.awaitState(Watcher.Event.KeeperState.SyncConnected);

            assertEquals(session, client.getSessionId());
            assertEquals(session, client.exists("/kept/mine", false).getEphemeralOwner());
            final Stat after = new Stat();
            assertEquals("before", new String(client.getData("/kept", false, after), UTF_8));
            assertEquals(before, after);

            try (Official other = Official.connect(server))
            {
                other.setData("/kept", null, 0);
            }

            assertEquals("NodeDataChanged /kept", data.next());
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldExpireASilentSession(final ServerKind kind) throws Exception
    {
        try (
            ServerUnderTest server = kind.launch(
                new ServerSettings().with("tickTime", "200").with("minSessionTimeout", Integer.toString(EXPIRY_MS))
                    .with("maxSessionTimeout", Integer.toString(Official.SESSION_TIMEOUT_MS)));
            Official watching = Official.connect(server);
            RawSession patient = RawSession.open(server.address(), Official.SESSION_TIMEOUT_MS))
        {
            assertEquals(0, patient.create("/silent", null, 1).err());
            final Watched gone = new Watched();
            watching.sync("/silent");
            assertNotNull(watching.exists("/silent", gone));

            try (RawSession silent = resume(server, patient))
            {
                assertEquals(EXPIRY_MS, silent.connected().timeoutMs());
                assertEquals("NodeDeleted /silent", gone.next());
                assertNull(silent.receive(), "an expired session still hears something");
            }

            try (WireConnection connection = new WireConnection(server.address(), RawSession.TIMEOUT_MS))
            {
                final RawSession late = RawSession.attach(connection, resumption(patient));
                assertEquals(0, late.connected().timeoutMs());
                assertEquals(0, late.connected().sessionId());
                assertNull(connection.receive());
            }
        }
    }

    /**
     * Resumes the session with a short timeout. Done only when all is prepared, so that the session survives any pause
     * of its client until then.
     */
    private static RawSession resume(final ServerUnderTest server, final RawSession session) throws IOException
    {
        return RawSession.attach(new WireConnection(server.address(), RawSession.TIMEOUT_MS), resumption(session));
    }

    private static byte[] resumption(final RawSession session)
    {
        return RawSession.connectRequest(0, EXPIRY_MS, session.connected().sessionId(), session.connected().password(),
            0);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldTellTheClientThatItsSessionIsOver(final ServerKind kind) throws Exception
    {
        final Watched events = new Watched();

        try (ServerUnderTest server = kind.launch();
            Official client = Official.connect(server.connectString(), events))
        {
            client.create("/over", null, OPEN, CreateMode.EPHEMERAL);
            events.clear();

            try (WireConnection connection = new WireConnection(server.address(), RawSession.TIMEOUT_MS))
            {
                // In one segment: the client reconnects within a second, and would take its session back from this
                // connection.
                connection.sendRaw(new JuteWriter().buf(RawSession.connectRequest(0, 20_000, client.getSessionId(),
                    client.getSessionPasswd(), 0)).buf(new JuteWriter().header(1, Opcode.CLOSE_SESSION).toBytes())
                    .toBytes());
                assertEquals(client.getSessionId(), RawSession.connectReply(connection.receive()).sessionId());
                final JuteReader reply = new JuteReader(connection.receive());
                assertEquals(1, reply.i32());
                reply.i64();
                assertEquals(0, reply.i32());
            }

            events.awaitState(Watcher.Event.KeeperState.Expired);
            assertThrows(KeeperException.SessionExpiredException.class, () -> client.exists("/over", false));
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldRemoveContainersAndOldNodes(final ServerKind kind) throws Exception
    {
        try (ServerUnderTest server = kind.launch(new ServerSettings().with("znode.container.checkIntervalMs", "100"));
            Official client = Official.connect(server))
        {
            client.create("/container", null, OPEN, CreateMode.CONTAINER);
            client.create("/unused", null, OPEN, CreateMode.CONTAINER);
            client.create("/container/child", null, OPEN, CreateMode.PERSISTENT);
            // In one transaction: a TTL parent may expire before it gets its child.
            client.multi(List.of(Op.create("/parent", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, TTL_MS),
                Op.create("/parent/child", null, OPEN, CreateMode.PERSISTENT)));
            client.create("/long", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 1_000_000);
            final Watched container = new Watched();
            final Watched old = new Watched();
            client.exists("/container", container);
            // The watch comes first, because the node may be gone before a later one is set.
            client.addWatch("/short", old, AddWatchMode.PERSISTENT);
            client.create("/short", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, new Stat(), TTL_MS);
            assertEquals("NodeCreated /short", old.next());
            assertEquals("NodeDeleted /short", old.next());
            client.delete("/container/child", -1);
            assertEquals("NodeDeleted /container", container.next());
            assertNotNull(client.exists("/unused", false));
            assertNotNull(client.exists("/parent", false));
            assertNotNull(client.exists("/long", false));
            client.delete("/parent/child", -1);
            Await.until("the TTL node goes after its child", Watched.TIMEOUT_MS, () -> client.exists("/parent",
                false) == null);
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("kinds")
    void shouldLetTheSuperUserDoAnything(final ServerKind kind) throws Exception
    {
        try (
            ServerUnderTest server = kind.launch(new ServerSettings().with("DigestAuthenticationProvider.superDigest",
                "super:lK75jTNcA+U9vtVEw5vB51mj/w4="));
            Official owner = Official.connect(server);
            Official root = Official.connect(server))
        {
            owner.addAuthInfo("digest", "owner:word".getBytes(UTF_8));
            owner.create("/private", "x".getBytes(UTF_8), Official.CREATOR, CreateMode.PERSISTENT);
            root.sync("/private");
            assertThrows(KeeperException.NoAuthException.class, () -> root.getData("/private", false, null));
            root.addAuthInfo("digest", "super:secret".getBytes(UTF_8));
            assertEquals("x", new String(root.getData("/private", false, null), UTF_8));
            assertEquals(1, root.setACL("/private", OPEN, 0).getAversion());
            assertThrows(KeeperException.ReconfigDisabledException.class, () -> reconfigure(server));
        }
    }

    private static void reconfigure(final ServerUnderTest server) throws Exception
    {
        final ZooKeeperAdmin admin = new ZooKeeperAdmin(server.connectString(), Official.SESSION_TIMEOUT_MS,
            new Watched());

        try
        {
            admin.reconfigure("server.5=127.0.0.1:1:2;3", null, null, -1, new Stat());
        }
        finally
        {
            admin.close();
        }
    }
}
