/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.node.EnsembleTimes;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.peers.NetworkFaults;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats of an ensemble: how long silence is borne, and for how long a server may answer on what it has heard. */
class EnsembleSilenceTest
{
    /** How long a message to a distant server takes. */
    private static final long WAY_NS = 30_000_000;
    private static final EnsembleTimes TIMES = TestEnsemble.timesMs(100, 1000, 2000, 200, 3000, 60_000);

    private static TestEnsemble ensemble(final long seed)
    {
        return new TestEnsemble(seed, 3, 0, DiskFaults.HEALTHY, TIMES);
    }

    /** A network that is silent for slightly longer than the time-out disturbs the ensemble once, not each time. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldBearLongerSilenceAfterAFalseAlarm(final long seed)
    {
        try (TestEnsemble ensemble = ensemble(seed).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server follower = ensemble.follower();
            silence(ensemble, leader, follower, 1300);
            assertTrue(follower.events.states.contains("looking: the leader is silent"), ensemble::roles);
            ensemble.await("it is back", 2000, ensemble::areAllServing);
            assertSame(leader, ensemble.leader());
            assertTrue(
                follower.events.notices
                    .contains("the leader was given up too early, silence is borne longer now: " + leader.id),
                follower.events.notices::toString);

            final int changes = follower.events.states.size();
            silence(ensemble, leader, follower, 1300);
            assertEquals(changes, follower.events.states.size(), "the same silence again");

            silence(ensemble, leader, follower, 2300);
            assertTrue(follower.events.states.size() > changes, "the time-out has a bound");
        }
    }

    /**
     * A leader whose heartbeats are further apart than its followers' time-out is left, although nothing is wrong with
     * it.
     */
    @ParameterizedTest
    @CsvSource({ "900, false", "1200, true" })
    void shouldLeaveALeaderWhoseHeartbeatsAreFurtherApartThanIsBorne(final long heartbeatMs, final boolean isLeft)
    {
        final EnsembleTimes times = TestEnsemble.timesMs(heartbeatMs, 1000, 1000, 200, 3000, 60_000);
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0, DiskFaults.HEALTHY, times).startAll())
        {
            ensemble.runMs(20_000);

            assertEquals(isLeft, Arrays.stream(ensemble.servers)
                .anyMatch(server -> server.events.states.contains("looking: the leader is silent")), ensemble::roles);
        }
    }

    /** A longer time-out after false alarms must not let a server answer clients for longer. */
    @Test
    void shouldNotAnswerLongerThoughSilenceIsBorneLonger()
    {
        try (TestEnsemble ensemble = ensemble(1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server follower = ensemble.follower();
            silence(ensemble, leader, follower, 1300);
            ensemble.await("it is back", 2000, ensemble::areAllServing);
            ensemble.cutStreams(leader, follower, true);
            ensemble.runMs(1200);
            assertEquals("following", follower.agent.roleName());
            assertFalse(follower.agent.isServing(), "it had no echo for longer than the lease");
        }
    }

    private static void silence(final TestEnsemble ensemble, final TestEnsemble.Server one,
        final TestEnsemble.Server other, final long forMs)
    {
        ensemble.cutStreams(one, other, true);
        ensemble.runMs(forMs);
        ensemble.cutStreams(one, other, false);
        ensemble.runMs(100);
    }

    /**
     * A leader that stutters judges others by the time during which it ran, so it takes long to notice that its quorum
     * has gone. Meanwhile its word is worth nothing: the new leader may have ended the sessions of the followers that
     * stayed with the old one.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldAnswerNobodyOnTheWordOfALeaderWithoutAQuorum(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 5, 0, DiskFaults.HEALTHY, TIMES).startAll())
        {
            ensemble.await("all serve", 2000, ensemble::areAllServing);
            final long answeredMs = stutter(ensemble, 298, 2);

            assertTrue(answeredMs <= 2 * 1000, "answered " + answeredMs + " ms after the quorum was gone");
        }
    }

    /**
     * The same when the leader stands still for so long that its follower gives it up and then attaches to it again.
     */
    @Test
    void shouldBeAdoptedByNoLeaderWithoutAQuorum()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 5, 0, DiskFaults.HEALTHY, TIMES).startAll())
        {
            ensemble.await("all serve", 2000, ensemble::areAllServing);
            final TestEnsemble.Server follower = ensemble.follower();
            final long answeredMs = stutter(ensemble, 1300, 60);

            assertTrue(follower.events.states.contains("looking: the leader is silent"), ensemble::roles);
            assertTrue(answeredMs <= 2 * 1000, "answered " + answeredMs + " ms after the quorum was gone");
        }
    }

    /**
     * Cuts off the leader and one follower from all others, and lets the leader stand still again and again.
     *
     * @return how long after the cut that follower last answered clients, in milliseconds.
     */
    private static long stutter(final TestEnsemble ensemble, final long stoppedMs, final long runningMs)
    {
        final TestEnsemble.Server leader = ensemble.leader();
        final TestEnsemble.Server follower = ensemble.follower();
        for (final TestEnsemble.Server other : ensemble.servers)
        {
            if (other != leader && other != follower)
            {
                ensemble.cut(leader, other, true);
                ensemble.cut(follower, other, true);
            }
        }

        long answeredMs = 0;
        for (long ms = 0; ms < 8_000; ms++)
        {
            leader.isStopped = ms % (stoppedMs + runningMs) < stoppedMs;
            ensemble.runMs(1);
            answeredMs = follower.agent.isServing() ? ms : answeredMs;
        }

        return answeredMs;
    }

    /**
     * Each sync that arrives after a round of heartbeats demands another round. There are hundreds of them before one
     * answer arrives.
     */
    @Test
    void shouldBeSureOfItselfThoughManySyncsAreUnderWayToDistantServers()
    {
        try (TestEnsemble ensemble = ensemble(1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final WireClient client = ensemble.connect(leader);
            ensemble.network.faults(new NetworkFaults(WAY_NS, WAY_NS, WAY_NS, 0, 5_000_000, 0, 0, 1 << 20));
            final int syncs = 10_000;
            for (int i = 0; i < syncs; i++)
            {
                client.pathOnly(9, "/");
                ensemble.step();
                assertTrue(leader.agent.isServing(), "unsure at sync " + i);
            }
            ensemble.runMs(200);
            for (int i = 1; i <= syncs; i++)
            {
                assertEquals(i, client.reply().xid());
            }
        }
    }
}
