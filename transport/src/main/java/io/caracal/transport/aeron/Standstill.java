/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Detects a stream position that does not advance although it should. It counts looks instead of time, because a
 * process that was stopped has not yet done what it could have done meanwhile.
 */
final class Standstill
{
    private static final int LOOKS_PER_PEER_TIMEOUT = 4;
    /**
     * Least interval between two looks. The driver may need 60 ms to ask for a packet again, and a standstill means
     * that it asked in vain many times.
     */
    private static final long INTERVAL_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Covers three peer time-outs: as long as Aeron waits for a stream from which nothing comes at all. */
    private static final int LOOKS_MAX = 3 * LOOKS_PER_PEER_TIMEOUT;

    private long position = -1;
    private int looks;

    /** The least time between two looks, in nanoseconds. */
    static long intervalNs(final long peerTimeoutNs)
    {
        return Math.max(peerTimeoutNs / LOOKS_PER_PEER_TIMEOUT, INTERVAL_LEAST_NS);
    }

    /**
     * Looks once more; to be called at even intervals.
     *
     * @param positionNow the position reached.
     * @param hasReason   whether there is more to reach.
     * @return whether there was more to reach, and the position was the same, in all looks of three peer time-outs.
     */
    boolean look(final long positionNow, final boolean hasReason)
    {
        looks = hasReason && positionNow == position ? looks + 1 : 0;
        position = positionNow;

        return looks >= LOOKS_MAX;
    }
}
