/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.report.Figures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest
{
    private final Figures figures = new Figures();
    private final List<String> told = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();
    private final Attempts attempts = new Attempts(figures, told::add);

    @Test
    void shouldTellOfAFailureAndTryTheNext()
    {
        assertFalse(attempts.run("first", () ->
        {
            throw new IllegalStateException("a server died");
        }));
        assertTrue(attempts.run("second", () -> tried.add("second")));

        assertEquals(List.of("second"), tried);
        assertEquals(1, figures.failures().size());
        assertEquals(1, told.size());
    }

    /**
     * The servers are killed at that moment. So it is not their failure that they are gone, and the next shape would
     * find none.
     */
    @Test
    void shouldBlameNobodyAndTryNothingMoreOnceSomebodyEndsTheRun()
    {
        assertFalse(attempts.run("first", () ->
        {
            figures.end();
            throw new IllegalStateException("a server died");
        }));
        assertFalse(attempts.run("second", () -> tried.add("second")));

        assertEquals(List.of(), tried);
        assertEquals(List.of(), figures.failures());
        assertEquals(List.of(), figures.notes());
        assertEquals(List.of(), told);
    }
}
