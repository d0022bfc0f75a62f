/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.SharedServers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZKUtil;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the asynchronous calls of the official client, all under way together. Replies come in the order of the calls.
 */
@ExtendWith(SharedServers.class)
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficialAsyncTest
{
    private static final List<ACL> OPEN = Official.OPEN;
    private static final int MANY = 5_000;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    static List<ServerKind> kinds()
    {
        return ServerKind.asked();
    }

    private String next() throws InterruptedException
    {
        return answers.poll(Watched.TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldAnswerEveryCallInOrder(final ServerKind kind) throws Exception
    {
        try (Official client = Official.connect(SharedServers.of(kind)))
        {
            final List<String> expected = new ArrayList<>();
            client.create("/async", null, OPEN, CreateMode.PERSISTENT,
                (rc, path, context, name) -> answers.add("create " + rc + " " + name), null);
            expected.add("create 0 /async");
            client.create("/async/s-", null, OPEN, CreateMode.EPHEMERAL_SEQUENTIAL, (rc, path, context, name,
                stat) -> answers.add("create2 " + rc + " " + name), null);
            expected.add("create2 0 /async/s-0000000000");
            client.create("/async/t", null, OPEN, CreateMode.PERSISTENT_WITH_TTL, (rc, path, context, name,
                stat) -> answers.add("ttl " + rc), null, 1_000_000);
            expected.add("ttl 0");
            client.exists("/async/none", false, (rc, path, context, stat) -> answers.add("exists " + rc), null);
            expected.add("exists -101");
            client.setData("/async", new byte[2], 0, (rc, path, context, stat) -> answers.add("set " +
                stat.getVersion()), null);
            expected.add("set 1");
            client.getData("/async", false, (rc, path, context, data, stat) -> answers.add("get " + data.length), null);
            expected.add("get 2");
            client.getChildren("/async", false, (rc, path, context, names) -> answers.add("names " + names.size()),
                null);
            expected.add("names 2");
            client.getChildren("/async", false, (rc, path, context, names, stat) -> answers.add("names2 " +
                stat.getCversion()), null);
            expected.add("names2 2");
            client.setACL("/async", OPEN, 0, (rc, path, context, stat) -> answers.add("setAcl " + stat.getAversion()),
                null);
            expected.add("setAcl 1");
            rest(client, expected);

            for (final String line : expected)
            {
                assertEquals(line, next());
            }

            ZKUtil.deleteRecursive(client, "/async");
        }
    }

    private void rest(final ZooKeeper client, final List<String> expected)
    {
        client.getACL("/async", new Stat(), (rc, path, context, acl, stat) -> answers.add("getAcl " + acl.size()),
            null);
        expected.add("getAcl 1");
        client.getAllChildrenNumber("/async", (rc, path, context, number) -> answers.add("number " + number), null);
        expected.add("number 2");
        client.getEphemerals("/async", (rc, context, paths) -> answers.add("ephemerals " + paths), null);
        expected.add("ephemerals [/async/s-0000000000]");
        client.sync("/async", (rc, path, context) -> answers.add("sync " + path), null);
        expected.add("sync /async");
        client.addWatch("/async", new Watched(), AddWatchMode.PERSISTENT,
            (rc, path, context) -> answers.add("addWatch " + rc), null);
        expected.add("addWatch 0");
        client.removeWatches("/async/none", new Watched(), org.apache.zookeeper.Watcher.WatcherType.Data, true, (rc,
            path, context) -> answers.add("removeWatches " + rc), null);
        client.multi(List.of(Op.check("/async", 1), Op.delete("/async/t", 0)), (rc, path, context,
            results) -> answers.add("multi " + rc + " " + results.size()), null);
        client.delete("/async/t", -1, (rc, path, context) -> answers.add("delete " + rc), null);
        expected.add("removeWatches -121");
        expected.add("multi 0 2");
        expected.add("delete -101");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldKeepThousandsOfRequestsInOrder(final ServerKind kind) throws Exception
    {
        try (Official client = Official.connect(SharedServers.of(kind)))
        {
            client.create("/pipeline", null, OPEN, CreateMode.PERSISTENT);

            for (int i = 0; i < MANY; i++)
            {
                client.setData("/pipeline", new byte[i % 100], i, (rc, path, context, stat) -> answers.add(rc + " " +
                    stat.getVersion()), null);
                client.getData("/pipeline", false, (rc, path, context, data, stat) -> answers.add("read " +
                    stat.getVersion() + " " + data.length), null);
            }

            for (int i = 0; i < MANY; i++)
            {
                assertEquals("0 " + (i + 1), next());
                assertEquals("read " + (i + 1) + " " + i % 100, next());
            }

            client.awaitEvents("/pipeline");
            assertTrue(answers.isEmpty());
            client.delete("/pipeline", -1);
        }
    }
}
