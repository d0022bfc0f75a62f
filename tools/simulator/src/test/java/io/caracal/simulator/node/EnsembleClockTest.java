/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An ensemble whose members do not agree on the time. */
class EnsembleClockTest
{
    private static final int SECONDS = 12;

    private final TestEnsemble ensemble = new TestEnsemble(1, 3, 0).startAll();

    private static List<String> aboutClocks(final TestEnsemble.Server server)
    {
        return server.events.notices.stream().filter(notice -> notice.contains("clock")).toList();
    }

    private void writeForSeconds()
    {
        final WireClient client = ensemble.connect(ensemble.follower());
        for (int i = 0; i < SECONDS; i++)
        {
            client.create("/n" + i, "x", 0);
            ensemble.await("an answer", 10_000, client::hasNext);
            assertEquals(0, client.reply().error());
            ensemble.runMs(1_000);
        }
    }

    @Test
    void shouldSayOnEachLearnerThatTheClockOfTheLeaderIsAnother()
    {
        try (ensemble)
        {
            ensemble.await("all serve", 1_000, ensemble::areAllServing);
            final TestEnsemble.Server leader = ensemble.leader();
            leader.clockIsAheadMs = TimeUnit.HOURS.toMillis(2);
            writeForSeconds();
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                assertEquals(server == leader ? 0 : 1, aboutClocks(server).size());
            }
            final String notice = aboutClocks(ensemble.follower()).get(0);
            assertTrue(notice.contains("behind") && notice.endsWith(": " + leader.id), notice);
        }
    }

    @Test
    void shouldSayOnTheLearnerAloneWhoseClockIsAnother()
    {
        try (ensemble)
        {
            ensemble.await("all serve", 1_000, ensemble::areAllServing);
            final TestEnsemble.Server wrong = ensemble.follower();
            wrong.clockIsAheadMs = TimeUnit.HOURS.toMillis(2);
            writeForSeconds();
            for (final TestEnsemble.Server server : ensemble.servers)
            {
                assertEquals(server == wrong ? 1 : 0, aboutClocks(server).size());
            }
            assertTrue(aboutClocks(wrong).get(0).contains("ahead"));
        }
    }
}
