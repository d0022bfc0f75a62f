/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.acl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.agrona.concurrent.UnsafeBuffer;

class IdentitiesDecoderFuzzTest
{
    private final IdentitiesDecoder decoder = new IdentitiesDecoder();

    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldTakeWhatItWouldWriteAndNothingElse(final byte[] written)
    {
        final boolean isWhole = decoder.wrap(new UnsafeBuffer(written), 0, written.length);
        final Identities identities = decoder.identities();
        if (isWhole)
        {
            final byte[] again = new byte[IdentitiesEncoder.length(identities, identities.count())];
            IdentitiesEncoder.encode(identities, identities.count(), new UnsafeBuffer(again), 0);
            assertArrayEquals(written, again);
        }
        else
        {
            assertEquals(0, identities.count());
        }
    }
}
