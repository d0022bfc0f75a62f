/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.AeronCounters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;

class SendWatchTest
{
    private static final long PUBLICATION_ID = 42;
    private static final int PACKET_LENGTH = 1408;
    private static final int LOOKS_MAX = 12;
    private static final int STREAMS = 3;
    private static final int COUNTERS = 8;

    private final CountersManager counters = new CountersManager(new UnsafeBuffer(ByteBuffer.allocateDirect(COUNTERS *
        CountersReader.METADATA_LENGTH)), new UnsafeBuffer(ByteBuffer.allocateDirect(
            COUNTERS *
                CountersReader.COUNTER_LENGTH)));
    private final int sentId = counter(AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID);
    private final int limitId = counter(AeronCounters.DRIVER_SENDER_LIMIT_TYPE_ID);
    private final SendWatch watch = new SendWatch(counters, PUBLICATION_ID, PACKET_LENGTH);

    @Test
    void shouldTellPacketsThatTheOwnSystemDoesNotSend()
    {
        counters.setCounterValue(limitId, PACKET_LENGTH);
        looks(LOOKS_MAX, 32);
        assertTrue(watch.isStandingStill(32));
    }

    @Test
    void shouldNotTakeAPauseForAStandstill()
    {
        counters.setCounterValue(limitId, PACKET_LENGTH);
        looks(LOOKS_MAX, 32);
        counters.setCounterValue(sentId, 32);
        looks(LOOKS_MAX, 64);
        assertFalse(watch.isStandingStill(32), "all is sent");
        looks(LOOKS_MAX - 1, 64);
    }

    @Test
    void shouldNotTakeALackOfRoomAtTheOtherServerForAStandstill()
    {
        counters.setCounterValue(limitId, PACKET_LENGTH - 1);
        looks(3 * LOOKS_MAX, 32);
    }

    @Test
    void shouldJudgeNoPublicationThatEnded()
    {
        final SendWatch ended = new SendWatch(counters, PUBLICATION_ID + 1, PACKET_LENGTH);

        for (int i = 0; i <= LOOKS_MAX; i++)
        {
            assertFalse(ended.isStandingStill(32));
        }
    }

    /** Nothing is sent unless somebody runs the driver. */
    @Test
    void shouldFindTheCountersOfADriver()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.exchange(1, 2);
            final CountersReader real = cluster.port(1).driver().aeron().countersReader();
            final List<Long> publicationIds = new ArrayList<>();
            real.forEach((id, typeId, key, label) ->
            {
                if (AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID == typeId)
                {
                    publicationIds.add(real.getCounterRegistrationId(id));
                }
            });
            assertEquals(STREAMS, publicationIds.size());

            for (final long publicationId : publicationIds)
            {
                final SendWatch of = new SendWatch(real, publicationId, PACKET_LENGTH);

                for (int i = 0; i < LOOKS_MAX; i++)
                {
                    assertFalse(of.isStandingStill(Long.MAX_VALUE));
                }

                assertTrue(of.isStandingStill(Long.MAX_VALUE));
            }
        }
    }

    private void looks(final int count, final long published)
    {
        for (int i = 0; i < count; i++)
        {
            assertFalse(watch.isStandingStill(published), "look " + i);
        }
    }

    private int counter(final int typeId)
    {
        final int id = counters.allocate("of a test", typeId);
        counters.setCounterRegistrationId(id, PUBLICATION_ID);

        return id;
    }
}
