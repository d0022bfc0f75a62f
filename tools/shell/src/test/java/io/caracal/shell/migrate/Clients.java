/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/** The official client, and everything that it can read of a tree. */
final class Clients
{
    static final String AUTH = "ann:secret";
    private static final int TIMEOUT_MS = 40_000;

    private Clients()
    {
    }

    static ZooKeeper connect(final String servers) throws IOException, InterruptedException
    {
        return connected(latch -> new ZooKeeper(servers, TIMEOUT_MS, watcher(latch)));
    }

    static ZooKeeper resume(final String servers, final Held session) throws IOException, InterruptedException
    {
        return connected(latch -> new ZooKeeper(servers, TIMEOUT_MS, watcher(latch), session.id(), session.password()));
    }

    /** What a client needs to resume its session. */
    @SuppressWarnings("ArrayRecordComponent")
    record Held(long id, byte[] password)
    {
        static Held of(final ZooKeeper client)
        {
            return new Held(client.getSessionId(), client.getSessionPasswd());
        }
    }

    /** Creates a client that counts the latch down once it is connected. */
    private interface Maker
    {
        ZooKeeper make(CountDownLatch latch) throws IOException;
    }

    private static ZooKeeper connected(final Maker maker) throws IOException, InterruptedException
    {
        final CountDownLatch latch = new CountDownLatch(1);
        final ZooKeeper client = maker.make(latch);
        assertTrue(latch.await(60, TimeUnit.SECONDS), "no connection");
        client.addAuthInfo("digest", AUTH.getBytes(StandardCharsets.UTF_8));

        return client;
    }

    private static Watcher watcher(final CountDownLatch latch)
    {
        return event ->
        {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected ||
                event.getState() == Watcher.Event.KeeperState.Expired)
            {
                latch.countDown();
            }
        };
    }

    static List<ACL> open()
    {
        return acl(Perms.ALL, "world", "anyone");
    }

    static List<ACL> acl(final int perms, final String scheme, final String id)
    {
        return new ArrayList<>(List.of(new ACL(perms, new Id(scheme, id))));
    }

    /** Every znode by its path, with all that a client can read of it. */
    static Map<String, String> dump(final ZooKeeper client) throws InterruptedException, KeeperException
    {
        final Map<String, String> tree = new TreeMap<>();
        dump(client, "/", tree);

        return tree;
    }

    private static void dump(final ZooKeeper client, final String path, final Map<String, String> tree)
        throws InterruptedException, KeeperException
    {
        final Stat stat = new Stat();
        final byte[] data = client.getData(path, false, stat);
        final List<String> children = client.getChildren(path, false);
        Collections.sort(children);
        tree.put(path, text(stat) + " " + (data == null ? "null" : HexFormat.of().formatHex(data)) + " " +
            client.getACL(path, null) + " " + children);
        for (final String child : children)
        {
            dump(client, path.length() == 1 ? "/" + child : path + "/" + child, tree);
        }
    }

    private static String text(final Stat stat)
    {
        return Long.toHexString(stat.getCzxid()) + " " + Long.toHexString(stat.getMzxid()) + " " +
            Long.toHexString(stat.getPzxid()) + " " + stat.getCtime() + " " + stat.getMtime() + " v" +
            stat.getVersion() + " c" + stat.getCversion() + " a" + stat.getAversion() + " " +
            Long.toHexString(stat.getEphemeralOwner()) + " " + stat.getDataLength() + " " + stat.getNumChildren();
    }
}
