/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;

/** Runs a mutant with one seed after the other, or runs the tests that the mutant names, until something fails. */
public final class MutantHunt
{
    private final Mutant mutant;
    private final MutantLoader loader;

    /**
     * Result of a hunt.
     *
     * @param seed    that found the mutant, 0 when none did or a test found it.
     * @param finding the violation, null when nothing was found.
     */
    public record Trophy(long seed, String finding)
    {
    }

    /**
     * Compiles and loads a mutant.
     *
     * @param mutant to be found.
     * @param roots  directories of the sources.
     * @throws IOException when sources cannot be read.
     */
    public MutantHunt(final Mutant mutant, final List<Path> roots) throws IOException
    {
        this.mutant = mutant;
        loader = new MutantLoader(new MutantCompiler(roots).compile(mutant));
    }

    /**
     * Runs the tests that the mutant names.
     *
     * @return the failure of the first test that failed.
     * @throws ReflectiveOperationException when there is no such test.
     */
    public Trophy test() throws ReflectiveOperationException
    {
        String finding = null;

        for (int i = 0; i < mutant.tests().size() && finding == null; i++)
        {
            final String[] names = mutant.tests().get(i).split(" ", 3);
            final MutantTrial trial = new MutantTrial(loader.loadClass(names[0]), names[1]);
            finding = names.length == 3 ? trial.finding(Path.of(names[2])) : trial.finding();
        }

        return new Trophy(0, finding);
    }

    /**
     * Runs seeds in the mutant's scenario.
     *
     * @param firstSeed the first seed.
     * @param seedsMax  number of seeds to try.
     * @return the first seed that found the mutant, and its finding.
     * @throws ReflectiveOperationException when the simulation does not run.
     */
    public Trophy hunt(final long firstSeed, final int seedsMax) throws ReflectiveOperationException
    {
        final Class<?> scenarios = loader.loadClass("io.caracal.simulator.run.Scenario");
        final Method run = loader.loadClass("io.caracal.simulator.run.Simulation").getMethod("run", scenarios,
            long.class);
        final Object scenario = scenarios.getMethod("valueOf", String.class).invoke(null, mutant.scenario());

        for (long seed = firstSeed; seed < firstSeed + seedsMax; seed++)
        {
            final String finding = findingOf(run, scenario, seed);

            if (finding != null)
            {
                return new Trophy(seed, finding);
            }
        }

        return new Trophy(0, null);
    }

    private static String findingOf(final Method run, final Object scenario, final long seed)
        throws ReflectiveOperationException
    {
        try
        {
            final Object result = run.invoke(null, scenario, seed);
            final Object failure = result.getClass().getMethod("failure").invoke(result);

            return failure == null ? null : ((Throwable)failure).getMessage();
        }
        catch (final InvocationTargetException e)
        {
            return String.valueOf(e.getCause());
        }
    }
}
