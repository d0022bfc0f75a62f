/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.operator.codec.ServerStatusDecoder;
import io.caracal.engine.zab.Vote;
import io.caracal.engine.zab.election.Obstacle;
import io.caracal.engine.zab.election.Standstill;
import org.junit.jupiter.api.Test;

/** An election that does not end. Operators are told why, by notices and when they ask. */
class StandstillTest
{
    private static final long USUAL_MS = 4000;
    private static final long UNUSUAL_MS = 6000;
    private static final long MINUTE_MS = 60_000;

    private static Standstill asked(final TestEnsemble ensemble, final TestEnsemble.Server server)
    {
        final ServerStatusDecoder status = ensemble.status(server);
        return new Standstill(Obstacle.of(status.obstacle()), status.hinderer());
    }

    private static long notices(final TestEnsemble.Server server, final Obstacle obstacle, final long about)
    {
        return server.events.notices.stream().filter((obstacle.text() + ": " + about)::equals).count();
    }

    @Test
    void shouldSayThatNewServersWaitForTheLastOfThem()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0))
        {
            final TestEnsemble.Server first = ensemble.servers[0];
            first.start();
            ensemble.servers[1].start();
            ensemble.runMs(USUAL_MS);
            assertEquals(0, first.events.notices.size(), first.events.notices::toString);
            ensemble.runMs(UNUSUAL_MS - USUAL_MS);
            assertEquals(1, notices(first, Obstacle.BLANK, 3), first.events.notices::toString);
            assertEquals(1, notices(ensemble.servers[1], Obstacle.BLANK, 3));
            assertEquals(new Standstill(Obstacle.BLANK, 3), asked(ensemble, first));

            ensemble.runMs(MINUTE_MS);
            assertEquals(2, notices(first, Obstacle.BLANK, 3), first.events.notices::toString);
            ensemble.servers[2].start();
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            assertEquals(new Standstill(Obstacle.NONE, Vote.NOBODY), asked(ensemble, first));
        }
    }

    @Test
    void shouldNameAnotherServerUntilAQuorumHasPromisedTheEpoch()
    {
        try (TestEnsemble ensemble = new TestEnsemble(5, 3, 0).startAll())
        {
            final TestEnsemble.Server last = ensemble.servers[2];
            ensemble.await("it is elected", 1000, () -> "leading".equals(last.agent.roleName()));
            final Standstill standstill = asked(ensemble, last);
            assertSame(Obstacle.NOT_ADOPTED, standstill.obstacle());
            assertTrue(standstill.serverId() < last.id, standstill::toString);
        }
    }

    @Test
    void shouldNameOneOfThoseThatAreMissing()
    {
        try (TestEnsemble ensemble = new TestEnsemble(2, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            ensemble.servers[0].kill();
            ensemble.servers[2].kill();
            ensemble.runMs(2 * UNUSUAL_MS);
            assertEquals(1, notices(ensemble.servers[1], Obstacle.TOO_FEW_LINKED, 1));
            assertEquals(new Standstill(Obstacle.TOO_FEW_LINKED, 1), asked(ensemble, ensemble.servers[1]));
        }
    }

    /**
     * One server does not hear the leader, and the others do without that server. It lacks nothing but this one link.
     */
    @Test
    void shouldNameTheLeaderOfTheOthersWhereOnlyThatOneIsNotHeard()
    {
        try (TestEnsemble ensemble = new TestEnsemble(4, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server deaf = ensemble.follower();
            ensemble.network.cutStreams(leader.id, deaf.id, true);
            ensemble.runMs(2 * UNUSUAL_MS);
            assertEquals(new Standstill(Obstacle.LEADER_NOT_LINKED, leader.id), asked(ensemble, deaf));
            assertEquals(1, notices(deaf, Obstacle.LEADER_NOT_LINKED, leader.id), deaf.events.notices::toString);
            assertSame(leader, ensemble.leader(), "the others do without it");

            ensemble.network.heal();
            ensemble.await("all serve", 5000, ensemble::areAllServing);
        }
    }

    /** Two disks of three were lost. No server may decide that the third disk holds everything that there was. */
    @Test
    void shouldTellLostDisksFromTheOneThatIsLeft()
    {
        try (TestEnsemble ensemble = new TestEnsemble(3, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            ensemble.servers[1].wipe();
            ensemble.servers[2].wipe();
            ensemble.runMs(2 * UNUSUAL_MS);
            assertEquals(new Standstill(Obstacle.TOO_FEW_VOTE, 2), asked(ensemble, ensemble.servers[0]));
            assertEquals(new Standstill(Obstacle.BLANK, 1), asked(ensemble, ensemble.servers[1]));
            assertEquals(1, notices(ensemble.servers[0], Obstacle.TOO_FEW_VOTE, 2));
            assertEquals(1, notices(ensemble.servers[2], Obstacle.BLANK, 1));
        }
    }
}
