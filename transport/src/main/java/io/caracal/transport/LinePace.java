/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/**
 * Limits how many log lines of a kind are written in a period. A period begins with its first line. Something that
 * happens to thousands at the same time, or again and again, is no easier to see in thousands of lines, and the thread
 * that writes them is kept from other work. For one thread.
 */
public final class LinePace
{
    private final int linesMax;
    private final long periodNs;
    private long beganNs;
    private int lines;

    /**
     * Creates a pace with no line written yet.
     *
     * @param linesMax maximum of lines in one period.
     * @param periodNs length of a period.
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
     * @return false when the present period has had as many lines as allowed.
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
     * @return also true before the first line.
     */
    public boolean isOver(final long nowNs)
    {
        return lines == 0 || nowNs - beganNs >= periodNs;
    }
}
