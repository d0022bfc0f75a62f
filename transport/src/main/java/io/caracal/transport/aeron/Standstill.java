/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Whether a position of a stream stands still that has reason to go on. Looks are counted instead of time, since a
 * process that was stopped has not done yet what it could have done meanwhile.
 */
final class Standstill
{
    private static final int LOOKS_PER_PEER_TIMEOUT = 4;
    /** The driver may need 60 ms to ask for a packet again: many of these must be in vain. */
    private static final long INTERVAL_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** As long as Aeron waits for a stream of which nothing comes at all. */
    private static final int LOOKS_MAX = 3 * LOOKS_PER_PEER_TIMEOUT;

    private long position = -1;
    private int looks;

    /** How long to wait between two looks at least. */
    static long intervalNs(final long peerTimeoutNs)
    {
        return Math.max(peerTimeoutNs / LOOKS_PER_PEER_TIMEOUT, INTERVAL_LEAST_NS);
    }

    /**
     * Looks once more; at even intervals.
     *
     * @param positionNow that was reached.
     * @param hasReason   whether there is more to reach.
     * @return whether it was so, and the position the same, in all looks of three peer time-outs.
     */
    boolean look(final long positionNow, final boolean hasReason)
    {
        looks = hasReason && positionNow == position ? looks + 1 : 0;
        position = positionNow;

        return looks >= LOOKS_MAX;
    }
}
