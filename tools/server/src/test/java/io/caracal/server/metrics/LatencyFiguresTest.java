/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatencyFiguresTest
{
    private static final int USUAL_COUNT = 100_000;
    private static final long USUAL_NS = 150_000;
    private static final int SHORT_COUNT = 200;
    private static final long SHORT_NS = 1_000;

    private final LatencyTrack track = new LatencyTrack();

    /** Prometheus takes a sum that falls for one that began anew, and adds it once more. */
    @Test
    void shouldNotLetTheSumFallWhenTheMeanDoes()
    {
        for (int i = 0; i < USUAL_COUNT; i++)
        {
            track.record(USUAL_NS);
        }
        long sumMs = MetricsView.figures(track).sumMs();
        assertEquals(USUAL_COUNT * USUAL_NS / 1e6, (double)sumMs, sumMs / 100.0);

        for (int i = 0; i < SHORT_COUNT; i++)
        {
            track.record(SHORT_NS);
            final long nextMs = MetricsView.figures(track).sumMs();
            assertTrue(nextMs >= sumMs, sumMs + " ms became " + nextMs);
            sumMs = nextMs;
        }
    }
}
