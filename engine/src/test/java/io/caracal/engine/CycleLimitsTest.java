/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycleLimitsTest
{
    private static CycleLimits limits(final int... of)
    {
        return new CycleLimits(of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8], of[9]);
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
    void shouldBeOneAtLeast(final int index)
    {
        final int[] values = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
        assertDoesNotThrow(() -> limits(values));
        values[index] = 0;
        assertThrows(IllegalArgumentException.class, () -> limits(values));
    }
}
