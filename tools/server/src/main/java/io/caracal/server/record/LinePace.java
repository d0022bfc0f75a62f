/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import java.util.concurrent.TimeUnit;

/**
 * How many lines of a kind are written in a second, and how many were left out. What happens to thousands at the same
 * time is no easier to see in thousands of lines, and whoever writes them is kept from other work. For one thread.
 */
final class LinePace
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final int linesMax;
    private long secondNs;
    private int lines;
    private long leftOut;

    /** With so many lines a second at most. */
    LinePace(final int linesMax)
    {
        this.linesMax = linesMax;
    }

    /** Whether one more line may be written; counts it as written or as left out. */
    boolean admits()
    {
        if (lines < linesMax)
        {
            lines++;
            return true;
        }
        leftOut++;

        return false;
    }

    /** How many lines were left out in a second that is over, and were not asked for yet; mostly 0. */
    long takeLeftOut(final long nowNs)
    {
        if (nowNs - secondNs < SECOND_NS)
        {
            return 0;
        }

        final long taken = leftOut;
        secondNs = nowNs;
        lines = 0;
        leftOut = 0;

        return taken;
    }
}
