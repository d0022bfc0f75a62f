/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Loopback;
import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the official client, call by call. */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficialClientTest
{
    private static final List<ACL> OPEN = Official.OPEN;

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    private static Official client(final ServerKind kind) throws Exception
    {
        return Official.connect(SharedServers.of(kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldCreateReadWriteAndDelete(final ServerKind kind) throws Exception
    {
        try (Official client = client(kind))
        {
            final Stat created = new Stat();
            assertEquals("/calls", client.create("/calls", "one".getBytes(UTF_8), OPEN, CreateMode.PERSISTENT,
                created));
            assertEquals(created.getCzxid(), created.getMzxid());
            assertEquals("/calls/a", client.create("/calls/a", null, OPEN, CreateMode.PERSISTENT));
            assertEquals(client.getSessionId(), ephemeralOwner(client, "/calls/e"));

            final Stat read = new Stat();
            assertArrayEquals("one".getBytes(UTF_8), client.getData("/calls", false, read));
            assertEquals(2, read.getNumChildren());
            assertNull(client.getData("/calls/a", false, new Stat()));
            assertEquals(1, client.setData("/calls", new byte[0], 0).getVersion());
            assertThrows(KeeperException.BadVersionException.class, () -> client.setData("/calls", null, 0));
            assertEquals(0, client.exists("/calls", false).getDataLength());
            assertNull(client.exists("/calls/none", false));
            assertThrows(KeeperException.NodeExistsException.class, () -> client.create("/calls/a", null, OPEN,
                CreateMode.PERSISTENT));
            assertThrows(KeeperException.NoChildrenForEphemeralsException.class, () -> client.create("/calls/e/x", null,
                OPEN, CreateMode.PERSISTENT));
            assertThrows(KeeperException.NotEmptyException.class, () -> client.delete("/calls", -1));

            assertEquals(Set.of("a", "e"), Set.copyOf(client.getChildren("/calls", false)));
            final Stat parent = new Stat();
            assertEquals(Set.of("a", "e"), Set.copyOf(client.getChildren("/calls", false, parent)));
            assertEquals(2, parent.getCversion());
            assertEquals(2, client.getAllChildrenNumber("/calls"));
            assertEquals(List.of("/calls/e"), client.getEphemerals("/calls"));
            assertTrue(client.getEphemerals().contains("/calls/e"));
            client.sync("/calls");
            assertTrue(client.whoAmI().stream().anyMatch(who -> who.getAuthScheme().equals("ip") && who.getUser()
                .equals("127.0.0.1")));

            client.delete("/calls/e", -1);
            client.delete("/calls/a", 0);
            client.delete("/calls", 1);
            assertThrows(KeeperException.NoNodeException.class, () -> client.delete("/calls", -1));
        }
    }

    private static long ephemeralOwner(final ZooKeeper client, final String path) throws Exception
    {
        final Stat stat = new Stat();
        client.create(path, null, OPEN, CreateMode.EPHEMERAL, stat);
        return stat.getEphemeralOwner();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldNumberSequentialNodes(final ServerKind kind) throws Exception
    {
        try (Official client = client(kind))
        {
            client.create("/numbers", null, OPEN, CreateMode.PERSISTENT);
            assertEquals("/numbers/n0000000000", client.create("/numbers/n", null, OPEN,
                CreateMode.PERSISTENT_SEQUENTIAL));
            assertEquals("/numbers/m0000000001", client.create("/numbers/m", null, OPEN,
                CreateMode.EPHEMERAL_SEQUENTIAL));
            client.delete("/numbers/n0000000000", -1);
            assertEquals("/numbers/0000000002", client.create("/numbers/", null, OPEN,
                CreateMode.PERSISTENT_SEQUENTIAL));
            final Stat stat = new Stat();
            assertEquals("/numbers/t0000000003", client.create("/numbers/t", null, OPEN,
                CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL, stat, 1_000_000));
            assertEquals(0, stat.getEphemeralOwner());
            assertEquals("/numbers/ttl", client.create("/numbers/ttl", null, OPEN, CreateMode.PERSISTENT_WITH_TTL,
                new Stat(), 1_000_000));
            assertEquals("/numbers/c", client.create("/numbers/c", null, OPEN, CreateMode.CONTAINER));
            ZKUtil.deleteRecursive(client, "/numbers");
            assertNull(client.exists("/numbers", false));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldPerformAllOrNothing(final ServerKind kind) throws Exception
    {
        try (Official client = client(kind))
        {
            final List<OpResult> done = client.multi(List.of(Op.create("/multi", null, OPEN, CreateMode.PERSISTENT),
                Op.create("/multi/c", null, OPEN, CreateMode.CONTAINER), Op.create("/multi/t", null, OPEN,
                    CreateMode.PERSISTENT_WITH_TTL, 1_000_000),
                Op.create("/multi/s", null, OPEN,
                    CreateMode.EPHEMERAL_SEQUENTIAL),
                Op.setData("/multi", new byte[3], 0), Op.check("/multi", 1), Op.delete("/multi/c", -1)));
            assertEquals(7, done.size());
            assertEquals("/multi/s0000000002", ((OpResult.CreateResult)done.get(3)).getPath());
            assertEquals(3, ((OpResult.SetDataResult)done.get(4)).getStat().getDataLength());

            final KeeperException refused = assertThrows(KeeperException.class,
                () -> client.multi(List.of(Op.create("/multi/x", null, OPEN, CreateMode.PERSISTENT),
                    Op.check("/multi", 7), Op.delete("/multi/t",
                        -1))));
            assertEquals(KeeperException.Code.BADVERSION, refused.code());
            assertEquals(KeeperException.Code.OK.intValue(), ((OpResult.ErrorResult)refused.getResults().get(0))
                .getErr());
            assertEquals(KeeperException.Code.RUNTIMEINCONSISTENCY.intValue(), ((OpResult.ErrorResult)refused
                .getResults().get(2)).getErr());
            assertNull(client.exists("/multi/x", false));

            final List<OpResult> read = client.multi(List.of(Op.getData("/multi"), Op.getChildren("/multi"),
                Op.getData("/multi/none")));
            assertEquals(3, ((OpResult.GetDataResult)read.get(0)).getData().length);
            assertEquals(2, ((OpResult.GetChildrenResult)read.get(1)).getChildren().size());
            assertEquals(KeeperException.Code.NONODE.intValue(), ((OpResult.ErrorResult)read.get(2)).getErr());
            client.transaction().delete("/multi/t", 0).check("/multi", 1).commit();
            ZKUtil.deleteRecursive(client, "/multi");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldGuardNodesByAccessLists(final ServerKind kind) throws Exception
    {
        try (Official owner = client(kind); Official stranger = client(kind))
        {
            assertThrows(KeeperException.InvalidACLException.class, () -> owner.create("/guarded", null,
                Official.CREATOR, CreateMode.PERSISTENT));
            owner.addAuthInfo("digest", "owner:word".getBytes(UTF_8));
            owner.create("/guarded", null, Official.CREATOR, CreateMode.PERSISTENT);
            stranger.sync("/guarded");
            assertThrows(KeeperException.NoAuthException.class, () -> stranger.getData("/guarded", false, null));
            assertThrows(KeeperException.NoAuthException.class, () -> stranger.setData("/guarded", null, -1));
            assertThrows(KeeperException.NoAuthException.class, () -> stranger.create("/guarded/x", null, OPEN,
                CreateMode.PERSISTENT));
            assertThrows(KeeperException.NoAuthException.class, () -> stranger.exists("/guarded", false));

            final Stat stat = new Stat();
            final List<ACL> acls = owner.getACL("/guarded", stat);
            assertEquals("digest", acls.get(0).getId().getScheme());
            assertTrue(acls.get(0).getId().getId().startsWith("owner:"));
            final List<ACL> wider = Arrays.asList(acls.get(0), new ACL(ZooDefs.Perms.READ, new Id("ip",
                "127.0.0.0/8")));
            assertEquals(1, owner.setACL("/guarded", wider, stat.getAversion()).getAversion());
            assertEquals(wider, owner.getACL("/guarded", stat));
            stranger.sync("/guarded");
            assertNull(stranger.getData("/guarded", false, null));
            assertEquals("owner:x", stranger.getACL("/guarded", stat).get(0).getId().getId());
            assertTrue(owner.whoAmI().stream().anyMatch(who -> who.getUser().equals("owner")));
            owner.delete("/guarded", -1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldLiveBelowAChroot(final ServerKind kind) throws Exception
    {
        try (Official whole = client(kind);
            Official below = Official.connect(SharedServers.of(kind).connectString() +
                "/house/room", new Watched()))
        {
            whole.create("/house", null, OPEN, CreateMode.PERSISTENT);
            whole.create("/house/room", null, OPEN, CreateMode.PERSISTENT);
            final Watched watched = new Watched();
            assertNull(below.exists("/chair", watched));
            assertEquals("/chair", below.create("/chair", null, OPEN, CreateMode.PERSISTENT));
            assertEquals("NodeCreated /chair", watched.next());
            whole.sync("/house");
            assertNotNull(whole.exists("/house/room/chair", false));
            ZKUtil.deleteRecursive(whole, "/house");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTakeAMegabyteButNoMore(final ServerKind kind) throws Exception
    {
        try (Official client = client(kind))
        {
            client.create("/large", new byte[1_048_000], OPEN, CreateMode.PERSISTENT);
            assertEquals(1_048_000, client.exists("/large", false).getDataLength());
            client.delete("/large", -1);
            assertThrows(KeeperException.ConnectionLossException.class, () -> client.create("/larger",
                new byte[1_048_576], OPEN, CreateMode.PERSISTENT));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldShowItsConfigurationNode(final ServerKind kind) throws Exception
    {
        try (Official client = client(kind))
        {
            final Stat stat = new Stat();
            final String config = new String(client.getConfig(false, stat), UTF_8);
            final String version = kind == ServerKind.ENSEMBLE ? "version=" + Long.toHexString(stat.getMzxid()) : "";
            assertEquals(kind == ServerKind.ENSEMBLE ? 4 : 0, config.lines().count(), config);
            assertTrue(config.endsWith(version), config);
            assertEquals(Set.of("config", "quota"), new TreeSet<>(client.getChildren("/zookeeper", false)));
        }
    }

    /** The server names a read that failed, but not a write that was refused. */
    @ParameterizedTest
    @MethodSource("kinds")
    void shouldTellTheLastOperationOfAConnection(final ServerKind kind) throws Exception
    {
        // The client of so long a session sends no ping, which would be the last operation, within ten seconds.
        try (Official client = Official.connect(Loopback.text(SharedServers.of(kind).address()), new Watched(),
            2 * Official.SESSION_TIMEOUT_MS))
        {
            client.getChildren("/", false);
            assertEquals("GETC", lastOperation(kind, client));
            assertNull(client.exists("/last-operation", false));
            assertEquals("EXIS", lastOperation(kind, client));
            assertThrows(KeeperException.NoNodeException.class, () -> client.getData("/last-operation", false, null));
            assertEquals("GETD", lastOperation(kind, client));
            assertThrows(KeeperException.NoNodeException.class, () -> client.delete("/last-operation", -1));
            assertEquals("NA", lastOperation(kind, client));
        }
    }

    private static String lastOperation(final ServerKind kind, final ZooKeeper client) throws Exception
    {
        final StringBuilder connections = new StringBuilder();
        for (final InetSocketAddress member : SharedServers.of(kind).members())
        {
            connections.append(FourLetterWordMain.send4LetterWord(member.getHostString(), member.getPort(), "cons",
                false, (int)Watched.TIMEOUT_MS));
        }
        final Matcher matcher = Pattern.compile(",sid=0x" + Long.toHexString(client.getSessionId()) +
            ",lop=([A-Z0-9]+),")
            .matcher(connections);
        assertTrue(matcher.find(), connections::toString);

        return matcher.group(1);
    }
}
