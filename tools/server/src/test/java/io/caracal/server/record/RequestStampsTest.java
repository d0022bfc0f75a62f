/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class RequestStampsTest
{
    private static final long ARRIVAL = 1000;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordRing.STAMPS_LENGTH]);

    private RequestStamps stamps(final long taken, final long proposed, final long durable, final long committed,
        final long answered, final long left)
    {
        record.putLong(RecordRing.TAKEN, taken);
        record.putLong(RecordRing.PROPOSED, proposed);
        record.putLong(RecordRing.DURABLE, durable);
        record.putLong(RecordRing.COMMITTED, committed);
        record.putLong(RecordRing.ANSWERED, answered);
        record.putLong(RecordRing.LEFT, left);

        return RequestStamps.of(ARRIVAL, record, 0);
    }

    /** Every part of the time of a read is attributed to a stage. */
    @Test
    void shouldTellTheTimeOfAReadWithinItsCycle()
    {
        final long none = RecordRing.UNKNOWN;
        assertEquals(new RequestStamps(160, 10, 100, RequestStamps.NONE, RequestStamps.NONE, RequestStamps.NONE,
            RequestStamps.NONE, 50), stamps(1010, none, none, none, 1110, 1160));
    }

    @Test
    void shouldTellTheStagesOfATransaction()
    {
        assertEquals(new RequestStamps(160, 10, RequestStamps.NONE, 20, 30, 40, 50, 40), stamps(1010, 1030, 1060, 1070,
            1120, 1160));
    }

    /** On a learner, the request comes back as a transaction that was proposed elsewhere. */
    @Test
    void shouldTellTheStagesOfAForwardedRequest()
    {
        final long none = RecordRing.UNKNOWN;
        assertEquals(new RequestStamps(160, 80, RequestStamps.NONE, RequestStamps.NONE, RequestStamps.NONE,
            RequestStamps.NONE, 20, 50), stamps(1080, none, none, 1090, 1110, 1160));
    }
}
