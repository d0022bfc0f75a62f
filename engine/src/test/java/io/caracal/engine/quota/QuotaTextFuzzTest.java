/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

class QuotaTextFuzzTest
{
    @FuzzTest(maxDuration = "20s", maxExecutions = 60_000)
    void shouldAgreeWithReference(final byte[] written)
    {
        final QuotaText text = new QuotaText().parse(new UnsafeBuffer(written), 0, written.length);

        assertEquals(reference(written, "count"), text.count());
        assertEquals(reference(written, "bytes"), text.bytes());
        assertEquals(reference(written, "countHardLimit"), text.countHardLimit());
        assertEquals(reference(written, "byteHardLimit"), text.byteHardLimit());
    }

    private static long reference(final byte[] written, final String key)
    {
        long value = QuotaText.UNSET;

        for (final String pair : new String(written, StandardCharsets.ISO_8859_1).split("[,;]", -1))
        {
            final String[] parts = pair.split("=", -1);

            if (parts.length > 1 && parts[0].equals(key))
            {
                value = number(parts[1]);
            }
        }

        return value;
    }

    private static long number(final String digits)
    {
        if (!digits.matches("[-+]?[0-9]+"))
        {
            return QuotaText.UNSET;
        }

        try
        {
            final long value = Long.parseLong(digits);
            return value == Long.MIN_VALUE ? QuotaText.UNSET : value;
        }
        catch (final NumberFormatException tooLong)
        {
            return QuotaText.UNSET;
        }
    }
}
