/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.caracal.bench.compare.Comparison;
import io.caracal.bench.ensemble.EnsembleComparison;
import io.caracal.bench.ensemble.EnsembleOptions;
import io.caracal.bench.report.Figures;
import io.caracal.bench.report.Promises;
import io.caracal.bench.report.Verdict;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Sizes are words both in the file of promises and in a run. A promise that names a size in other words would never be
 * judged.
 */
class PromisedSizesTest
{
    @Test
    void shouldJudgeEveryPromiseInAWholeRun()
    {
        assertEquals(Set.of(), unknown());
    }

    @Test
    void shouldNotJudgeWhatIsPromisedOfALargeTreeByASmallOne()
    {
        final Set<String> unknown = unknown("--quick");

        assertEquals(Set.of("memory", "snapshot", "restart", "ensemble3-catch-up", "ensemble3-catch-up-many",
            "ensemble3-catch-up-log"), unknown);
    }

    /** Returns the shapes with promises about another size than that of a run with these options. */
    private static Set<String> unknown(final String... options)
    {
        final RunOptions run = CommandLine.populateCommand(new RunOptions(), options);
        final EnsembleOptions ensemble = CommandLine.populateCommand(new EnsembleOptions());
        final Map<String, String> sizes = new HashMap<>();
        sizes.putAll(Comparison.of(run, List.of(), Set.of(), null, 100).sizes());
        sizes.putAll(EnsembleComparison.full(run, List.of(), Set.of(), ensemble).sizes());
        final List<Verdict> verdicts = Promises.load().judge(new Figures(), Promises.load().shapes(), sizes);

        assertFalse(verdicts.isEmpty());

        return verdicts.stream().filter(verdict -> verdict.outcome() == Verdict.Outcome.OTHER_SIZE)
            .map(verdict -> verdict.promise().substring(0, verdict.promise().indexOf('.')))
            .collect(Collectors.toSet());
    }
}
