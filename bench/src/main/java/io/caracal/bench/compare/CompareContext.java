/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.servers.ServerKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Parameters of a comparison.
 *
 * @param kinds       servers, in the order of their turns.
 * @param dir         where the servers keep their data, all on one disk.
 * @param only        names of the shapes to measure; empty: all but the long ones.
 * @param forceSync   whether writes are durable before they are answered.
 * @param rounds      turns of each server.
 * @param warmUpMs    milliseconds of load before each sample, which are not measured.
 * @param durationMs  milliseconds of each sample.
 * @param znodes      of the large tree.
 * @param payload     bytes per znode.
 * @param idleMs      milliseconds over which the processor time of an idle server is measured.
 */
record CompareContext(
    List<ServerKind> kinds, Path dir, Set<String> only, boolean forceSync, int rounds, long warmUpMs, long durationMs,
    long znodes, int payload, long idleMs)
{
    /** Stands for every shape. */
    static final String ALL = "all";

    /** Shapes that take long or need a raised limit of file descriptors. They are measured only when they are named. */
    private static final Set<String> LONG = Set.of(CrowdScenario.WATCHERS + CrowdScenario.MANY,
        CrowdScenario.SESSIONS + CrowdScenario.MANY, TreeGrowthScenario.NAME);

    /**
     * Returns the warm-up before a sample. It is longer in the first round, which also waits for the JIT compilers of
     * the server and of the generator.
     */
    long warmUpMs(final int round)
    {
        return round == 1 ? 3 * warmUpMs : warmUpMs;
    }

    /** Returns how many turns each server gets for shapes that take long. */
    int fewRounds()
    {
        return (rounds + 1) / 2;
    }

    boolean wants(final String shape)
    {
        return only.isEmpty() ? !LONG.contains(shape) : only.contains(shape) || only.contains(ALL);
    }

    @Override
    public String toString()
    {
        return "rounds=" + rounds + " (many watchers, snapshot, restart: " + fewRounds() + ") warm-up=" + warmUpMs +
            "ms duration=" + durationMs + "ms large tree=" + znodes + " znodes payload=" + payload + "B idle=" +
            idleMs + "ms forceSync=" + (forceSync ? "yes" : "no");
    }
}
