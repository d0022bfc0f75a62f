/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import java.util.SplittableRandom;

/**
 * Where and how faults strike. What needs several faults together, at one server or at one moment, hardly ever happens
 * when each strikes anybody at any time; so each run has habits.
 *
 * @param target          whom they prefer.
 * @param areLong         whether what lasts lasts long.
 * @param ambushInHundred how often a server that has just done something of weight is struck at once.
 */
public record FaultAim(Target target, boolean areLong, int ambushInHundred)
{
    private static final int AMBUSH_MAX = 30;

    /** Whom faults prefer. */
    public enum Target
    {
        /** Nobody. */
        ANYBODY,
        /** Whoever leads. */
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
