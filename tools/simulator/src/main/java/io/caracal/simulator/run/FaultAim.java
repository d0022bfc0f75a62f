/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.SplittableRandom;

/**
 * Where faults strike and how long they last. Many situations need several faults together, on one server or at one
 * moment. They hardly ever arise when each fault strikes any server at any time, so each run has preferences.
 *
 * @param target          the servers that faults prefer.
 * @param areLong         whether faults that last are mostly long.
 * @param ambushInHundred chance, in percent, that a server is struck right after it has done something important.
 */
public record FaultAim(Target target, boolean areLong, int ambushInHundred)
{
    private static final int AMBUSH_MAX = 30;

    /** The servers that faults prefer. */
    public enum Target
    {
        /** No preference. */
        ANYBODY,
        /** The leader. */
        LEADERS,
        /** Always the same server. */
        ONE
    }

    static FaultAim of(final SplittableRandom random)
    {
        final Target[] targets = Target.values();

        return new FaultAim(targets[random.nextInt(targets.length)], random.nextInt(3) == 0,
            random.nextBoolean() ? random.nextInt(AMBUSH_MAX) : 0);
    }

    @Override
    public String toString()
    {
        return (areLong ? "long at " : "at ") + target + (ambushInHundred == 0 ? "" : ", ambushes " + ambushInHundred +
            " %");
    }
}
