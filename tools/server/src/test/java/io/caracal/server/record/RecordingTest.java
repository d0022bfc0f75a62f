/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.server.metrics.CountersSink;
import io.caracal.server.metrics.ServerMetrics;
import io.caracal.server.metrics.ThreadClock;
import io.caracal.server.record.Fact.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest
{
    private static final long MS = 1_000_000;
    private static final long WALL_MS = 1_700_000_000_000L;

    private final List<Throwable> failures = new ArrayList<>();
    private long nowNs = 7_000 * MS;

    private void cycle(final RecordingSink sink, final long lengthMs, final Runnable within)
    {
        final long startNs = nowNs;
        sink.onCycleBegun(startNs);
        within.run();
        nowNs += lengthMs * MS;
        sink.onCycle(startNs, nowNs);
    }

    /** While a server loads its own history, and in the turn in which that ends, there are no clients to answer. */
    @Test
    void shouldMindLongTurnsOnceTheServerHasStarted()
    {
        try (ServerMetrics metrics = ServerMetrics.unshared())
        {
            final CountersSink figures = new CountersSink(metrics, () -> nowNs, () -> ThreadClock.UNKNOWN, new Deaf());
            try (Recording recording = new Recording(new Recording.Options(0, false, 1, PathSampling.OFF), metrics,
                figures,
                () -> nowNs, () -> WALL_MS, () ->
                {
                }, failures::add))
            {
                final RecordingSink sink = recording.sink();
                cycle(sink, 400, () -> sink.onState("starting", "process started"));
                cycle(sink, 500, () -> sink.onState("looking", "own history is loaded"));
                cycle(sink, 600, () -> sink.onState("leading", "elected"));
                recording.end();
                recording.scribe().run();

                assertEquals(List.of(new Fact(WALL_MS, Kind.STALL, 0, 600)), new FactRing(metrics.facts()).about(1));
                assertEquals(List.of(), failures);
            }
        }
    }

    /** A listener that ignores the engine's news. */
    private static final class Deaf implements CountersSink.NewsListener
    {
        @Override
        public void onState(final String state, final String reason)
        {
            // Ignored.
        }

        @Override
        public void onLeader(final long serverId, final long epoch)
        {
            // Ignored.
        }

        @Override
        public void onNotice(final String what, final long serverId)
        {
            // Ignored.
        }

        @Override
        public void onSessionExpired(final long sessionId, final int timeoutMs)
        {
            // Ignored.
        }
    }
}
