/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest
{
    private static final int SEEDS = 80;
    private static final int OPERATIONS_MEAN_MIN = 500;

    private final AtomicLong operations = new AtomicLong();

    /** No seed violates a rule, and each seed does the same when it runs again. */
    @Test
    void shouldFindNothingWrongAndDoTheSameThingTwice()
    {
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(seed ->
        {
            final RunResult first = Simulation.run(seed);
            shouldBeGood(first);
            assertEquals(first.hash(), Simulation.run(seed).hash(), "seed " + seed);
            operations.addAndGet(first.operationCount());
        });

        assertTrue(operations.get() > SEEDS * OPERATIONS_MEAN_MIN, "runs in which hardly anybody asks");
    }

    @ParameterizedTest
    @EnumSource(value = Scenario.class, mode = EnumSource.Mode.EXCLUDE, names = "ANYTHING")
    void shouldFindNothingWrongInAnyScenario(final Scenario scenario)
    {
        shouldBeGood(Simulation.run(scenario, 1));
    }

    @Test
    void shouldSayWhatBecameOfTheRuns()
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int exitCode = SimulateCommand.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), System.err,
            "--seed", "7", "--runs", "2", "--twice");
        final String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(0, exitCode, text);
        assertTrue(text.endsWith("2 runs, 0 failed" + System.lineSeparator()), text);
    }

    @Test
    void shouldSayWhatItDoesNotKnow()
    {
        shouldRefuse("--seed wants a value behind it", "--seed");
        shouldRefuse("--runs wants a whole number, not many", "--runs", "many");
        shouldRefuse("--minutes wants a number from 0 on, not -1", "--minutes", "-1");
        shouldRefuse("there is no option --faster", "--faster");
        shouldRefuse("there is no scenario PEACE; one of [ANYTHING, ", "--scenario", "PEACE");
    }

    private static void shouldRefuse(final String reason, final String... args)
    {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int exitCode = SimulateCommand.run(new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8), args);

        assertEquals(2, exitCode);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("caracal simulate: " + reason),
            err.toString(StandardCharsets.UTF_8));
    }

    private static void shouldBeGood(final RunResult result)
    {
        assertTrue(result.isGood(), () -> "seed " + result.seed() + ": " + result.failure().getMessage() + "\n" +
            String.join("\n", result.lines()));
    }
}
