/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceHeaderTest
{
    private static final int LENGTH = 1 << 30;

    /** A stream may last for years, and its datagrams are counted in an integer. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, (1 << 24) - 1, 1 << 24, (1 << 24) + 5, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 })
    void shouldCountOnForEver(final int sequence)
    {
        final long header = PieceHeader.pack(PieceHeader.NEXT, sequence, LENGTH);

        assertTrue(PieceHeader.isInSequence(header, sequence));
        assertFalse(PieceHeader.isInSequence(header, sequence + 1));
        assertFalse(PieceHeader.isInSequence(header, sequence - 1));
        assertEquals(PieceHeader.NEXT, PieceHeader.kind(header));
        assertEquals(LENGTH, PieceHeader.messageLength(header));
    }
}
