/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest
{
    private static final int SEEDS = 120;

    @Test
    void shouldFindNothingWrongWithKnownSeeds()
    {
        for (long seed = 1; seed <= SEEDS; seed++)
        {
            shouldBeGood(Simulation.run(seed));
        }
    }

    @Test
    void shouldDoTheSameThingTwice()
    {
        for (long seed = 1; seed <= SEEDS; seed += 5)
        {
            final RunResult first = Simulation.run(seed);
            assertTrue(first.operationCount() > 0, "a run in which nobody asks");
            assertEquals(first.hash(), Simulation.run(seed).hash(), "seed " + seed);
        }
    }

    /** Each of these found a bug once. */
    @ParameterizedTest
    @ValueSource(longs = { 12, 89, 90, 101, 122, 123, 179, 293 })
    void shouldStayGood(final long seed)
    {
        shouldBeGood(Simulation.run(seed));
    }

    @Test
    void shouldSayWhatBecameOfTheRuns()
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int exitCode = SimulateCommand.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), "--seed", "7",
            "--runs", "2", "--twice");
        final String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(0, exitCode, text);
        assertTrue(text.endsWith("2 runs, 0 failed" + System.lineSeparator()), text);
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertEquals(2, SimulateCommand.run(nowhere, "--seed"));
        assertEquals(2, SimulateCommand.run(nowhere, "--runs", "many"));
        assertEquals(2, SimulateCommand.run(nowhere, "--faster"));
    }

    private static void shouldBeGood(final RunResult result)
    {
        assertTrue(result.isGood(), () -> "seed " + result.seed() + ": " + result.failure().getMessage() + "\n" + String
            .join("\n", result.lines()));
    }
}
