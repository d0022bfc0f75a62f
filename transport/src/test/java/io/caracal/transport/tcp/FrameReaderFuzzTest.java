/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.port.ClientHandler;
import io.caracal.transport.Threading;
import io.caracal.transport.TransportContext;
import io.caracal.transport.Words;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Feeds bytes to a socket in pieces of any length, and refuses some frames at first. Exactly the frames that a parser
 * of the whole stream finds must be handed over, once each and in order. The first length out of bounds ends the
 * connection.
 */
class FrameReaderFuzzTest
{
    private static final int FRAME_MAX = 20_000;
    private static final int PIECES_MAX = 6;

    @FuzzTest(maxDuration = "20s", maxExecutions = 3_000)
    void shouldHandOverWhatAParserOfTheWholeStreamFinds(final FuzzedDataProvider data)
    {
        BugDetectors.allowNetworkConnections();
        final byte[] stream = stream(data);
        final Expected expected = Expected.of(stream);
        final Recorder recorder = new Recorder(data.consumeInt(0, 3));
        try (TcpFixture fixture = new TcpFixture(new TransportContext().frameLengthMax(FRAME_MAX)
            .threading(Threading.SHARED)))
        {
            final SocketClient client = fixture.connect();
            int sent = 0;
            for (int i = data.consumeInt(0, PIECES_MAX); i > 0 && sent < stream.length; i--)
            {
                final int piece = data.consumeInt(1, stream.length - sent);
                sent += client.send(stream, sent, piece);
                fixture.port().poll(recorder);
                recorder.resume(fixture);
            }

            client.send(stream, sent, stream.length - sent);
            fixture.await(recorder, "frames", () ->
            {
                recorder.resume(fixture);
                return recorder.frames.size() >= expected.frames.size();
            });
            client.shutdownOutput();
            fixture.await(recorder, "the end", () ->
            {
                recorder.resume(fixture);
                return client.isEnded() || (recorder.ends > 0 && recorder.starts == recorder.ends);
            });
        }

        assertEquals(expected.frames.size(), recorder.frames.size());
        for (int i = 0; i < expected.frames.size(); i++)
        {
            assertArrayEquals(expected.frames.get(i), recorder.frames.get(i));
        }
    }

    /** Creates a stream whose lengths are valid more often than by chance. */
    private static byte[] stream(final FuzzedDataProvider data)
    {
        final ByteBuffer stream = ByteBuffer.allocate(1 << 17);
        for (int i = data.consumeInt(0, 8); i > 0; i--)
        {
            final int length = data.consumeBoolean() ? data.consumeInt(0, 300) : data.consumeInt(0, FRAME_MAX);
            final byte[] body = Arrays.copyOf(data.consumeBytes(Math.min(length, 64)), length);
            stream.putInt(data.consumeInt(0, 9) == 0 ? data.consumeInt() : length).put(body);
        }

        return Arrays.copyOf(stream.array(), stream.position());
    }

    /** The frames that the whole stream contains. */
    private static final class Expected
    {
        private final List<byte[]> frames = new ArrayList<>();

        static Expected of(final byte[] stream)
        {
            final Expected expected = new Expected();
            final ByteBuffer bytes = ByteBuffer.wrap(stream);
            while (bytes.remaining() >= Integer.BYTES)
            {
                final int length = bytes.getInt();
                final boolean isWord = expected.frames.isEmpty() && Words.isKnown(length);
                if (isWord || length < 0 || length > FRAME_MAX || length > bytes.remaining())
                {
                    break;
                }

                final byte[] frame = new byte[length];
                bytes.get(frame);
                expected.frames.add(frame);
            }

            return expected;
        }
    }

    /** Keeps the frames, and refuses some of them the first time. */
    private static final class Recorder implements ClientHandler
    {
        private final List<byte[]> frames = new ArrayList<>();
        private final int refuseEach;
        private long refusedConnection;
        private boolean isRefused;
        private int offered;
        private int starts;
        private int ends;

        private Recorder(final int refuseEach)
        {
            this.refuseEach = refuseEach;
        }

        void resume(final TcpFixture fixture)
        {
            if (isRefused)
            {
                isRefused = false;
                fixture.port().resume(refusedConnection);
            }
        }

        @Override
        public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
            final int port)
        {
            starts++;
        }

        @Override
        public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
            final long arrivalNs)
        {
            offered++;
            if (refuseEach > 0 && offered % (refuseEach + 1) == 0)
            {
                isRefused = true;
                refusedConnection = connectionId;
                return false;
            }

            final byte[] frame = new byte[length];
            buffer.getBytes(offset, frame);
            frames.add(frame);
            return true;
        }

        @Override
        public void onDisconnect(final long connectionId)
        {
            ends++;
        }
    }
}
