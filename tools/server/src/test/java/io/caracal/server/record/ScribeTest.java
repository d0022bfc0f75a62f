/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.KeptLog;
import io.caracal.server.metrics.ServerMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScribeTest
{
    private static final int RECORD_MAX = 64;
    private static final long SECOND_NS = 1_000_000_000L;

    private final ServerMetrics metrics = ServerMetrics.unshared();
    private final RecordRing ring = new RecordRing(RECORD_MAX);
    private final KeptLog log = new KeptLog("io.caracal.server.Scribe");
    private final List<Throwable> failures = new ArrayList<>();
    private long nowNs = 7_000_000_000L;
    private long nowMs = 1_000_000;
    private final Scribe scribe = new Scribe(new Recording.Parts(ring, new FactRing(metrics.facts()),
        new SlowRequests(), new HotPaths(PathSampling.OFF, nowNs), null, 0, () -> nowNs, () -> nowMs), () ->
        {
        }, failures::add);

    @AfterEach
    void close()
    {
        log.close();
        ring.close();
        metrics.close();
    }

    /** The log is what is slow; one line per look would make it slower. */
    @Test
    void shouldTellOfLostRecordsOnceAndThenAtAPace()
    {
        lose(3);
        scribe.doWork();
        assertEquals(List.of(lost(3)), lines(), "the first at once");

        for (int i = 0; i < 9; i++)
        {
            lose(2);
            nowNs += LostRecords.PERIOD_NS / 10;
            scribe.doWork();
        }
        assertEquals(List.of(lost(3)), lines());

        nowNs += LostRecords.PERIOD_NS / 10;
        scribe.doWork();
        scribe.doWork();
        assertEquals(List.of(lost(3), lost(18)), lines(), "all that were lost meanwhile, though none is lost now");

        lose(1);
        scribe.end();
        scribe.run();
        assertEquals(List.of(lost(3), lost(18), lost(1)), lines(), "no line comes after the end");
        assertEquals(List.of(), failures);
    }

    @Test
    void shouldCountSessionsThatExpiredTogetherBeyondSomeLines()
    {
        try (KeptLog sessions = new KeptLog("io.caracal.session"))
        {
            expire(ExpiredSessions.LINES_MAX + 7);
            assertEquals(ExpiredSessions.LINES_MAX, sessions.text().lines().count());
            assertTrue(sessions.text().startsWith("session 0x1 expired after 6000 ms: its client has not come back"),
                sessions.text());

            nowNs += SECOND_NS;
            scribe.doWork();
            assertTrue(sessions.text().endsWith("\nsessions that expired, without a line: 7"), sessions.text());
            expire(1);
            scribe.doWork();
            assertEquals(ExpiredSessions.LINES_MAX + 2, sessions.text().lines().count());
        }
    }

    /** When the machine has a bad hour, there is such a time in each second. */
    @Test
    void shouldTellOfTimesWithoutAnswersAtAPaceAndOfALongOneAtOnce()
    {
        stall(150);
        stall(200);
        stall(1500);
        final List<String> first = List.of(stalled(150), stalled(1500));
        assertEquals(first, lines());

        stall(100);
        stall(4000);
        nowNs += Stalls.PERIOD_NS - 1;
        scribe.doWork();
        assertEquals(first, lines());

        nowNs++;
        scribe.doWork();
        assertEquals(
            "the server answered nobody for 300 ms, 2 times together since the last line, 200 ms the longest",
            lines().get(2));
        assertEquals(stalled(4000), lines().get(3));

        stall(7000);
        assertEquals(4, lines().size());
        scribe.end();
        scribe.run();
        assertEquals(stalled(7000), lines().get(4), "no line comes after the end");
    }

    @Test
    void shouldNoteThatTheClockWasSetAndNotThatItGoesABitTooFast()
    {
        scribe.doWork();
        tick(30_000, 29_500);
        tick(30_000, 30_900);
        assertEquals(List.of(), clockSteps());

        tick(1_000, -3_599_000);
        tick(1_000, 1_000);
        tick(1_000, 61_300);
        assertEquals(List.of(-3600L, 60L), clockSteps());
    }

    private void tick(final long monotonicMs, final long wallMs)
    {
        nowNs += TimeUnit.MILLISECONDS.toNanos(monotonicMs);
        nowMs += wallMs;
        scribe.doWork();
    }

    private List<Long> clockSteps()
    {
        return new FactRing(metrics.facts()).about(0).stream().filter(fact -> fact.kind() == Fact.Kind.CLOCK)
            .map(Fact::value).toList();
    }

    private void stall(final long ms)
    {
        ring.put(RecordRing.STALL, TimeUnit.MILLISECONDS.toNanos(ms), 0, 0);
        scribe.doWork();
    }

    private static String stalled(final long ms)
    {
        return "the server answered nobody for " + ms +
            " ms: the process was stopped or paused, or one turn took so long";
    }

    private void expire(final int count)
    {
        for (int i = 1; i <= count; i++)
        {
            ring.put(RecordRing.SESSION_FACT, Fact.Kind.EXPIRED.ordinal(), i, 6000);
            scribe.doWork();
        }
    }

    /** Fills the ring, and then adds this many more records. */
    private void lose(final int count)
    {
        while (ring.takeLost() == 0)
        {
            put();
        }
        for (int i = 0; i < count; i++)
        {
            put();
        }
    }

    private void put()
    {
        ring.put(RecordRing.SESSION_FACT, Fact.Kind.PINGS.ordinal(), 1, 1);
    }

    private List<String> lines()
    {
        return log.text().lines().toList();
    }

    private static String lost(final int count)
    {
        return count + " records of requests were lost, the log is slower than the server";
    }
}
