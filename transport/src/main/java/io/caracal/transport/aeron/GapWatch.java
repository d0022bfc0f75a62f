/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.AeronCounters;
import org.agrona.concurrent.status.CountersReader;

/**
 * Detects a stream that no longer advances although its sender is known to be further ahead. Later packets or
 * heartbeats show how far the sender is. The position up to which the stream was received without a gap does not grow,
 * however often the driver asks for the missing packets. Messages that the engine deliberately leaves unread were
 * received, so they are no gap.
 */
final class GapWatch
{
    private final Standstill whole = new Standstill();
    private final CountersReader counters;
    private final int reachedId;
    private final int wholeId;

    /**
     * Prepares the watch; the first look comes later.
     *
     * @param counters of the client; read only while the image is open.
     * @param imageId  correlation id of the image.
     */
    GapWatch(final CountersReader counters, final long imageId)
    {
        this.counters = counters;
        reachedId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_RECEIVER_HWM_TYPE_ID, imageId);
        wholeId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_RECEIVER_POS_TYPE_ID, imageId);
    }

    /**
     * Looks once more; to be called at even intervals. Returns whether all looks of three peer time-outs found the same
     * gap.
     */
    boolean isStandingStill()
    {
        if (reachedId == CountersReader.NULL_COUNTER_ID || wholeId == CountersReader.NULL_COUNTER_ID)
        {
            // The driver has ended the image; the notice of that is on its way.
            return false;
        }

        final long reached = counters.getCounterValue(reachedId);
        final long position = counters.getCounterValue(wholeId);

        return whole.look(position, position < reached);
    }
}
