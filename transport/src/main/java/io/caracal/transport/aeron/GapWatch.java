/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.AeronCounters;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells a stream that stands still before packets that do not arrive: its sender is known to be further, by later
 * packets or its heartbeats, and what was received without a gap does not grow, however often the driver asks for the
 * rest. What the engine leaves unread on purpose was received, so it is no gap.
 */
final class GapWatch
{
    private final Standstill whole = new Standstill();
    private final CountersReader counters;
    private final int reachedId;
    private final int wholeId;

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

    /** Looks once more; at even intervals. Whether there has been one gap in all looks of three peer time-outs. */
    boolean isStandingStill()
    {
        if (reachedId == CountersReader.NULL_COUNTER_ID || wholeId == CountersReader.NULL_COUNTER_ID)
        {
            // The driver has ended the image; the news of it is on its way.
            return false;
        }

        final long reached = counters.getCounterValue(reachedId);
        final long position = counters.getCounterValue(wholeId);

        return whole.look(position, position < reached);
    }
}
