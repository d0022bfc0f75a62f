/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.ensemble.Islands.Traffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Cuts links between real servers, both ways and one way, streams and silent links together and apart, while clients of
 * every server write and read. Some order must explain what the clients were told.
 * <p>
 * With -Dcaracal.compatibility.full=true every cut is made, and servers are stopped for longer than Aeron waits for a
 * peer.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CutLinksTest
{
    private static final boolean FULL = Boolean.getBoolean("caracal.compatibility.full");
    private static final long SEED = 4711;
    private static final long ANSWERS = FULL ? 1_000 : 200;
    private static final long STOP_NS = TimeUnit.SECONDS.toNanos(12);

    private Islands islands;
    private LocalEnsemble ensemble;
    private ChildJvm recorder;
    private Path history;

    @BeforeEach
    void start() throws Exception
    {
        Islands.require("CutLinksTest");
        islands = new Islands(3);
        ensemble = new LocalEnsemble(islands, 3);
        history = Files.createTempFile(Files.createDirectories(Path.of("target", "servers")), "history", ".txt")
            .toAbsolutePath();
        final List<String> arguments = new ArrayList<>(List.of(history.toString(), Long.toString(SEED)));
        for (int id = 1; id <= ensemble.size(); id++)
        {
            arguments.add(ensemble.connectString(id));
        }
        recorder = ChildJvm.startOwn("recorder", islands.shore(), List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
            Recorder.class.getName(), arguments);
        recorder.awaitLine(Recorder.READY, LocalEnsemble.LIMIT_MS);
        awaitAnswers();
    }

    @AfterEach
    void stop() throws Exception
    {
        if (recorder != null)
        {
            recorder.close();
        }
        if (ensemble != null)
        {
            ensemble.close();
        }
        if (islands != null)
        {
            islands.close();
        }
        if (history != null)
        {
            Files.delete(history);
        }
    }

    @Test
    void shouldKeepItsPromisesWhileLinksAreCut()
    {
        for (final Traffic traffic : FULL ? Traffic.values() : new Traffic[]{ Traffic.ALL })
        {
            isolateTheLeader(traffic);
        }
        for (final Traffic traffic : FULL ? Traffic.values() : new Traffic[]{ Traffic.UDP })
        {
            cutOneWay(traffic, true);
        }
        if (FULL)
        {
            for (final Traffic traffic : Traffic.values())
            {
                cutOneWay(traffic, false);
            }
            stopForLong(ensemble.leader());
            stopForLong(ensemble.other(ensemble.leader()));
        }

        awaitAnswers();
        recorder.close();
        assertEquals(Recorder.REGISTERS, new RecordedHistory(history).judge());
    }

    /** Cuts off the leader. The others elect a new one, and the old one serves nobody. */
    private void isolateTheLeader(final Traffic traffic)
    {
        final int leader = ensemble.leader();
        final int one = ensemble.other(leader);
        final int two = ensemble.other(leader, one);
        for (final int other : new int[]{ one, two })
        {
            islands.cut(leader, other, traffic);
            islands.cut(other, leader, traffic);
        }

        // If only the silent links are cut, the streams go on, and no server has a reason to leave.
        if (traffic != Traffic.TCP)
        {
            Await.until("another leader", LocalEnsemble.LIMIT_MS,
                () -> "leader".equals(ensemble.mode(one)) || "leader".equals(ensemble.mode(two)));
            Await.until("silence of the former leader", LocalEnsemble.LIMIT_MS, () -> ensemble.mode(leader).isEmpty());
        }
        awaitAnswers();
        heal();
    }

    /** Cuts one direction between the leader and a follower. The other follower keeps the ensemble going. */
    private void cutOneWay(final Traffic traffic, final boolean isFromLeader)
    {
        final int leader = ensemble.leader();
        final int follower = ensemble.other(leader);
        islands.cut(isFromLeader ? leader : follower, isFromLeader ? follower : leader, traffic);
        awaitAnswers();
        heal();
    }

    private void stopForLong(final int id)
    {
        ensemble.signal(id, "STOP");
        final long endNs = System.nanoTime() + STOP_NS;
        Await.until("the end of a long stop", LocalEnsemble.LIMIT_MS, () -> System.nanoTime() - endNs >= 0);
        ensemble.signal(id, "CONT");
        heal();
    }

    private void heal()
    {
        islands.heal();
        ensemble.awaitAllServing();
    }

    private void awaitAnswers()
    {
        final long before = RecordedHistory.answers(history);
        Await.until("answers: ", recorder::tail, LocalEnsemble.LIMIT_MS,
            () -> RecordedHistory.answers(history) >= before + ANSWERS);
    }
}
