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
        for (long server = 255; server > 1; server -= 23)
        {
            origins.onTxn(server, 1, 1);
        }
        origins.onTxn(2, 4, 7);

        assertArrayEquals(new long[]{ 2, 25, 48, 71, 94, 117, 140, 163, 186, 209, 232, 255 }, origins.sortedServers());
        assertEquals(4, origins.incarnation(2));
        assertEquals(7, origins.sequence(2));
    }
}
