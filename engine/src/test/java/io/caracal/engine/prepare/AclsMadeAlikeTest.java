/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.acl.AclNormalizer;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.RequestSamples;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A client sends an ACL of as many entries as are allowed, all as long as fits into a request, all different, and all
 * the same to a hash that multiplies by 31.
 */
class AclsMadeAlikeTest extends PreparerFixture
{
    private static final int COMMON_LENGTH = 880;
    private static final int PAIRS = 10;

    private static String id(final int number)
    {
        final StringBuilder id = new StringBuilder("x".repeat(COMMON_LENGTH));
        for (int bit = 0; bit < PAIRS; bit++)
        {
            id.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }

        return id.append(":h").toString();
    }

    @Test
    void shouldNotCompareEachEntryWithEachOther()
    {
        final byte[] bytes = RequestSamples.bytes(writer ->
        {
            RequestSamples.text(writer, "/").writeInt(AclNormalizer.ENTRIES_MAX);
            for (int i = 0; i < AclNormalizer.ENTRIES_MAX; i++)
            {
                RequestSamples.entry(writer, Perms.ALL, "digest", id(i));
            }
            writer.writeInt(ANY_VERSION);
        });
        final CountingBuffer request = new CountingBuffer(bytes);
        final RequestContext context = new RequestContext().of(SESSION, new Identities(), 0).from(1, 0);
        begin(session);

        assertEquals(ErrorCode.OK, preparer.prepare(OpCode.SET_ACL, request, 0, bytes.length, session, context));
        assertTrue(request.reads < bytes.length, () -> request.reads + " words read of " + bytes.length + " bytes");
    }

    /** Counts the words that are read. */
    private static final class CountingBuffer extends UnsafeBuffer
    {
        private long reads;

        CountingBuffer(final byte[] bytes)
        {
            super(bytes);
        }

        @Override
        public long getLong(final int index)
        {
            reads++;
            return super.getLong(index);
        }
    }
}
