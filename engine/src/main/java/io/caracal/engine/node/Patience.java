/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.PeerLinks;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Decides how long this server tolerates the silence of others. When a server that was given up is soon heard again and
 * its process is still the same, that was a false alarm, and the time-out is doubled, up to a bound. After a time
 * without false alarms it is halved again.
 * <p>
 * Belongs to the server and outlives roles. Times are those of the {@link StallClock}.
 */
final class Patience
{
    /** Time without a false alarm after which the time-out is halved again. */
    static final long CALM_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long NEVER = Long.MIN_VALUE;

    private final PeerLinks links;
    private final long shortestNs;
    private final long longestNs;
    private final long[] givenUpNs;
    private long timeoutNs;
    private long changedNs;

    Patience(final PeerLinks links, final int memberCount, final EnsembleTimes times)
    {
        this.links = links;
        shortestNs = times.timeoutNs();
        longestNs = Math.max(shortestNs, times.timeoutMaxNs());
        timeoutNs = shortestNs;
        givenUpNs = new long[memberCount];
        Arrays.fill(givenUpNs, NEVER);
    }

    /** Silence after which a peer is given up. */
    long timeoutNs()
    {
        return timeoutNs;
    }

    void advance(final long watchNs)
    {
        if (timeoutNs > shortestNs && watchNs - changedNs >= CALM_NS)
        {
            timeoutNs = Math.max(shortestNs, timeoutNs / 2);
            changedNs = watchNs;
        }
    }

    /** A peer was silent for too long. */
    void onGivenUp(final long server, final long watchNs)
    {
        mark(server, watchNs);
    }

    /** The process of a peer has ended, so it was right to give it up. */
    void onProcessGone(final long server)
    {
        mark(server, NEVER);
    }

    private void mark(final long server, final long watchNs)
    {
        final int index = links.indexOf(server);
        if (index >= 0)
        {
            givenUpNs[index] = watchNs;
        }
    }

    /** A peer is back in the same epoch. Returns whether it was given up too early. */
    boolean onBack(final long server, final long watchNs)
    {
        final int index = links.indexOf(server);
        final boolean isFalseAlarm = index >= 0 && givenUpNs[index] != NEVER &&
            watchNs - givenUpNs[index] <= longestNs;
        mark(server, NEVER);
        if (isFalseAlarm)
        {
            timeoutNs = Math.min(longestNs, 2 * timeoutNs);
            changedNs = watchNs;
        }

        return isFalseAlarm;
    }
}
