/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.zookeeper34;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/** Main class: uses the whole interface of the 3.4 client. Prints "passed ..." for each part. */
public final class OldClient
{
    private static final List<ACL> OPEN = Arrays.asList(new ACL(31, new Id("world", "anyone")));
    private static final List<ACL> CREATOR = Arrays.asList(new ACL(31, new Id("auth", "")));
    private static final int TIMEOUT_MS = 20_000;
    private static final int TAKEN_MAX = 5;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final String server;

    private OldClient(final String server)
    {
        this.server = server;
    }

    /**
     * Runs all parts.
     *
     * @param arguments host and port of the server under test
     * @throws Exception when anything is not as it should be
     */
    public static void main(final String[] arguments) throws Exception
    {
        final OldClient old = new OldClient(arguments[0]);
        final ZooKeeper client = old.connect();
        old.nodes(client);
        old.watches(client);
        old.transactions(client);
        old.accessLists(client);
        old.sessions(client);
        client.close();
        LibraryClient.main(arguments);
    }

    private ZooKeeper connect() throws Exception
    {
        final ZooKeeper client = new ZooKeeper(server, TIMEOUT_MS, this::onEvent);
        expect("None null");
        return client;
    }

    private void onEvent(final WatchedEvent event)
    {
        events.add(event.getType() + " " + event.getPath());
    }

    private void expect(final String event) throws InterruptedException
    {
        final String seen = events.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        check(event.equals(seen), "event " + seen + " instead of " + event);
    }

    static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new IllegalStateException(message);
        }
    }

    private void nodes(final ZooKeeper client) throws Exception
    {
        check("/old".equals(client.create("/old", "1".getBytes(UTF_8), OPEN, CreateMode.PERSISTENT)), "create");
        check("/old/s0000000000".equals(client.create("/old/s", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL)),
            "sequential");
        final Stat stat = new Stat();
        check("1".equals(new String(client.getData("/old", false, stat), UTF_8)), "getData");
        check(stat.getNumChildren() == 1 && stat.getCversion() == 1, "stat");
        check(client.setData("/old", null, 0).getVersion() == 1, "setData");
        check(client.getData("/old", false, null) == null, "null data");
        check(client.getChildren("/old", false).size() == 1, "getChildren");
        check(client.getChildren("/old", false, stat).size() == 1, "getChildren2");
        check(client.exists("/old/none", false) == null, "exists");
        final BlockingQueue<String> synced = new LinkedBlockingQueue<>();
        client.sync("/old", (rc, path, context) -> synced.add(rc + path), null);
        check("0/old".equals(synced.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS)), "sync");
        client.delete("/old/s0000000000", -1);
        client.delete("/old", 1);
        System.out.println("passed nodes");
    }

    private void watches(final ZooKeeper client) throws Exception
    {
        client.exists("/seen", true);
        client.create("/seen", null, OPEN, CreateMode.PERSISTENT);
        expect("NodeCreated /seen");
        client.getData("/seen", true, null);
        client.getChildren("/seen", true);
        client.setData("/seen", null, -1);
        expect("NodeDataChanged /seen");
        client.create("/seen/a", null, OPEN, CreateMode.PERSISTENT);
        expect("NodeChildrenChanged /seen");
        client.exists("/seen/a", true);
        client.delete("/seen/a", -1);
        expect("NodeDeleted /seen/a");
        client.delete("/seen", -1);
        System.out.println("passed watches");
    }

    private void transactions(final ZooKeeper client) throws Exception
    {
        final List<OpResult> results = client.multi(Arrays.asList(Op.create("/all", null, OPEN, CreateMode.PERSISTENT),
            Op.setData("/all", new byte[1], 0), Op.check("/all", 1), Op.delete("/all", 1)));
        check(results.size() == 4, "multi");

        try
        {
            client.multi(Arrays.asList(Op.create("/none", null, OPEN, CreateMode.PERSISTENT), Op.delete("/x", -1)));
            check(false, "a failing multi must fail");
        }
        catch (final KeeperException ex)
        {
            check(ex.code() == KeeperException.Code.NONODE, "code " + ex.code());
            check(ex.getResults().size() == 2, "results of a failed multi");
        }

        check(client.exists("/none", false) == null, "nothing of a failed multi");
        System.out.println("passed transactions");
    }

    private void accessLists(final ZooKeeper client) throws Exception
    {
        client.addAuthInfo("digest", "old:secret".getBytes(UTF_8));
        client.create("/mine", null, CREATOR, CreateMode.PERSISTENT);
        final Stat stat = new Stat();
        check(client.getACL("/mine", stat).get(0).getId().getId().startsWith("old:"), "getACL");
        final ZooKeeper stranger = connect();

        try
        {
            stranger.getData("/mine", false, null);
            check(false, "a stranger must not read");
        }
        catch (final KeeperException.NoAuthException ex)
        {
            check("/mine".equals(ex.getPath()), "path " + ex.getPath());
        }

        stranger.close();
        check(client.setACL("/mine", OPEN, 0).getAversion() == 1, "setACL");
        client.delete("/mine", -1);
        System.out.println("passed access lists");
    }

    /**
     * A second client takes over the session of the first and closes it. The first client reconnects within a second,
     * and takes its session back if the second one has paused for as long; the second then takes it over once more.
     */
    private void sessions(final ZooKeeper client) throws Exception
    {
        final Semaphore connected = new Semaphore(0);
        final ZooKeeper first = new ZooKeeper(server, TIMEOUT_MS, event ->
        {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected)
            {
                connected.release();
            }
        });
        check(connected.tryAcquire(TIMEOUT_MS, TimeUnit.MILLISECONDS), "no session");
        first.create("/held", null, OPEN, CreateMode.EPHEMERAL);

        takeOverAndClose(client, first);

        for (int again = 1; client.exists("/held", false) != null; again++)
        {
            check(again < TAKEN_MAX && connected.tryAcquire(TIMEOUT_MS, TimeUnit.MILLISECONDS), "the ephemeral goes");
            takeOverAndClose(client, first);
        }

        first.close();
        System.out.println("passed sessions");
    }

    private void takeOverAndClose(final ZooKeeper client, final ZooKeeper first) throws Exception
    {
        events.clear();
        final ZooKeeper second = new ZooKeeper(server, TIMEOUT_MS, event ->
        {
            events.add("second " + event.getState());
        }, first.getSessionId(), first.getSessionPasswd());
        String seen = "";

        while (!seen.equals("second SyncConnected"))
        {
            seen = events.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);
            check(seen != null, "the session was not taken over");
        }

        check(second.getSessionId() == first.getSessionId(), "session id");
        check(client.exists("/held", false) != null, "the ephemeral stays");
        second.close();
    }
}
