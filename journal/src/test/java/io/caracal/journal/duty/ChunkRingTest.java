/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler.Action;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkRingTest
{
    private static final int LENGTH = 64 * 1024;

    private final ChunkRing ring = new ChunkRing(LENGTH);
    private final List<String> heads = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @AfterEach
    void closeRing()
    {
        ring.close();
    }

    @Test
    void shouldPassOnAShortRecordWhole()
    {
        assertTrue(ring.offer(3, 7, 8, record(100), 10, 50));
        read();

        assertEquals(List.of("3 7 8 50 0"), heads);
        assertEquals(50, bytes.size());
    }

    @Test
    void shouldRefuseWhenFullAndSayWhenThereIsRoom()
    {
        int accepted = 0;
        while (ring.offer(1, accepted, 0, record(4000), 0, 4000))
        {
            accepted++;
        }

        assertTrue(accepted >= 10 && accepted <= LENGTH / 4000, "accepted " + accepted);
        read();
        assertTrue(ring.takeProducerWaits());
        assertFalse(ring.takeProducerWaits());
        assertTrue(ring.offer(1, 0, 0, record(4000), 0, 4000));
    }

    @Test
    void shouldPassOnARecordLargerThanItself()
    {
        final UnsafeBuffer large = record(5 * LENGTH);
        assertTrue(ring.offer(1, 9, 0, large, 0, large.capacity()));
        assertTrue(ring.isStaging());
        assertFalse(ring.offer(1, 10, 0, record(10), 0, 10));

        while (ring.isStaging())
        {
            read();
            ring.pump();
        }

        read();
        assertEquals(large.capacity(), bytes.size());
        assertEquals(large, new UnsafeBuffer(bytes.toByteArray()));
        assertTrue(ring.offer(1, 10, 0, record(10), 0, 10));
    }

    @Test
    void shouldKeepNoChunkShorterThanPromised()
    {
        final UnsafeBuffer large = record(3 * ChunkRing.CHUNK_LENGTH_MIN);
        assertTrue(ring.offer(1, 1, 0, large, 0, large.capacity()));
        read();

        assertTrue(heads.size() <= 3, heads.toString());
    }

    private void read()
    {
        int messages;
        do
        {
            messages = ring.read(this::onMessage, Integer.MAX_VALUE);
        }
        while (messages > 0);
    }

    private Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        heads.add(type + " " + ChunkRing.first(buffer, index) + " " + ChunkRing.second(buffer, index) + " " +
            ChunkRing.recordLength(buffer, index) + " " + ChunkRing.chunkOffset(buffer, index));
        final byte[] chunk = new byte[length - ChunkRing.PREFIX_LENGTH];
        buffer.getBytes(index + ChunkRing.PREFIX_LENGTH, chunk);
        bytes.writeBytes(chunk);
        return Action.CONTINUE;
    }

    private static UnsafeBuffer record(final int length)
    {
        final byte[] random = new byte[length];
        new Random(length).nextBytes(random);
        return new UnsafeBuffer(random);
    }
}
