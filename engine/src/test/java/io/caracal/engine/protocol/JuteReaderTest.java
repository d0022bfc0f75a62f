/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JuteReaderTest
{
    private final JuteReader reader = new JuteReader();

    private JuteReader over(final String digits)
    {
        final DirectBuffer buffer = RequestSamples.hex(digits);
        reader.wrap(buffer, 0, buffer.capacity());

        return reader;
    }

    @Test
    void shouldReadBigEndianValues()
    {
        over("fffffffe 0102030405060708 02 00 00000002 6869 ffffffff");

        assertEquals(-2, reader.readInt());
        assertEquals(0x0102030405060708L, reader.readLong());
        assertTrue(reader.readBool(), "any byte but zero is true");
        assertFalse(reader.readBool());
        assertEquals(2, reader.readRange());
        assertEquals('h', reader.buffer().getByte(reader.rangeOffset()));
        assertEquals(JuteReader.NULL, reader.readRange());
        assertTrue(reader.isOk());
        assertEquals(0, reader.remaining());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "00", "000000", "00000005 61626364", "fffffffe", "80000000", "7fffffff",
        "7fffffff 61" })
    void shouldFailOnRangesThatCannotBe(final String digits)
    {
        assertEquals(JuteReader.NULL, over(digits).readRange());
        assertFalse(reader.isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = { "00", "00000002 00000000", "7fffffff 00000000 00000000" })
    void shouldFailOnCountsThatCannotBe(final String digits)
    {
        assertEquals(JuteReader.NULL, over(digits).readCount(4));
        assertFalse(reader.isOk());
    }

    @Test
    void shouldTellNullVectorFromEmptyOne()
    {
        assertEquals(JuteReader.NULL, over("ffffffff").readCount(4));
        assertTrue(reader.isOk());
        assertEquals(0, over("00000000").readCount(4));
        assertTrue(reader.isOk());
    }

    @ParameterizedTest
    @ValueSource(strings = { "fffffffe", "fffffffe 00000000", "80000000" })
    void shouldTakeOtherNegativeCountsForThatOfAnEmptyVector(final String digits)
    {
        assertEquals(0, over(digits).readCount(4));
        assertTrue(reader.isOk());
        assertEquals(4, reader.position());
    }

    @Test
    void shouldStayFailed()
    {
        over("0000 0001");
        reader.readLong();

        assertFalse(reader.isOk());
        assertEquals(0, reader.readInt());
        assertEquals(0, reader.readLong());
        assertFalse(reader.readBool());
        assertEquals(JuteReader.NULL, reader.readRange());
        assertEquals(JuteReader.NULL, reader.readCount(4));
        assertEquals(JuteReader.NULL, reader.skipAcls());
        assertFalse(reader.isOk());
        assertEquals(0, reader.position());
    }

    @Test
    void shouldRefuseElementAboveLimit()
    {
        reader.elementLengthMax(3);

        assertEquals(3, over("00000003 616263").readRange());
        assertEquals(JuteReader.NULL, over("00000004 61626364").readRange());
        assertFalse(reader.isOk());
    }

    @Test
    void shouldNotReadBeyondItsPartOfTheBuffer()
    {
        reader.wrap(RequestSamples.hex("00000001 00000002 61"), 0, 7);

        assertEquals(1, reader.readInt());
        assertEquals(0, reader.readInt());
        assertFalse(reader.isOk());
    }

    @Test
    void shouldSkipAclEntries()
    {
        final byte[] acl = RequestSamples.bytes(w -> RequestSamples.entry(RequestSamples.entry(w.writeInt(2), 1, "ip",
            "::1"), 2, null, ""));
        reader.wrap(new UnsafeBuffer(acl), 0, acl.length);

        assertEquals(2, reader.skipAcls());
        assertTrue(reader.isOk());
        assertEquals(0, reader.remaining());
    }
}
