/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
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

        assertTrue(judge("restart.time.caracal = <= 900").kept());
        assertFalse(judge("restart.time.caracal = <= 899.5").kept());
        assertTrue(judge("restart.time.caracal = >= 900").kept());
        assertFalse(judge("restart.time.caracal = >= 901").kept());
    }

    @Test
    void shouldHoldTheRatioOfTwoServersAgainstTheBound() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);
        figures.add("reads-one", "rate", "zookeeper", "/s", 100);

        assertEquals(Optional.of(3.0), judge("reads-one.rate.caracal/zookeeper = >= 2").measured());
        assertTrue(judge("reads-one.rate.caracal/zookeeper = >= 3").kept());
        assertFalse(judge("reads-one.rate.caracal/zookeeper = >= 3.1").kept());
    }

    @Test
    void shouldMissWhatWasNotMeasured() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);

        assertFalse(judge("reads-one.rate.caracal/zookeeper = >= 1").kept());
        assertFalse(judge("idle.cpu.caracal = <= 5").kept());
        assertTrue(judge("idle.cpu.caracal = <= 5").toString().contains("measured: nothing"));
    }

    @Test
    void shouldMissARatioToAServerThatDidNothing() throws IOException
    {
        figures.add("reads-one", "rate", "caracal", "/s", 300);
        figures.add("reads-one", "rate", "zookeeper", "/s", 0);

        assertFalse(judge("reads-one.rate.caracal/zookeeper = >= 1").kept());
    }

    @Test
    void shouldRefuseALineThatIsNoPromise()
    {
        assertThrows(IllegalArgumentException.class, () -> promises("reads-one.rate = >= 1"));
        assertThrows(IllegalArgumentException.class, () -> promises("reads-one.rate.caracal = fast"));
    }

    @Test
    void shouldSayNothingOfShapesThatWereNotAskedFor() throws IOException
    {
        final Promises promises = promises("restart.time.caracal = <= 1\nidle.cpu.caracal = <= 1");

        assertEquals(Set.of("idle", "restart"), promises.shapes());
        assertEquals(1, promises.judge(figures, Set.of("idle")).size());
    }

    @Test
    void shouldReadTheFileThatIsShipped()
    {
        final List<Promises.Verdict> verdicts = Promises.load().judge(figures, Promises.load().shapes());

        assertFalse(verdicts.isEmpty());
        assertTrue(verdicts.stream().noneMatch(Promises.Verdict::kept));
    }

    private Promises.Verdict judge(final String line) throws IOException
    {
        return promises(line).judge(figures, Set.of("restart", "reads-one", "idle")).get(0);
    }

    private static Promises promises(final String line) throws IOException
    {
        return Promises.read(new StringReader(line));
    }
}
