/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

class RequestDecoderFuzzTest
{
    private static final List<RequestDecoder> DECODERS = RequestSamples.decoders();

    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldDecodeAnyFrameWithinItsBounds(final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(frame);

        for (final RequestDecoder decoder : DECODERS)
        {
            if (decoder.wrap(buffer, 0, frame.length))
            {
                assertTrue(decoder.encodedLength() <= frame.length, "a record ends within its frame");
                RequestSamples.touch(decoder);
                assertDecodesAlone(decoder, frame);
            }
        }
    }

    /** Asserts that bytes after a record have no influence on it. */
    private static void assertDecodesAlone(final RequestDecoder decoder, final byte[] frame)
    {
        final int length = decoder.encodedLength();
        final UnsafeBuffer alone = new UnsafeBuffer(frame, 0, length);
        assertTrue(decoder.wrap(alone, 0, length), "a record decodes without what follows it");
        assertEquals(length, decoder.encodedLength(), "length without what follows");
        RequestSamples.touch(decoder);
    }
}
