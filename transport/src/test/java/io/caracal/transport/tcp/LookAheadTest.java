/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Tests that frames which arrived together may be looked at before they are handed over. */
class LookAheadTest
{
    private static final int FRAME_LENGTH = 12;
    private static final int WHOLE_LENGTH = Integer.BYTES + FRAME_LENGTH;

    /** Looks at two frames at a time. */
    private static final class Watcher implements ClientHandler
    {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
            final int port)
        {
            calls.add("connect");
        }

        @Override
        public int lookAhead(final DirectBuffer buffer, final int offset, final int limit)
        {
            calls.add("look " + buffer.getByte(offset + Integer.BYTES) + " of " + (limit - offset) / WHOLE_LENGTH);
            return Math.min(limit, offset + 2 * WHOLE_LENGTH);
        }

        @Override
        public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
            final long arrivalNs)
        {
            calls.add("frame " + buffer.getByte(offset));
            return true;
        }

        @Override
        public void onDisconnect(final long connectionId)
        {
            calls.add("disconnect");
        }
    }

    private static byte[] frames(final int first, final int count)
    {
        final ByteBuffer bytes = ByteBuffer.allocate(count * WHOLE_LENGTH);
        for (int i = 0; i < count; i++)
        {
            bytes.putInt(FRAME_LENGTH).put((byte)(first + i)).position((i + 1) * WHOLE_LENGTH);
        }

        return bytes.array();
    }

    @Test
    void shouldOfferWhatArrivedTogetherAndGoOnWhereTheLookEnded()
    {
        final Watcher watcher = new Watcher();
        try (TcpFixture fixture = new TcpFixture(new TransportContext().threading(Threading.SHARED)))
        {
            final SocketClient client = fixture.connect();
            client.send(frames(1, 1));
            fixture.await(watcher, "the first frame", () -> watcher.calls.contains("frame 1"));
            client.send(frames(2, 5));
            fixture.await(watcher, "the others", () -> watcher.calls.contains("frame 6"));
        }

        assertEquals(List.of("connect", "frame 1", "look 2 of 5", "frame 2", "frame 3", "look 4 of 3", "frame 4",
            "frame 5", "frame 6"), watcher.calls);
    }
}
