/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.AeronCounters;
import org.agrona.concurrent.status.CountersReader;

/**
 * Detects a stream that no longer advances because this system refuses to send its packets, for example packets that
 * have become too long for an interface. There is more to send and the other server has room for a packet, but the sent
 * position does not grow. Heartbeats are short and may still be sent, so the other server notices nothing.
 */
final class SendWatch
{
    private final Standstill sent = new Standstill();
    private final CountersReader counters;
    private final int sentId;
    private final int limitId;
    private final int packetLength;

    /**
     * Prepares the watch; the first look comes later.
     *
     * @param counters      of the client; read only while the publication is open.
     * @param publicationId registration id of the publication.
     * @param packetLength  longest packet of the stream, including Aeron's headers, in bytes.
     */
    SendWatch(final CountersReader counters, final long publicationId, final int packetLength)
    {
        this.counters = counters;
        this.packetLength = packetLength;
        sentId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID, publicationId);
        limitId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_SENDER_LIMIT_TYPE_ID, publicationId);
    }

    /**
     * Looks once more; to be called at even intervals.
     *
     * @param published position up to which the stream is written.
     * @return whether in all looks of three peer time-outs nothing was sent although it could have been.
     */
    boolean isStandingStill(final long published)
    {
        if (sentId == CountersReader.NULL_COUNTER_ID || limitId == CountersReader.NULL_COUNTER_ID)
        {
            // The driver has ended the publication; the notice of that is on its way.
            return false;
        }

        final long position = counters.getCounterValue(sentId);

        return sent.look(position, position < published && counters.getCounterValue(limitId) -
            position >= packetLength);
    }
}
