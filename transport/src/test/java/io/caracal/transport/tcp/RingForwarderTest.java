/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.DirectMemory;
import java.io.ByteArrayOutputStream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingForwarderTest
{
    private static final int RING_LENGTH = 64 << 10;
    private static final int SMALL = 100;
    private static final int LARGE = 3 * RING_LENGTH;
    private static final long ONE = 1;
    private static final long OTHER = 2;

    private final DirectMemory memory = new DirectMemory(1 << 20);
    private final GatewayLink link = new GatewayLink(memory, RING_LENGTH);
    private final RingForwarder forwarder = new RingForwarder(link, () ->
    {
    });
    private final UnsafeBuffer small = new UnsafeBuffer(new byte[SMALL]);
    private final UnsafeBuffer large = new UnsafeBuffer(new byte[LARGE]);
    private final ByteArrayOutputStream crossed = new ByteArrayOutputStream();

    RingForwarderTest()
    {
        for (int i = 0; i < LARGE; i++)
        {
            large.putByte(i, (byte)(i * 31));
        }
    }

    @AfterEach
    void close()
    {
        link.close();
        assertEquals(0, memory.totalBytes());
    }

    @Test
    void shouldKeepALargeFrameOfWhichNothingFoundRoom()
    {
        fill();
        assertFalse(offerLarge());
        assertFalse(offerLarge());

        sendLarge();
    }

    @Test
    void shouldSendTheNextLargeFrameOfAConnectionWhole()
    {
        sendLarge();
        fill();
        assertFalse(offerLarge());
        sendLarge();
    }

    @Test
    void shouldForgetWhatWasSentOfALargeFrameWhoseConnectionEnds()
    {
        assertFalse(offerLarge());
        drain();
        crossed.reset();
        forwarder.onDisconnect(OTHER);

        sendLarge();
    }

    private void fill()
    {
        boolean isTaken = true;
        while (isTaken)
        {
            isTaken = forwarder.onFrame(ONE, small, 0, SMALL, 0);
        }
    }

    private boolean offerLarge()
    {
        return forwarder.onFrame(OTHER, large, 0, LARGE, 0);
    }

    private void sendLarge()
    {
        for (boolean isTaken = false; !isTaken; drain())
        {
            isTaken = offerLarge();
        }

        assertTrue(new UnsafeBuffer(crossed.toByteArray()).equals(large), crossed.size() + " bytes");
        crossed.reset();
    }

    private void drain()
    {
        // A read ends where the ring wraps around, perhaps without a message.
        while (link.toEngine.size() > 0)
        {
            link.toEngine.read(this::onMessage);
        }
    }

    private void onMessage(final int type, final MutableDirectBuffer buffer, final int offset, final int length)
    {
        if (type == RingMessage.FRAME_HEAD || type == RingMessage.FRAME_PART)
        {
            assertEquals(OTHER, buffer.getLong(offset + RingMessage.ID_OFFSET));
            assertEquals(type == RingMessage.FRAME_HEAD, crossed.size() == 0);
            final int payload = type == RingMessage.FRAME_HEAD ? RingMessage.HEAD_PAYLOAD_OFFSET :
                RingMessage.PAYLOAD_OFFSET;
            final byte[] piece = new byte[length - payload];
            buffer.getBytes(offset + payload, piece);
            crossed.writeBytes(piece);
        }
    }
}
