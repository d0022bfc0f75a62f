/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Servers that last served with other voters, some of whom may not know of the change. */
class OtherVotersTest
{
    @Test
    void shouldElectALeaderWhenAllAreThereAndThenWithAMajority()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                server.kill();
                server.haveVotersChanged = true;
            }
            ensemble.servers[0].start();
            ensemble.servers[1].start();
            ensemble.runMs(5000);
            assertNull(ensemble.leader(), ensemble::roles);

            ensemble.servers[2].start();
            ensemble.await("all serve", 5000, ensemble::areAllServing);
            ensemble.leader().kill();
            ensemble.await("those that are left serve", 5000, ensemble::areAllServing);
        }
    }

    /** One that comes late does not vote, and need not: the others have a leader. */
    @Test
    void shouldFollowThoseWhoHaveServedTogether()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server late = ensemble.follower();
            late.kill();
            late.haveVotersChanged = true;
            late.start();
            ensemble.await("all serve", 5000, ensemble::areAllServing);

            assertEquals("following", late.agent.roleName());
        }
    }
}
