/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A simulator that finds no planted bug proves nothing. The seed that found a bug last is tried first; with the system
 * property {@code caracal.mutants=all} the hunts begin at seed 1, which is what the table in the README tells.
 */
class MutantsTest
{
    private static final Path MUTANTS = Path.of("src/test/mutants");
    private static final Path OPEN = MUTANTS.resolve("open");
    private static final boolean ARE_HUNTS_WHOLE = "all".equals(System.getProperty("caracal.mutants"));

    @TestFactory
    Stream<DynamicTest> shouldFindEveryMutant() throws IOException
    {
        final ExecutorService hunters = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        final List<DynamicTest> tests = new ArrayList<>();

        for (final Mutant mutant : Mutant.readAll(MUTANTS))
        {
            final Future<MutantHunt.Trophy> hunt = hunters.submit(() -> hunt(mutant));
            tests.add(DynamicTest.dynamicTest(mutant.name(), () -> shouldBeFound(mutant, hunt.get())));
        }

        hunters.shutdown();

        return tests.stream();
    }

    /** Planted and not found so far: they wait for better faults, and must apply until then. */
    @TestFactory
    Stream<DynamicTest> shouldStillPlantWhatIsNotFoundYet() throws IOException
    {
        final List<Mutant> open = Files.exists(OPEN) ? Mutant.readAll(OPEN) : List.of();

        return open.stream().map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> assertNotNull(new MutantHunt(
            mutant))));
    }

    private static MutantHunt.Trophy hunt(final Mutant mutant) throws IOException, ReflectiveOperationException
    {
        final MutantHunt hunt = new MutantHunt(mutant);
        final MutantHunt.Trophy trophy = ARE_HUNTS_WHOLE || 0 == mutant.found() ? new MutantHunt.Trophy(0, null) : hunt
            .hunt(mutant.found(), 1);

        return 0 == trophy.seed() ? hunt.hunt(1, mutant.seedsMax()) : trophy;
    }

    private static void shouldBeFound(final Mutant mutant, final MutantHunt.Trophy trophy)
    {
        assertFalse(mutant.rule().isBlank(), "a mutant says what rule it breaks");
        assertTrue(trophy.seed() > 0, mutant.name() + " is not found within " + mutant.seedsMax() + " seeds");
        final int end = trophy.finding().indexOf(':');
        System.out.printf("| %s | %s | %d | %s |%n", mutant.name(), mutant.rule(), trophy.seed(), end < 0 ? trophy
            .finding() : trophy.finding().substring(0, end));
    }
}
