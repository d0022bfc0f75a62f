/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients of an ensemble see while its servers come and go, with three real processes and the official client. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnsembleTest
{
    private static final List<ACL> OPEN =
        Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("world", "anyone")));

    private static final int WRITES = 200;

    private LocalEnsemble ensemble;

    @BeforeEach
    void start()
    {
        ensemble = new LocalEnsemble(3);
    }

    @AfterEach
    void stop()
    {
        ensemble.close();
    }

    @Test
    void shouldShowEveryMemberWhatAnyOfThemWrote() throws Exception
    {
        try (Witness one = new Witness(ensemble.connectString(1));
            Witness two = new Witness(ensemble.connectString(2));
            Witness three = new Witness(ensemble.connectString(3)))
        {
            final List<Witness> all = List.of(one, two, three);
            for (int i = 0; i < all.size(); i++)
            {
                final String path = "/by" + i;
                create(all.get(i), path, CreateMode.PERSISTENT);
                for (final Witness reader : all)
                {
                    sync(reader.client());
                    assertEquals(path, new String(reader.client().getData(path, true, null), UTF_8));
                }

                all.get((i + 1) % 3).client().setData(path, new byte[0], 0);
                for (final Witness reader : all)
                {
                    Await.until("the watch at each member", LocalEnsemble.LIMIT_MS,
                        () -> reader.hasSeen(EventType.NodeDataChanged, path));
                }
            }

            final String config = new String(one.client().getConfig(false, null), UTF_8);
            assertEquals(4, config.lines().count(), config);
            assertTrue(
                config.matches("(?s)server\\.1=127.0.0.1:\\d+:\\d+:participant;127.0.0.1:\\d+\n.*version=[0-9a-f]+"),
                config);
        }
    }

    @Test
    void shouldMoveASessionBetweenMembersWithItsEphemerals() throws Exception
    {
        final Witness moving = new Witness(ensemble.connectString(1));
        create(moving, "/mine", CreateMode.EPHEMERAL);
        final long sessionId = moving.client().getSessionId();
        final ZooKeeper moved = new ZooKeeper(ensemble.connectString(2), Witness.SESSION_MS, event ->
        {
        }, sessionId,
            moving.client().getSessionPasswd());
        try (Witness watching = new Witness(ensemble.connectString(3)))
        {
            Await.until("the session at another member", LocalEnsemble.LIMIT_MS,
                () -> moved.getState() == ZooKeeper.States.CONNECTED);
            assertEquals(sessionId, moved.getSessionId());
            assertEquals(sessionId, moved.exists("/mine", false).getEphemeralOwner());
            watching.client().exists("/mine", true);
            moved.close();
            Await.until("the end of the ephemeral", LocalEnsemble.LIMIT_MS,
                () -> watching.hasSeen(EventType.NodeDeleted, "/mine"));
        }
        finally
        {
            moving.close();
        }
    }

    @Test
    void shouldNotLetClientsOfSurvivorsNoticeTheDeathOfALeaderOrAFollower() throws Exception
    {
        final int first = ensemble.leader();
        final int survivor = ensemble.other(first);
        try (Witness witness = new Witness(ensemble.connectString(survivor)))
        {
            create(witness, "/count", CreateMode.PERSISTENT);
            writeWhile(witness, 0, () -> ensemble.kill(first));
            ensemble.start(first);
            ensemble.awaitAllServing();
            final int follower = ensemble.other(ensemble.leader(), survivor);
            writeWhile(witness, WRITES, () -> ensemble.kill(follower));

            assertEquals(List.of(KeeperState.SyncConnected), witness.states());
        }
    }

    @Test
    void shouldNotLetClientsOfOthersNoticeThatALeaderHangs() throws Exception
    {
        final int hanging = ensemble.leader();
        try (Witness witness = new Witness(ensemble.connectString(ensemble.other(hanging))))
        {
            create(witness, "/count", CreateMode.PERSISTENT);
            writeWhile(witness, 0, () -> ensemble.signal(hanging, "STOP"));
            ensemble.signal(hanging, "CONT");
            Await.until("the former leader follows", LocalEnsemble.LIMIT_MS,
                () -> "follower".equals(ensemble.mode(hanging)));

            assertNotEquals(hanging, ensemble.leader());
            assertEquals(List.of(KeeperState.SyncConnected), witness.states());
        }
    }

    @Test
    void shouldHandOverAndRollWithoutTheLossOfARequest() throws Exception
    {
        try (Witness witness = new Witness(ensemble.connectString()))
        {
            create(witness, "/count", CreateMode.PERSISTENT);
        }

        final int kept = ensemble.other(ensemble.leader());
        try (Witness witness = new Witness(ensemble.connectString(kept)))
        {
            int version = 0;
            for (int id = 1; id <= ensemble.size(); id++)
            {
                final int stopping = id;
                if (id != kept)
                {
                    writeWhile(witness, version, () -> assertEquals(0, ensemble.stop(stopping)));
                    ensemble.start(id);
                    ensemble.awaitServing(id);
                    version += WRITES;
                }
            }

            assertEquals(List.of(KeeperState.SyncConnected), witness.states());
        }
    }

    @Test
    void shouldTakeAWipedFollowerInAndThenCountOnIt() throws Exception
    {
        final int leader = ensemble.leader();
        final int wiped = ensemble.other(leader);
        final int third = ensemble.other(leader, wiped);
        try (Witness witness = new Witness(ensemble.connectString(leader)))
        {
            create(witness, "/kept", CreateMode.PERSISTENT);
        }

        ensemble.kill(wiped);
        ensemble.wipe(wiped);
        ensemble.start(wiped);
        ensemble.awaitServing(wiped);
        ensemble.kill(third);
        try (Witness witness = new Witness(ensemble.connectString(wiped)))
        {
            sync(witness.client());
            assertEquals("/kept", new String(witness.client().getData("/kept", false, null), UTF_8));
            create(witness, "/later", CreateMode.PERSISTENT);
        }
    }

    @Test
    void shouldTellRolesAndStaySilentWithoutAQuorum()
    {
        final int leader = ensemble.leader();
        final int follower = ensemble.other(leader);
        awaitAnswer(leader, "mntr", "zk_synced_followers\t2\n");
        awaitAnswer(leader, "srvr", "\nProposal sizes last/min/max: ");
        awaitAnswer(follower, "mntr", "zk_peer_state\tfollowing - broadcast\n");
        awaitAnswer(follower, "conf", "\nmembership: \nserver.1=");
        Await.until("the word of the leader", () -> ": " + ensemble.output(leader), LocalEnsemble.LIMIT_MS,
            () -> ensemble.output(leader).contains(" as leader\n"));
        assertEquals("Mode: leader", status(leader));
        assertEquals("Mode: follower", status(follower));

        ensemble.kill(ensemble.other(leader, follower));
        ensemble.kill(leader);
        Await.until("a server that is alone serves nobody", LocalEnsemble.LIMIT_MS, () -> ensemble.ask(follower, "srvr")
            .equals("This ZooKeeper instance is not currently serving requests\n"));
        Await.until("ruok is answered", LocalEnsemble.LIMIT_MS, () -> "imok".equals(ensemble.ask(follower, "ruok")));
        Await.until("isro is answered", LocalEnsemble.LIMIT_MS, () -> "null".equals(ensemble.ask(follower, "isro")));
    }

    /** Waits for a part of an answer. A server may serve a moment before it counts all others. */
    private void awaitAnswer(final int id, final String word, final String part)
    {
        Await.until(word + " of server " + id + " has '" + part + "': ", () -> ensemble.ask(id, word),
            LocalEnsemble.LIMIT_MS, () -> ensemble.ask(id, word).contains(part));
    }

    /** Returns the last line that zkServer.sh prints about a server's status. */
    private String status(final int id)
    {
        final Path scripts = Path.of(System.getProperty("caracal.jvm.args")).resolveSibling("../bin");
        try (ChildJvm script = ChildJvm.startProgram("status",
            List.of(scripts.resolve("zkServer.sh").toString(), "status", ensemble.config(id).toString())))
        {
            assertEquals(0, script.awaitExit(LocalEnsemble.LIMIT_MS), script::output);
            return script.output().lines().reduce("", (before, last) -> last);
        }
    }

    /**
     * Writes a number of times and causes the trouble in the middle. No write may fail, and each must be counted once.
     */
    private static void writeWhile(final Witness witness, final int fromVersion, final Runnable trouble)
        throws Exception
    {
        for (int i = 0; i < WRITES; i++)
        {
            if (i == WRITES / 2)
            {
                final CountDownLatch answered = new CountDownLatch(1);
                witness.client().setData("/count", new byte[8], fromVersion + i,
                    (code, path, context, stat) -> answered.countDown(), null);
                trouble.run();
                assertTrue(answered.await(LocalEnsemble.LIMIT_MS, TimeUnit.MILLISECONDS), "no answer to a write");
            }
            else
            {
                assertEquals(fromVersion + i + 1, witness.client().setData("/count", new byte[8], fromVersion + i)
                    .getVersion());
            }
        }
    }

    private static void create(final Witness witness, final String path, final CreateMode mode) throws Exception
    {
        witness.client().create(path, path.getBytes(UTF_8), OPEN, mode);
    }

    private static void sync(final ZooKeeper client) throws InterruptedException
    {
        final CountDownLatch done = new CountDownLatch(1);
        client.sync("/", (code, path, context) -> done.countDown(), null);
        assertTrue(done.await(LocalEnsemble.LIMIT_MS, TimeUnit.MILLISECONDS), "sync is not answered");
    }
}
