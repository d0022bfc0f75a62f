/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Zxid;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.disk.SimulatedDisk;
import io.caracal.simulator.node.WireClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cases in which ZooKeeper lost data or let servers diverge, as far as several servers are needed to show them. Cases
 * of one server are transcripts under {@code lessons}. The table in {@code engine/docs/lessons.md} names the test of
 * each case.
 */
class LessonsOfZooKeeperTest
{
    private static final int EXISTS = 3;
    private static final int SYNC = 9;
    private static final int NO_NODE = -101;
    private static final int EPHEMERAL = 1;

    /** Returns the error of exists on a server after a sync. */
    private static int look(final TestEnsemble ensemble, final TestEnsemble.Server server, final String path)
    {
        final WireClient reader = ensemble.connect(server);
        reader.pathOnly(SYNC, "/");
        assertEquals(0, ensemble.answer(reader, "sync").error());
        reader.readPath(EXISTS, path, false);
        final int error = ensemble.answer(reader, path).error();
        reader.request(-11, out ->
        {
        });
        ensemble.answer(reader, "close");
        return error;
    }

    private static void assertEverywhere(final TestEnsemble ensemble, final String path, final int error)
    {
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            if (server.agent != null)
            {
                assertEquals(error, look(ensemble, server, path), path + " at " + server.id);
            }
        }
    }

    /** ZOOKEEPER-1277: the counter of an epoch is used up. A new epoch begins, and no client sees an error. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldBeginANewEpochBeforeTheCounterIsUsedUp(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0))
        {
            ensemble.counterRollOver = 40;
            ensemble.startAll();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.follower());
            long first = 0;
            long last = 0;
            for (int i = 0; i < 150; i++)
            {
                client.create("/n" + i, "", 0);
                final Reply reply = ensemble.answer(client, "create " + i);
                assertEquals(0, reply.error());
                assertTrue(reply.zxid() > last, "zxids rise across epochs");
                assertTrue(Zxid.counter(reply.zxid()) <= 60, "the counter went on");
                first = first == 0 ? reply.zxid() : first;
                last = reply.zxid();
            }
            assertTrue(Zxid.epoch(last) >= Zxid.epoch(first) + 2);
            assertFalse(client.end.isEnded());
            ensemble.await("all serve", 3000, ensemble::areAllServing);
            assertEverywhere(ensemble, "/n149", 0);
        }
    }

    /** ZOOKEEPER-1367, 2355, 4837: the server and the client of a session die. Its ephemerals go, on all servers. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldRemoveEphemeralsOfASessionThatDiedWithItsServer(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server holder = ensemble.follower();
            final WireClient client = ensemble.connect(holder);
            client.create("/e", "", EPHEMERAL);
            assertEquals(0, ensemble.answer(client, "an ephemeral").error());
            holder.kill();
            ensemble.runMs(3000);
            holder.start();
            ensemble.await("all serve", 3000, ensemble::areAllServing);
            assertEverywhere(ensemble, "/e", 0);
            ensemble.runMs(15_000);
            assertEverywhere(ensemble, "/e", NO_NODE);
        }
    }

    /** The same when the leader dies as well. The next leader knows the session from the log and expires it. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldExpireASessionUnderANewLeader(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 5, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server holder = ensemble.follower();
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(holder);
            client.create("/e", "", EPHEMERAL);
            assertEquals(0, ensemble.answer(client, "an ephemeral").error());
            holder.kill();
            ensemble.runMs(2000);
            leader.kill();
            ensemble.await("the others serve", 3000, ensemble::areAllServing);
            ensemble.runMs(16_000);
            assertEverywhere(ensemble, "/e", NO_NODE);
            leader.start();
            holder.start();
            ensemble.await("all serve", 3000, ensemble::areAllServing);
            assertEverywhere(ensemble, "/e", NO_NODE);
        }
    }

    /** ZOOKEEPER-4306: a session of a follower ends with more ephemerals than fit into a frame of a client. */
    @Test
    void shouldEndASessionWithMoreEphemeralsThanFitIntoAFrame()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.follower());
            final String name = "/" + "x".repeat(400) + "-";
            final int count = 2 * TestEnsemble.FRAME_MAX / name.length();
            for (int i = 0; i < count; i++)
            {
                client.create(name + i, "", EPHEMERAL);
                assertEquals(0, ensemble.answer(client, "ephemeral " + i).error());
            }
            client.request(-11, out ->
            {
            });
            assertEquals(0, ensemble.answer(client, "close").error());
            assertEverywhere(ensemble, name + 0, NO_NODE);
            assertEverywhere(ensemble, name + (count - 1), NO_NODE);
        }
    }

    /** ZOOKEEPER-1551: what is committed while an observer is synchronized reaches it nevertheless. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldKeepWhatAnObserverHearsWhileItIsSynchronized(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server observer = ensemble.servers[3];
            observer.kill();
            final WireClient client = ensemble.connect(ensemble.leader());
            int sent = 0;
            for (int round = 0; round < 200; round++)
            {
                client.create("/n" + sent++, "", 0);
                ensemble.step();
                if (round == 50)
                {
                    observer.disk = new SimulatedDisk(9, DiskFaults.HEALTHY);
                    observer.start();
                }
            }
            for (int i = 0; i < sent; i++)
            {
                assertEquals(0, ensemble.answer(client, "create " + i).error());
            }
            ensemble.await("the observer serves", 3000, observer.agent::isServing);
            for (int i = 0; i < sent; i += 7)
            {
                assertEquals(0, look(ensemble, observer, "/n" + i), "/n" + i);
            }
        }
    }

    /**
     * ZOOKEEPER-261, 3056: two of three voters lose their disks. Together they may have acknowledged what the third
     * never had. So no server goes on by itself, whichever ones are up, and a person has to decide.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldServeNobodyWhenTwoOfThreeDisksWereLost(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.leader());
            client.create("/known", "", 0);
            assertEquals(0, ensemble.answer(client, "create").error());
            ensemble.runMs(500);
            final TestEnsemble.Server keeper = ensemble.follower();
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != keeper)
                {
                    server.wipe();
                }
            }
            keeper.isStopped = true;
            ensemble.runMs(3000);
            assertNobodyServes(ensemble);
            keeper.isStopped = false;
            ensemble.runMs(5000);
            assertNobodyServes(ensemble);
        }
    }

    /**
     * Votes go by the adopted epoch, not by the epoch of the last record. The first server has a record that no other
     * server has. The second one has a later epoch but no record of it. The third one led that epoch and has a record
     * of it that no other server has. Whichever leader the second one follows, what a client is then told must not be
     * cut by the third.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldKeepWhatWasToldInAnEpochWithoutARecordOfIt(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server first = ensemble.leader();
            final WireClient client = ensemble.connect(first);
            ensemble.isolate(first, true);
            client.create("/told", "", 0);
            ensemble.runMs(50);
            ensemble.await("the others have a leader", 3000, () -> leaderBeside(ensemble, first) != null);
            final TestEnsemble.Server second = leaderBeside(ensemble, first);
            ensemble.runMs(200);
            ensemble.isolate(second, true);
            final WireClient stranger = ensemble.link(second);
            stranger.ask(0, new byte[16], 10_000);
            ensemble.runMs(100);
            second.kill();
            ensemble.isolate(first, false);
            assertEquals(0, ensemble.answer(client, "what was asked in the first epoch").error());
            first.kill();
            ensemble.isolate(second, false);
            second.start();
            ensemble.await("they serve", 5000, ensemble::areAllServing);
            assertEverywhere(ensemble, "/told", 0);
        }
    }

    /** Another server that leads and serves, null if there is none. */
    private static TestEnsemble.Server leaderBeside(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        for (final TestEnsemble.Server other : ensemble.servers)
        {
            if (other != server && "leading".equals(other.agent.roleName()) && other.agent.isServing())
            {
                return other;
            }
        }

        return null;
    }

    private static void assertNobodyServes(final TestEnsemble ensemble)
    {
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            assertFalse(!server.isStopped && server.agent.isServing(), ensemble::roles);
        }
    }

    /** ZOOKEEPER-4712, 1505: hand-overs amid writes complete, again and again, and lose none of the writes. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldLoseNothingWhenLeadersEndInTheMidstOfWrites(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            int created = 0;
            for (int turn = 0; turn < 4; turn++)
            {
                final TestEnsemble.Server leader = ensemble.leader();
                final WireClient client = ensemble.connect(ensemble.follower());
                for (int i = 0; i < 20; i++)
                {
                    client.create("/n" + created++, "", 0);
                    ensemble.step();
                }
                leader.agent.handOver();
                leader.agent.handOver();
                ensemble.await("handed over", 2000, leader.agent::isHandedOver);
                leader.kill();
                for (int i = 0; i < 20; i++)
                {
                    assertEquals(0, ensemble.answer(client, "create").error());
                }
                leader.start();
                ensemble.await("all serve", 3000, ensemble::areAllServing);
            }
            for (int i = 0; i < created; i += 3)
            {
                assertEverywhere(ensemble, "/n" + i, 0);
            }
        }
    }
}
