/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

/**
 * What happened between two looks at the same server. With one look only, the interval begins at the server's start.
 */
final class Interval
{
    private static final double NS_PER_SECOND = 1e9;

    private final Sample before;
    private final Sample now;

    /**
     * An interval.
     *
     * @param before null to begin at the start of the server; likewise when it is of an earlier run of the server.
     * @param now    the latest look.
     */
    Interval(final Sample before, final Sample now)
    {
        this.before = before == null || !before.header().equals(now.header()) ? null : before;
        this.now = now;
    }

    Sample now()
    {
        return now;
    }

    boolean isSinceStart()
    {
        return before == null;
    }

    double seconds()
    {
        return Math.max(1, before == null ? now.sinceStartNs() : now.atNs() - before.atNs()) / NS_PER_SECOND;
    }

    /** How many times per second the counter rose. */
    double rate(final String figure)
    {
        return (now.figure(figure) - (before == null ? 0 : before.figure(figure))) / seconds();
    }

    /** The durations measured in the interval. */
    long[] row(final String name)
    {
        final long[] row = now.row(name).clone();
        if (before != null)
        {
            final long[] earlier = before.row(name);
            for (int i = 0; i < row.length; i++)
            {
                row[i] -= earlier[i];
            }
        }

        return row;
    }
}
