/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.engine.BrokenInvariantException;
import org.junit.jupiter.api.Test;

class OriginTableTest
{
    private final OriginTable origins = new OriginTable();

    @Test
    void shouldTakeRisingSequencesOnly()
    {
        origins.onTxn(1, 1, 5);
        origins.onTxn(1, 1, 9);
        origins.onTxn(1, 2, 1);

        assertThrows(BrokenInvariantException.class, () -> origins.onTxn(1, 2, 1));
        assertThrows(BrokenInvariantException.class, () -> origins.onTxn(1, 1, 100));
    }

    @Test
    void shouldListOriginsInOrderOfTheirIds()
    {
        origins.onTxn(9, 1, 1);
        origins.onTxn(2, 4, 7);

        assertArrayEquals(new long[]{ 2, 9 }, origins.sortedServers());
        assertEquals(4, origins.incarnation(2));
        assertEquals(7, origins.sequence(2));
    }
}
