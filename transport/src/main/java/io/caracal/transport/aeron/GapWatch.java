/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.AeronCounters;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells a stream that stands still before packets that do not arrive: its sender is known to be further, by later
 * packets or its heartbeats, and what was received without a gap does not grow, however often the driver asks for the
 * rest. What the engine leaves unread on purpose was received, so it is no gap.
 * <p>
 * Looks are counted instead of time, since a process that was stopped has not read yet what came meanwhile.
 */
final class GapWatch
{
    private static final int LOOKS_PER_PEER_TIMEOUT = 4;
    /** The driver may need 60 ms to ask for a packet again: many of these must be in vain. */
    private static final long INTERVAL_LEAST_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** As long as Aeron waits for a stream of which nothing comes at all. */
    private static final int LOOKS_MAX = 3 * LOOKS_PER_PEER_TIMEOUT;

    private final CountersReader counters;
    private final int reachedId;
    private final int wholeId;
    private long whole = -1;
    private int looks;

    /**
     * Looks for the first time later.
     *
     * @param counters of the client; they are read only while the image is open.
     * @param imageId  correlation id of the image.
     */
    GapWatch(final CountersReader counters, final long imageId)
    {
        this.counters = counters;
        reachedId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_RECEIVER_HWM_TYPE_ID, imageId);
        wholeId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_RECEIVER_POS_TYPE_ID, imageId);
    }

    /** How long to wait between two looks at least. */
    static long intervalNs(final long peerTimeoutNs)
    {
        return Math.max(peerTimeoutNs / LOOKS_PER_PEER_TIMEOUT, INTERVAL_LEAST_NS);
    }

    /** Looks once more; at even intervals. Whether there has been one gap in all looks of three peer time-outs. */
    boolean isStandingStill()
    {
        if (reachedId == CountersReader.NULL_COUNTER_ID || wholeId == CountersReader.NULL_COUNTER_ID)
        {
            // The driver has ended the image; the news of it is on its way.
            return false;
        }

        final long reached = counters.getCounterValue(reachedId);
        final long wholeNow = counters.getCounterValue(wholeId);
        looks = wholeNow < reached && wholeNow == whole ? looks + 1 : 0;
        whole = wholeNow;

        return looks >= LOOKS_MAX;
    }
}
