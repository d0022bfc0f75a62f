/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** A connection with much to send must not keep others from the available room. */
class TurnsTest
{
    private static final int FRAME_LENGTH = 1000;
    private static final int FRAMES = 300;
    private static final int TURNS = 4;

    /** Takes frames of one connection only in each cycle. */
    private static final class NarrowHandler implements ClientHandler
    {
        private final List<Long> served = new ArrayList<>();
        private final Deque<Long> refused = new ArrayDeque<>();
        private boolean isOpen;
        private long first;
        private int arrivedCount;

        @Override
        public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
            final int port)
        {
            arrivedCount++;
        }

        @Override
        public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
            final long arrivalNs)
        {
            if (isOpen && first == 0)
            {
                first = connectionId;
                served.add(connectionId);
            }

            final boolean isTaken = connectionId == first;
            if (!isTaken)
            {
                refused.add(connectionId);
            }

            return isTaken;
        }

        @Override
        public void onDisconnect(final long connectionId)
        {
            refused.remove(connectionId);
        }
    }

    private static byte[] frames()
    {
        final ByteBuffer bytes = ByteBuffer.allocate(FRAMES * (Integer.BYTES + FRAME_LENGTH));
        for (int i = 0; i < FRAMES; i++)
        {
            bytes.putInt(FRAME_LENGTH).position((i + 1) * (Integer.BYTES + FRAME_LENGTH));
        }

        return bytes.array();
    }

    @Test
    void shouldVisitWhoWasRefusedBeforeWhoTookAll()
    {
        final NarrowHandler handler = new NarrowHandler();
        try (TcpFixture fixture = new TcpFixture(new TransportContext().threading(Threading.SHARED)))
        {
            final int sent = fixture.connect().send(frames()) + fixture.connect().send(frames());
            assertEquals(2 * frames().length, sent);
            fixture.await(handler, "both", () -> handler.arrivedCount == 2 && handler.refused.size() == 2);

            handler.isOpen = true;
            for (int i = 0; i < TURNS; i++)
            {
                handler.first = 0;
                for (int left = handler.refused.size(); left > 0; left--)
                {
                    fixture.port().resume(handler.refused.poll());
                }
                fixture.port().poll(handler);
            }
        }

        final long one = handler.served.get(0);
        final long other = handler.served.get(1);
        assertNotEquals(one, other);
        assertEquals(List.of(one, other, one, other), handler.served);
    }
}
