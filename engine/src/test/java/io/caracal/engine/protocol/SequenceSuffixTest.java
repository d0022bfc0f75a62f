/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceSuffixTest
{
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SequenceSuffix.LENGTH_MAX + 2]);

    private String suffix(final int sequence)
    {
        final int length = SequenceSuffix.encode(sequence, buffer, 1);
        assertEquals(length, SequenceSuffix.length(sequence));

        return buffer.getStringWithoutLengthAscii(1, length);
    }

    @ParameterizedTest
    @CsvSource({ "0,0000000000", "7,0000000007", "2147483647,2147483647", "-1,-000000001", "-2147483647,-2147483647",
        "-2147483648,-2147483648", "-1000000000,-1000000000", "-999999999,-999999999" })
    void shouldPadToTenCharacters(final int sequence, final String expected)
    {
        assertEquals(expected, suffix(sequence));
    }

    @Test
    void shouldAgreeWithFormatter()
    {
        final Random random = new Random(7);

        for (int i = 0; i < 10_000; i++)
        {
            final int sequence = random.nextInt() >> random.nextInt(32);
            assertEquals(String.format(Locale.ROOT, "%010d", sequence), suffix(sequence));
        }
    }
}
