/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class BulkCheckTest
{
    private static final int[] LENGTHS = { 0, 1, 150, 4087, 4088, 4089, 4096, 8184, 8185, 20_000 };

    /**
     * Servers of adjacent versions compare these sums: the number, least significant byte first, then the bytes of a
     * message.
     */
    @Test
    void shouldSumUpNumbersAndBytesOfAnyLength()
    {
        final SeededRandom random = new SeededRandom(3);
        final BulkCheck check = new BulkCheck();
        final CRC32C expected = new CRC32C();
        for (final int length : LENGTHS)
        {
            final long zxid = random.nextLong(Long.MAX_VALUE);
            final byte[] bytes = new byte[length + 5];
            for (int i = 0; i < bytes.length; i++)
            {
                bytes[i] = (byte)random.nextLong(256);
            }

            check.on(zxid, new UnsafeBuffer(bytes), 5, length);

            expected.update(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, zxid));
            expected.update(bytes, 5, length);
            assertEquals((int)expected.getValue(), check.crc(), "after a message of " + length);
        }
        assertEquals(LENGTHS.length, check.count());
    }
}
