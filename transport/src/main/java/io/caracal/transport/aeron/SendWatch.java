/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.aeron.AeronCounters;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells a stream that stands still because the own system refuses to send its packets, for example those that are
 * longer than an interface carries since it was changed: there is more to send, the other server has room for a packet,
 * and what was sent does not grow. Heartbeats are short and may go on, so that the other server notices nothing.
 */
final class SendWatch
{
    private final Standstill sent = new Standstill();
    private final CountersReader counters;
    private final int sentId;
    private final int limitId;
    private final int packetLength;

    /**
     * Looks for the first time later.
     *
     * @param counters      of the client; they are read only while the publication is open.
     * @param publicationId registration id of the publication.
     * @param packetLength  longest of the stream, headers of Aeron included, bytes.
     */
    SendWatch(final CountersReader counters, final long publicationId, final int packetLength)
    {
        this.counters = counters;
        this.packetLength = packetLength;
        sentId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID, publicationId);
        limitId = counters.findByTypeIdAndRegistrationId(AeronCounters.DRIVER_SENDER_LIMIT_TYPE_ID, publicationId);
    }

    /**
     * Looks once more; at even intervals.
     *
     * @param published how far the stream is written.
     * @return whether nothing was sent that could have been, in all looks of three peer time-outs.
     */
    boolean isStandingStill(final long published)
    {
        if (sentId == CountersReader.NULL_COUNTER_ID || limitId == CountersReader.NULL_COUNTER_ID)
        {
            // The driver has ended the publication; the news of it is on its way.
            return false;
        }

        final long position = counters.getCounterValue(sentId);

        return sent.look(position, position < published && counters.getCounterValue(limitId) -
            position >= packetLength);
    }
}
