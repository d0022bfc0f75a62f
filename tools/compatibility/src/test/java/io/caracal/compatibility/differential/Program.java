/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import java.util.List;

/** What a handful of clients do, step by step. */
record Program(long seed, boolean onRoot, List<Step> steps)
{
    /**
     * A program of one session. Since a session sees what it did before on any member, members need not be synchronized
     * for it.
     */
    boolean isOfOneSession()
    {
        return steps.stream().filter(Step.Connect.class::isInstance).count() == 1;
    }

    Program with(final List<Step> other)
    {
        return new Program(seed, onRoot, other);
    }

    @Override
    public String toString()
    {
        final StringBuilder text = new StringBuilder("program of seed " + seed + (onRoot ? " on the root" : "") + "\n");

        for (int i = 0; i < steps.size(); i++)
        {
            text.append("  ").append(i).append(": ").append(steps.get(i)).append('\n');
        }

        return text.toString();
    }
}
