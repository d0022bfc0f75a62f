/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/**
 * How many lines of a kind are written to a log in a period, which begins with the first of them. What happens to
 * thousands at the same time, or again and again, is no easier to see in thousands of lines, and whoever writes them is
 * kept from other work. For one thread.
 */
public final class LinePace
{
    private final int linesMax;
    private final long periodNs;
    private long beganNs;
    private int lines;

    /**
     * A pace, in whose first period nothing is written so far.
     *
     * @param linesMax lines in one period at most.
     * @param periodNs how long it lasts.
     */
    public LinePace(final int linesMax, final long periodNs)
    {
        this.linesMax = linesMax;
        this.periodNs = periodNs;
    }

    /**
     * Whether one more line may be written; counts it if so.
     *
     * @param nowNs of a clock that never goes back.
     * @return false when as many as allowed were written in the period that is not over.
     */
    public boolean admits(final long nowNs)
    {
        if (isOver(nowNs))
        {
            beganNs = nowNs;
            lines = 0;
        }
        if (lines == linesMax)
        {
            return false;
        }
        lines++;

        return true;
    }

    /**
     * Whether the period of the last line is over, so that a line about what was left out in it is due.
     *
     * @param nowNs of the same clock.
     * @return true also before the first line.
     */
    public boolean isOver(final long nowNs)
    {
        return lines == 0 || nowNs - beganNs >= periodNs;
    }
}
