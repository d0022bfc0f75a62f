/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The log of a leader is damaged where a learner needs it. The leader itself has everything in memory. */
class DamagedHistoryTest
{
    private static final int EXISTS = 3;

    @Test
    void shouldSendALearnerASnapshotInPlaceOfWhatIsDamaged()
    {
        try (TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            final TestEnsemble.Server learner = ensemble.follower();
            final WireClient client = ensemble.connect(leader);
            write(ensemble, client, "/before");
            learner.kill();
            final long damagedZxid = write(ensemble, client, "/damaged");
            write(ensemble, client, "/after");
            assertTrue(ensemble.status(leader).lastSnapshotZxid() < damagedZxid, "no snapshot by itself");
            leader.disk.damageRecord(damagedZxid);

            learner.start();
            ensemble.await("the learner serves", 20_000, ensemble::areAllServing);
            assertTrue(ensemble.status(leader).lastSnapshotZxid() > damagedZxid);
            final WireClient reader = ensemble.connect(learner);
            for (final String path : new String[]{ "/before", "/damaged", "/after" })
            {
                reader.readPath(EXISTS, path, false);
                ensemble.await("a read of " + path, 1000, reader::hasNext);
                assertEquals(0, reader.reply().error(), path);
            }
        }
    }

    private static long write(final TestEnsemble ensemble, final WireClient client, final String path)
    {
        client.create(path, "", 0);
        ensemble.await("a write of " + path, 1000, client::hasNext);
        final WireClient.Reply reply = client.reply();
        assertEquals(0, reply.error());
        assertTrue(reply.zxid() > 0);
        return reply.zxid();
    }
}
