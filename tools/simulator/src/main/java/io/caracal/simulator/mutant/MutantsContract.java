/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests that every planted bug of a module is found. The seed that last found a bug is tried first. With the system
 * property {@code caracal.mutants=all}, all hunts begin at seed 1. Prints a table row for each bug.
 */
public abstract class MutantsContract
{
    private static final Path MUTANTS = Path.of("src/test/mutants");
    private static final boolean ARE_HUNTS_WHOLE = "all".equals(System.getProperty("caracal.mutants"));

    private final List<Path> roots;
    private final int hunterCount;

    /**
     * Creates a test of the mutants in the module's directory {@code src/test/mutants}.
     *
     * @param hunterCount number of mutants that are hunted at the same time.
     * @param roots       directories of the sources that the mutants change.
     */
    protected MutantsContract(final int hunterCount, final Path... roots)
    {
        this.hunterCount = hunterCount;
        this.roots = List.of(roots);
    }

    @TestFactory
    Stream<DynamicTest> shouldFindEveryMutant() throws IOException
    {
        final ExecutorService hunters = Executors.newFixedThreadPool(hunterCount);
        final List<DynamicTest> tests = new ArrayList<>();

        for (final Mutant mutant : Mutant.readAll(MUTANTS))
        {
            final Future<MutantHunt.Trophy> hunt = hunters.submit(() -> find(mutant));
            tests.add(DynamicTest.dynamicTest(mutant.name(), () -> shouldBeFound(mutant, hunt.get())));
        }

        hunters.shutdown();

        return tests.stream();
    }

    private MutantHunt.Trophy find(final Mutant mutant) throws IOException, ReflectiveOperationException
    {
        final MutantHunt hunt = new MutantHunt(mutant, roots);

        return mutant.tests().isEmpty() ? hunt(mutant, hunt) : test(mutant, hunt);
    }

    /**
     * Runs the tests that a mutant names. A test that fails without the mutant too, or cannot be run in this way, would
     * seem to find any mutant. Whole hunts therefore run the tests without the mutant first.
     */
    private MutantHunt.Trophy test(final Mutant mutant, final MutantHunt hunt) throws IOException,
        ReflectiveOperationException
    {
        final String anyway = ARE_HUNTS_WHOLE ? new MutantHunt(mutant.without(), roots).test().finding() : null;

        if (anyway != null)
        {
            throw new IllegalStateException(mutant.tests() + " fails without the mutant: " + anyway);
        }

        return hunt.test();
    }

    private static MutantHunt.Trophy hunt(final Mutant mutant, final MutantHunt hunt)
        throws ReflectiveOperationException
    {
        final MutantHunt.Trophy trophy = ARE_HUNTS_WHOLE || mutant.found() == 0 ? new MutantHunt.Trophy(0, null) :
            hunt.hunt(mutant.found(), 1);

        return trophy.seed() == 0 ? hunt.hunt(1, mutant.seedsMax()) : trophy;
    }

    private static void shouldBeFound(final Mutant mutant, final MutantHunt.Trophy trophy)
    {
        assertFalse(mutant.rule().isBlank(), "a mutant says what rule it breaks");
        assertTrue(trophy.finding() != null, () -> mutant.name() + " is not found " + (mutant.tests().isEmpty() ?
            "within " + mutant.seedsMax() + " seeds" : "by " + mutant.tests()));
        final String how = mutant.tests().isEmpty() ? trophy.seed() + ("ANYTHING".equals(mutant.scenario()) ? "" :
            " of " + mutant.scenario()) : "test";
        final int end = trophy.finding().indexOf(':');
        final String finding = mutant.tests().isEmpty() ? trophy.finding().substring(0, end < 0 ? trophy.finding()
            .length() : end) : String.join(", ", mutant.tests());
        System.out.printf(Locale.ROOT, "| %s | %s | %s | %s |%n", mutant.name(), mutant.rule(), how, finding);
    }
}
