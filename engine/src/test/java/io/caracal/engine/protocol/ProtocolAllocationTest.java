/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static io.caracal.engine.protocol.RequestSamples.bytes;
import static io.caracal.engine.protocol.RequestSamples.lastPart;
import static io.caracal.engine.protocol.RequestSamples.openAcl;
import static io.caracal.engine.protocol.RequestSamples.part;
import static io.caracal.engine.protocol.RequestSamples.text;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ProtocolAllocationTest
{
    @Test
    void shouldDecodeWithoutAllocating()
    {
        final MultiRequestDecoder multi = MultiRequestDecoder.ofWrites();
        final UnsafeBuffer request = new UnsafeBuffer(bytes(w -> lastPart(openAcl(text(text(part(w, OpCode.CREATE),
            "/a"),
            "data")).writeInt(0))));
        final RequestDecoder[] decoders = RequestSamples.decoders().toArray(new RequestDecoder[0]);

        Allocation.assertNone(() ->
        {
            assertTrue(multi.wrap(request, 0, request.capacity()) && multi.next());
            assertTrue(PathRules.isValid(multi.buffer(), multi.create().pathOffset(), multi.create().pathLength()));

            for (final RequestDecoder decoder : decoders)
            {
                decoder.wrap(request, 0, request.capacity());
            }
        });
    }

    @Test
    void shouldEncodeWithoutAllocating()
    {
        final ReplyEncoder reply = new ReplyEncoder();
        final UnsafeBuffer target = new UnsafeBuffer(new byte[256]);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[16]);
        final int length = ReplyLength.ofRangeAndStat(16);

        Allocation.assertNone(() ->
        {
            reply.begin(target, 0, length, 1, 2, 0).writeRange(source, 0, 16);
            reply.stat().zxids(1, 2, 3).ephemeralOwner(4);
            reply.end();
            WatchEventEncoder.encode(target, 0, 1, 2, source, 0, 16);
            ConnectResponseEncoder.accept(target, 0, true, false, 1, 2, source, 0);
            SequenceSuffix.encode(-5, target, 0);
        });
    }
}
