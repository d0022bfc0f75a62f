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
 * @param dir         where they keep their data; all on one disk.
 * @param only        names of the shapes to measure; empty: all but the long ones.
 * @param forceSync   whether writes are durable before they are answered.
 * @param rounds      how often each server has its turn.
 * @param warmUpMs    before each sample.
 * @param durationMs  of each sample.
 * @param znodes      of the large tree.
 * @param payload     bytes per znode.
 * @param idleMs      over which idle processor time is measured.
 */
record CompareContext(
    List<ServerKind> kinds, Path dir, Set<String> only, boolean forceSync, int rounds, long warmUpMs, long durationMs,
    long znodes, int payload, long idleMs)
{
    /** Names every shape there is. */
    static final String ALL = "all";

    /** Shapes that need much time or a raised limit of file descriptors. They are measured only when they are named. */
    private static final Set<String> LONG = Set.of(CrowdScenario.WATCHERS + CrowdScenario.MANY,
        CrowdScenario.SESSIONS + CrowdScenario.MANY, TreeGrowthScenario.NAME);

    /** The first sample of a shape also waits for the compilers, at both ends. */
    long warmUpMs(final int round)
    {
        return round == 1 ? 3 * warmUpMs : warmUpMs;
    }

    /** How often each server has its turn with shapes that take long. */
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
