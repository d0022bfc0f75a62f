/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

/** What happened between two looks at the same server; between its start and the only one, when there is one only. */
final class Interval
{
    private static final double NS_PER_SECOND = 1e9;

    private final Sample before;
    private final Sample now;

    /**
     * A stretch of time.
     *
     * @param before null for since the start, also when it was of another run of the server.
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
        final double sinceStart = Math.max(1, System.currentTimeMillis() - now.header().startTimeMs()) / 1e3;

        return before == null ? sinceStart : Math.max(1, now.atNs() - before.atNs()) / NS_PER_SECOND;
    }

    /** How often a second a counter rose. */
    double rate(final String figure)
    {
        return (now.figure(figure) - (before == null ? 0 : before.figure(figure))) / seconds();
    }

    /** Durations of the stretch. */
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
