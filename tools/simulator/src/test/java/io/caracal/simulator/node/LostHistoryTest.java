/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.LostHistoryException;
import io.caracal.simulator.disk.DiskFaults;
import io.caracal.simulator.disk.SimulatedDisk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server has data that a tool made, as after an import. The others formed an ensemble without them, because their
 * operator confirmed that their disks are new.
 */
class LostHistoryTest
{
    private static final int SIZE = 3;

    /** The log tells what is committed only by later records, so it is the last start that makes all of it applied. */
    private static void write(final TestEnsemble ensemble, final TestEnsemble.Server server, final int count)
    {
        final WireClient client = ensemble.connect(server);
        for (int i = 0; i < count; i++)
        {
            client.create("/n-", "", 2);
            ensemble.await("its znode", 1000, client::hasNext);
            client.reply();
        }
    }

    private static void beginBlank(final TestEnsemble ensemble, final int index)
    {
        final TestEnsemble.Server server = ensemble.servers[index];
        server.disk = new SimulatedDisk(SIZE + index, DiskFaults.HEALTHY);
        server.mayBeginBlank = true;
        server.start();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3 })
    void shouldRefuseToFollowALeaderThatBeganWithoutItsData(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, SIZE, 0))
        {
            ensemble.startAll().await("all serve", 2000, ensemble::areAllServing);
            final TestEnsemble.Server imported = ensemble.servers[2];
            write(ensemble, imported, 20);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                server.kill();
            }

            beginBlank(ensemble, 0);
            beginBlank(ensemble, 1);
            ensemble.await("the others serve", 2000, ensemble::areAllServing);
            ensemble.leader().kill();
            ensemble.await("their leader is gone", 2000, () -> ensemble.leader() == null);
            ensemble.servers[1].start();
            ensemble.await("the others serve in a later epoch", 4000, ensemble::areAllServing);

            imported.isTrusted = false;
            imported.start();
            final String refusal = assertThrows(LostHistoryException.class,
                () -> ensemble.await("it ends", 4000, () -> false)).getMessage();
            assertTrue(refusal.contains("up to zxid 0x1"), refusal);
            imported.kill();
            assertEquals("leading", ensemble.leader().agent.roleName());
        }
    }
}
