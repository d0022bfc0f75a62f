/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A simulator that finds no planted bug proves nothing. */
class MutantsTest
{
    private static final Path MUTANTS = Path.of("src/test/mutants");

    @TestFactory
    Stream<DynamicTest> shouldFindEveryMutant() throws IOException
    {
        return Mutant.readAll(MUTANTS).stream().map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> shouldFind(
            mutant)));
    }

    /** Planted and not found so far: they wait for better faults, and must apply until then. */
    @TestFactory
    Stream<DynamicTest> shouldStillPlantWhatIsNotFoundYet() throws IOException
    {
        return Mutant.readAll(MUTANTS.resolve("open")).stream().map(mutant -> DynamicTest.dynamicTest(mutant.name(),
            () -> assertNotNull(new MutantHunt(mutant))));
    }

    private static void shouldFind(final Mutant mutant) throws IOException, ReflectiveOperationException
    {
        assertFalse(mutant.rule().isBlank(), "a mutant says what rule it breaks");
        final MutantHunt.Trophy trophy = new MutantHunt(mutant).hunt(1, mutant.seedsMax());
        assertTrue(trophy.seed() > 0, mutant.name() + " is not found within " + mutant.seedsMax() + " seeds");
        System.out.printf("%-36s seed %3d  %.120s%n", mutant.name(), trophy.seed(), trophy.finding());
    }
}
