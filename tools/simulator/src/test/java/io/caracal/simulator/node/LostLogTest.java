/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.simulator.disk.SimulatedDisk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose log is not forced loses power, and with it the end of its log. It remembers what it has promised. */
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

    /**
     * The server was elected once more and adopted its epoch, which no other server did. Then it lost the end of its
     * log.
     */
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

    /**
     * All voters are present, so this server votes as well: for those that have what it lost, whatever epoch it has
     * adopted.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
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

    /**
     * The server was elected, and was gone before it told anyone of its epoch. The others begin an epoch of the same
     * number.
     */
    @ParameterizedTest
    @CsvSource({ "1, 1", "2, 1", "3, 1", "1, 2", "2, 7", "3, 1000" })
    void shouldBeLetInByThoseWhoDoNotKnowWhatItPromised(final long seed, final int epochs)
    {
        try (TestEnsemble ensemble = new TestEnsemble(seed, 3, 0).startAll())
        {
            ensemble.await("all serve", 1000, ensemble::areAllServing);
            write(ensemble);
            final TestEnsemble.Server lost = ensemble.follower();
            List.of(ensemble.servers).forEach(TestEnsemble.Server::kill);
            promiseItself(lost, epochs);
            final long promised = lost.disk.acceptedEpoch();
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                if (server != lost)
                {
                    server.start();
                }
            }
            ensemble.await("the others serve", 2000, ensemble::areAllServing);
            lost.start();
            ensemble.await("all serve", 5000, ensemble::areAllServing);

            assertTrue(timesALeaderMadeWay(ensemble) <= 1, "one later epoch is enough: " + ensemble.roles());
            assertTrue(lost.disk.acceptedEpoch() > promised, "its promise holds");
        }
    }

    private static void promiseItself(final TestEnsemble.Server server, final int epochs)
    {
        final SimulatedDisk disk = server.disk;
        disk.open();
        disk.epochStore().store(disk.acceptedEpoch() + epochs, server.id, disk.epochStore().currentEpoch());
        disk.shutDown();
        server.isTrusted = false;
    }

    private static long timesALeaderMadeWay(final TestEnsemble ensemble)
    {
        return Stream.of(ensemble.servers).flatMap(server -> server.events.states.stream())
            .filter(state -> state.endsWith("a voter has promised a later epoch")).count();
    }
}
