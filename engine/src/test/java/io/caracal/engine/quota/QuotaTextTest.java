/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTextTest
{
    private final QuotaText text = new QuotaText();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[QuotaText.LENGTH_MAX + 1]);

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
        "count=3,bytes=10 | 3 10 -1 -1",
        "count=-1,bytes=-1=;byteHardLimit=7;countHardLimit=5 | -1 -1 5 7",
        "count=4,bytes=5=;countHardLimit=10;byteHardLimit=11 | 4 5 10 11",
        "count=4=;countHardLimit=10 | 4 -1 10 -1",
        "null | -1 -1 -1 -1",
        ",;,; | -1 -1 -1 -1",
        "count | -1 -1 -1 -1",
        "count= | -1 -1 -1 -1",
        "count==5 | -1 -1 -1 -1",
        "count=5=6 | 5 -1 -1 -1",
        "count=x,bytes=1x | -1 -1 -1 -1",
        "count=-,bytes=- | -1 -1 -1 -1",
        "count=+5,bytes=+ | 5 -1 -1 -1",
        "count=+-5,bytes=-+6 | -1 -1 -1 -1",
        "count=1,count=2 | 2 -1 -1 -1",
        "counts=1,Count=2, bytes=3 | -1 -1 -1 -1",
        "count=-7,bytes=007 | -7 7 -1 -1",
        "count=9223372036854775807,bytes=9223372036854775808 | 9223372036854775807 -1 -1 -1",
        "count=99999999999999999999 | -1 -1 -1 -1" })
    void shouldRead(final String written, final String expected)
    {
        final byte[] bytes = written == null ? new byte[0] : written.getBytes(StandardCharsets.UTF_8);
        text.parse(new UnsafeBuffer(bytes), 0, bytes.length);

        assertEquals(expected, text.count() + " " + text.bytes() + " " + text.countHardLimit() + " " +
            text.byteHardLimit());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "3 | 10 | count=3,bytes=10", "-1 | 0 | count=-1,bytes=0" })
    void shouldWriteUsage(final long count, final long bytes, final String expected)
    {
        final int length = QuotaText.format(count, bytes, buffer, 1);

        assertEquals(expected, buffer.getStringWithoutLengthAscii(1, length));
        text.parse(buffer, 1, length);
        assertEquals(count, text.count());
        assertEquals(bytes, text.bytes());
    }

    @Test
    void shouldFitItsLimit()
    {
        final long longest = -Long.MAX_VALUE;
        final int length = QuotaText.format(longest, longest, buffer, 0);

        assertEquals(longest, text.parse(buffer, 0, length).bytes());
    }
}
