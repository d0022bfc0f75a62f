/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static io.caracal.bench.report.Verdict.Outcome.KEPT;
import static io.caracal.bench.report.Verdict.Outcome.MISSED;
import static io.caracal.bench.report.Verdict.Outcome.OTHER_SIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

class PromisesTest
{
    private final Figures figures = new Figures();

    @Test
    void shouldHoldTheMedianAgainstTheBound() throws IOException
    {
        figures.add("restart", "time", "caracal", "ms", 900);
        figures.add("restart", "time", "caracal", "ms", 5_000);
        figures.add("restart", "time", "caracal", "ms", 800);

        assertEquals(KEPT, judge("restart.time.caracal = <= 900").outcome());
        assertEquals(MISSED, judge("restart.time.caracal = <= 899.5").outcome());
        assertEquals(KEPT, judge("restart.time.caracal = >= 900").outcome());
        assertEquals(MISSED, judge("restart.time.caracal = >= 901").outcome());
    }

    @Test
    void shouldHoldTheRatioOfTwoServersAgainstTheBound() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);
        figures.add("reads-one", "rate", "zookeeper", "/s", 100);

        assertEquals(Optional.of(3.0), judge("reads-one.rate.caracal/zookeeper = >= 2").measured());
        assertEquals(KEPT, judge("reads-one.rate.caracal/zookeeper = >= 3").outcome());
        assertEquals(MISSED, judge("reads-one.rate.caracal/zookeeper = >= 3.1").outcome());
    }

    @Test
    void shouldMissWhatWasNotMeasured() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);

        assertEquals(MISSED, judge("reads-one.rate.caracal/zookeeper = >= 1").outcome());
        assertEquals(MISSED, judge("idle.cpu.caracal = <= 5").outcome());
        assertTrue(judge("idle.cpu.caracal = <= 5").toString().contains("measured: nothing"));
    }

    @Test
    void shouldMissARatioToAServerThatDidNothing() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);
        figures.add("reads-one", "rate", "zookeeper", "/s", 0);

        assertEquals(MISSED, judge("reads-one.rate.caracal/zookeeper = >= 1").outcome());
    }

    @Test
    void shouldJudgeAPromiseOfOneSizeByThatSizeOnly() throws IOException
    {
        figures.add("restart", "time", "caracal", "ms", 900);

        final Verdict other = judge("restart.time.caracal = <= 100 of 100 znodes");

        assertEquals(OTHER_SIZE, other.outcome());
        assertFalse(other.isMissed());
        assertEquals("unknown restart.time.caracal <= 100 of 100 znodes   measured: 900.00 of 1000 znodes",
            other.toString());
        assertEquals(MISSED, judge("restart.time.caracal = <= 100 of 1000 znodes").outcome());
        assertEquals(KEPT, judge("restart.time.caracal = <= 900 of 1000 znodes").outcome());
    }

    @Test
    void shouldRefuseALineThatIsNoPromise()
    {
        assertThrows(IllegalArgumentException.class, () -> promises("reads-one.rate = >= 1"));
        assertThrows(IllegalArgumentException.class, () -> promises("reads-one.rate.caracal = fast"));
        assertThrows(IllegalArgumentException.class, () -> promises("restart.time.caracal = <= 1 of many"));
    }

    @Test
    void shouldSayNothingOfShapesThatWereNotAskedFor() throws IOException
    {
        final Promises promises = promises("restart.time.caracal = <= 1\nidle.cpu.caracal = <= 1");

        assertEquals(Set.of("idle", "restart"), promises.shapes());
        assertEquals(1, promises.judge(figures, Set.of("idle"), Map.of()).size());
    }

    @Test
    void shouldReadTheFileThatIsShipped()
    {
        final List<Verdict> verdicts = Promises.load().judge(figures, Promises.load().shapes(), Map.of());

        assertFalse(verdicts.isEmpty());
        assertTrue(verdicts.stream().noneMatch(verdict -> verdict.outcome() == KEPT));
    }

    private Verdict judge(final String line) throws IOException
    {
        return promises(line).judge(figures, Set.of("restart", "reads-one", "idle"), Map.of("restart", "1000 znodes"))
            .get(0);
    }

    private static Promises promises(final String line) throws IOException
    {
        return Promises.read(new StringReader(line));
    }
}
