/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.simulator.check.LinearizabilitySearch.Verdict;
import io.caracal.simulator.check.RegisterStep.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizabilitySearchTest
{
    private static final int ANY = Operation.ANY_VERSION;

    @Test
    void shouldExplainOneAfterTheOther()
    {
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), read("b", 1, 4, 5)));
    }

    @Test
    void shouldExplainWhatOverlapsEitherWay()
    {
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 9), set("c", ANY, 0, 2, 9),
            read("b", 2, 10, 11)));
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 9), set("c", ANY, 0, 2, 9),
            read("c", 2, 10, 11)));
    }

    @Test
    void shouldNotExplainAStaleRead()
    {
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), read("a", 0, 4,
            5)));
    }

    @Test
    void shouldTakeARestoreForAWrite()
    {
        final RegisterStep back = new RegisterStep(RegisterStep.Kind.RESTORE, "a", 0, 0, true, 4, 5);
        final RegisterStep away = new RegisterStep(RegisterStep.Kind.RESTORE, null, 0, 0, true, 4, 5);
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), back, read("a", 0, 6,
            7)));
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), back, read("b", 1,
            6, 7)));
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), away, create("c", 0, 6, 7)));
    }

    @Test
    void shouldNotExplainALostWrite()
    {
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), set("c", ANY, 0, 4,
            5), read("c", 1, 6, 7)));
    }

    @Test
    void shouldNotExplainThatAWriteHappenedTwice()
    {
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", ANY, 0, 2, 3), read("b", 2, 4,
            5)));
    }

    @Test
    void shouldNotExplainTwoBirths()
    {
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), create("b", 0, 2, 3)));
    }

    @Test
    void shouldExplainABirthThatWasRefused()
    {
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), create("b", Operation.NODE_EXISTS, 2, 3)));
    }

    @Test
    void shouldLetAnUnknownWriteHappenLateOrNever()
    {
        final RegisterStep unknown = new RegisterStep(Kind.SET, "x", ANY, 0, false, 2, Long.MAX_VALUE);
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), unknown, read("a", 0, 4, 5), read("x", 1, 6,
            7)));
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), unknown, read("a", 0, 4, 5)));
    }

    @Test
    void shouldNotLetAnUnknownWriteComeAndGo()
    {
        final RegisterStep unknown = new RegisterStep(Kind.SET, "x", ANY, 0, false, 2, Long.MAX_VALUE);
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), unknown, read("x", 1, 4, 5), read("a", 0,
            6, 7)));
    }

    @Test
    void shouldNotExplainAVersionThatCannotHaveMatched()
    {
        assertEquals(Verdict.NOT_LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", 3, 0, 2, 3)));
        assertEquals(Verdict.LINEARIZABLE, verdict(create("a", 0, 0, 1), set("b", 3, Operation.BAD_VERSION, 2, 3)));
    }

    private static Verdict verdict(final RegisterStep... steps)
    {
        return new LinearizabilitySearch(List.of(steps), 100_000).run();
    }

    private static RegisterStep create(final String data, final int error, final long from, final long to)
    {
        return new RegisterStep(Kind.CREATE, data, ANY, error, true, from, to);
    }

    private static RegisterStep set(final String data, final int version, final int error, final long from,
        final long to)
    {
        return new RegisterStep(Kind.SET, data, version, error, true, from, to);
    }

    private static RegisterStep read(final String data, final int version, final long from, final long to)
    {
        return new RegisterStep(Kind.READ, data, version, 0, true, from, to);
    }
}
