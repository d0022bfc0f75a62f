/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleNodeTest
{
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 5, 7 })
    void shouldElectALeaderAndServe(final int voters)
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, voters, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void shouldElectAnotherLeaderWhenOneIsKilled(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 1).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server first = ensemble.leader();
            first.kill();
            ensemble.await("the others serve", 2000, ensemble::areAllServing);
            assertNotSame(first, ensemble.leader());
            final TestEnsemble.Server second = ensemble.leader();
            first.start();
            ensemble.await("all serve again", 2000, ensemble::areAllServing);
            assertEquals(second, ensemble.leader());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldElectAnotherLeaderWhenOneHangs(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server first = ensemble.leader();
            first.isStopped = true;
            ensemble.await("the others serve", 3000, ensemble::areAllServing);
            assertNotSame(first, ensemble.leader());
            first.isStopped = false;
            ensemble.step();
            assertTrue(!first.agent.isServing(), "a leader that was deposed meanwhile does not serve");
            ensemble.await("all serve again", 3000, ensemble::areAllServing);
        }
    }

    /**
     * Blank voters vote only when all voters are present. One that comes back alone has no vote and promises nothing.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void shouldServeThoughBlankVotersLostTheirLinksBeforeTheyPromised(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("somebody leads", 1000, () -> leading(ensemble) != null);
            final TestEnsemble.Server leader = leading(ensemble);

            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != leader)
                {
                    ensemble.network.lose(leader.id, server.id);
                }
            }

            ensemble.await("all serve", 10_000, ensemble::areAllServing);
        }
    }

    private static TestEnsemble.Server leading(final TestEnsemble ensemble)
    {
        for (final TestEnsemble.Server server : ensemble.servers)
        {
            if ("leading".equals(server.agent.roleName()))
            {
                return server;
            }
        }

        return null;
    }
}
