/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.simulator.node.WireClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of clients of several servers, on virtual time: each is answered once, by all servers in the same way. */
class EnsembleClientTest
{
    private static final int EXISTS = 3;
    private static final int SYNC = 9;
    private static final int BAD_ARGUMENTS = -8;
    private static final int STEPS_OF_A_REST = 40;

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldWriteThroughEveryServerAndReadItEverywhere(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                final WireClient client = ensemble.connect(server);
                client.create("/from-" + server.id, "x", 0);
                assertEquals(0, ensemble.answer(client, "a create through " + server.id).error());
            }
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                final WireClient client = ensemble.connect(server);
                for (final TestEnsemble.Server other : ensemble.servers)
                {
                    client.pathOnly(SYNC, "/");
                    client.readPath(EXISTS, "/from-" + other.id, false);
                    assertEquals(0, ensemble.answer(client, "sync").error());
                    assertEquals(0, ensemble.answer(client, "exists").error(), "at " + server.id);
                }
            }
        }
    }

    @Test
    void shouldAnswerASyncWithoutARestWhereNoOtherServerVotes()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 1, 1))
        {
            final TestEnsemble.Server voter = ensemble.servers[0];
            voter.start();
            ensemble.await("it serves", 3000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(voter);
            client.pathOnly(SYNC, "/");
            int cycles = 0;
            while (voter.cycle() > 0)
            {
                assertTrue(++cycles < 100, "it does not come to rest");
            }
            assertTrue(client.hasNext());
        }
    }

    /**
     * Those that waited at another server may arrive before the first turn of the new leader in which it does anything
     * else, since it rests until something arrives.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4 })
    void shouldGiveWritesThatWaitedForALeaderThePresentTime(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final List<WireClient> clients = new ArrayList<>();
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != leader)
                {
                    clients.add(ensemble.connect(server));
                }
            }
            final WireClient first = clients.get(0);
            first.create("/before", "", 0);
            assertEquals(0, ensemble.answer(first, "a create before").error());
            final long beforeMs = createdMs(ensemble, first, "/before");

            leader.kill();
            restBetweenTurns(ensemble);
            ensemble.runMs(50);
            for (int i = 0; i < clients.size(); i++)
            {
                clients.get(i).create("/waited-" + i, "", 0);
            }
            for (int i = 0; i < clients.size(); i++)
            {
                assertEquals(0, ensemble.answer(clients.get(i), "a create that waited").error());
                final long createdMs = createdMs(ensemble, clients.get(i), "/waited-" + i);
                assertTrue(createdMs > beforeMs, "created at " + createdMs + ", after " + beforeMs);
            }
        }
    }

    /** Makes the voters rest so long that the observer answers before their next turn. */
    private static void restBetweenTurns(final TestEnsemble ensemble)
    {
        for (int i = 0; i < 3; i++)
        {
            ensemble.servers[i].stepsPerCycle = STEPS_OF_A_REST;
        }
    }

    private static long createdMs(final TestEnsemble ensemble, final WireClient client, final String path)
    {
        client.readPath(EXISTS, path, false);
        final Reply reply = ensemble.answer(client, "exists");
        assertEquals(0, reply.error());
        final long[] createdMs = new long[1];
        WireClient.read(() ->
        {
            final long czxid = reply.body().readLong();
            final long mzxid = reply.body().readLong();
            assertEquals(czxid, mzxid);
            createdMs[0] = reply.body().readLong();
        });

        return createdMs[0];
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void shouldAnswerEachRequestOnceAcrossAChangeOfLeader(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server follower = ensemble.follower();
            final WireClient client = ensemble.connect(follower);
            client.create("/q", "", 0);
            assertEquals(0, ensemble.answer(client, "parent").error());
            int sent = 0;
            for (int round = 0; round < 20; round++)
            {
                client.create("/q/n-", "", 2);
                sent++;
                ensemble.step();
            }
            ensemble.leader().kill();
            for (int round = 0; round < 20; round++)
            {
                client.create("/q/n-", "", 2);
                sent++;
                ensemble.step();
            }
            ensemble.await("the others serve", 3000, ensemble::areAllServing);
            for (int i = 0; i < sent; i++)
            {
                final Reply reply = ensemble.answer(client, "reply " + i);
                assertEquals(0, reply.error());
                assertEquals(String.format(Locale.ROOT, "/q/n-%010d", i), WireClient.string(reply.body()));
            }
            assertFalse(client.end.isEnded(), "the connection stays");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldBringAWipedServerBackAsOneThatCounts(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final WireClient client = ensemble.connect(ensemble.leader());
            for (int i = 0; i < 50; i++)
            {
                client.create("/n" + i, "data", 0);
            }
            for (int i = 0; i < 50; i++)
            {
                ensemble.answer(client, "create " + i);
            }
            final TestEnsemble.Server wiped = ensemble.follower();
            wiped.wipe();
            ensemble.await("all serve", 3000, ensemble::areAllServing);
            ensemble.other(wiped, ensemble.leader()).kill();
            client.create("/after", "", 0);
            assertEquals(0, ensemble.answer(client, "the wiped server is half of the quorum").error());
            final WireClient reader = ensemble.connect(wiped);
            reader.pathOnly(SYNC, "/");
            reader.readPath(EXISTS, "/after", false);
            ensemble.answer(reader, "sync");
            assertEquals(0, ensemble.answer(reader, "exists").error());
        }
    }

    /**
     * A short request can become a long transaction. Here each part of a multi repeats the identities of its client.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void shouldRefuseATransactionThatNoServerCouldBeSent(final long seed)
    {
        final TestEnsemble ensemble = new TestEnsemble(seed, 3, 0);
        ensemble.ringLength = 1 << 24;
        try (ensemble)
        {
            ensemble.startAll().await("all serve", 5000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(leader);
            final int identity = 60_000;
            client.authenticate("digest", "u".repeat(identity) + ":secret");
            final int parts = TestEnsemble.MESSAGE_MAX / identity + 2;
            client.createOwned("/n", parts);
            client.create("/after", "", 0);
            ensemble.runMs(200);

            assertEquals(0, client.reply().error());
            assertEquals(BAD_ARGUMENTS, client.reply().error());
            assertEquals(0, client.reply().error());
            assertTrue(ensemble.areAllServing(), ensemble::roles);
            assertSame(leader, ensemble.leader());
        }
    }
}
