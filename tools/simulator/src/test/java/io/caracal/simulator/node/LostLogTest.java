/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.caracal.simulator.disk.SimulatedDisk;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose log is not forced loses power, and with it the end of its log. What it has promised it remembers. */
class LostLogTest
{
    private static final int EXISTS = 3;
    private static final int ZNODES = 60;

    private static void write(final TestEnsemble ensemble)
    {
        final WireClient client = ensemble.connect(ensemble.leader());
        for (int i = 0; i < ZNODES; i++)
        {
            client.create("/n" + i, "", 0);
            ensemble.await("a write", 1000, client::hasNext);
            assertEquals(0, client.reply().error());
        }
        ensemble.runMs(200);
    }

    /** It was elected once more and adopted its epoch, which nobody else did. */
    private static void adoptAndLose(final TestEnsemble.Server server)
    {
        final SimulatedDisk disk = server.disk;
        final long before = disk.durableZxid();
        final long epoch = disk.acceptedEpoch() + 1;
        disk.open();
        disk.epochStore().store(epoch, server.id, epoch);
        disk.shutDown();
        while (disk.durableZxid() == before)
        {
            disk.open();
            disk.crashUnforced();
        }
        server.isTrusted = false;
    }

    /** All voters are there, so that it votes as well: for those who have what it lost, whatever it has adopted. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2 })
    void shouldNotOutdoThoseWhoHaveMoreByAnEpochThatItRemembers(final long seed)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            write(ensemble);
            final TestEnsemble.Server lost = ensemble.follower();
            List.of(ensemble.servers).forEach(TestEnsemble.Server::kill);
            adoptAndLose(lost);
            lost.start();
            ensemble.runMs(500);
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != lost)
                {
                    server.start();
                }
            }
            ensemble.await("all serve", 5000, ensemble::areAllServing);

            assertNotSame(lost, ensemble.leader());
            final WireClient client = ensemble.connect(lost);
            for (int i = 0; i < ZNODES; i++)
            {
                client.readPath(EXISTS, "/n" + i, false);
                ensemble.await("a read", 1000, client::hasNext);
                assertEquals(0, client.reply().error(), "znode " + i);
            }
        }
    }
}
