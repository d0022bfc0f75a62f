/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.mutant;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;

/** Runs seed after seed on a mutant until the simulator finds that something is wrong. */
final class MutantHunt
{
    private static final List<Path> ROOTS = List.of(Path.of("../../engine/src/main/java"), Path.of("src/main/java"));

    private final Method run;

    /**
     * What a hunt found.
     *
     * @param seed    that found it, 0 when none did.
     * @param finding what was violated.
     */
    record Trophy(long seed, String finding)
    {
    }

    MutantHunt(final Mutant mutant) throws IOException, ReflectiveOperationException
    {
        final MutantLoader loader = new MutantLoader(new MutantCompiler(ROOTS).compile(mutant));
        run = loader.loadClass("io.caracal.simulator.run.Simulation").getMethod("run", long.class);
    }

    Trophy hunt(final long firstSeed, final int seedsMax) throws ReflectiveOperationException
    {
        for (long seed = firstSeed; seed < firstSeed + seedsMax; seed++)
        {
            final String finding = findingOf(seed);

            if (null != finding)
            {
                return new Trophy(seed, finding);
            }
        }

        return new Trophy(0, null);
    }

    private String findingOf(final long seed) throws ReflectiveOperationException
    {
        try
        {
            final Object result = run.invoke(null, seed);
            final Object failure = result.getClass().getMethod("failure").invoke(result);

            return null == failure ? null : ((Throwable)failure).getMessage();
        }
        catch (final InvocationTargetException e)
        {
            return String.valueOf(e.getCause());
        }
    }
}
