/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LingerTest
{
    private final Linger linger = new Linger();

    @Test
    void shouldTryAtEachOccasionWhileItPays()
    {
        for (int i = 0; i < 10; i++)
        {
            assertTrue(linger.isWorthTrying());
            linger.onPaid();
        }
    }

    @Test
    void shouldPassOverTwiceAsManyOccasionsAfterEachWaitInVain()
    {
        assertTrue(linger.isWorthTrying());
        linger.onVain();
        assertEquals(1, passedOver());
        linger.onVain();
        assertEquals(3, passedOver());
        linger.onVain();
        assertEquals(7, passedOver());
    }

    @Test
    void shouldNeverGiveUpForGood()
    {
        for (int i = 0; i < 100; i++)
        {
            linger.onVain();
        }

        assertEquals(Linger.PASSED_OVER_MAX, passedOver());
    }

    @Test
    void shouldBeginAnewAfterAWaitThatPaid()
    {
        linger.onVain();
        linger.onVain();
        passedOver();
        linger.onPaid();
        assertTrue(linger.isWorthTrying());
        linger.onVain();
        assertFalse(linger.isWorthTrying());
        assertTrue(linger.isWorthTrying());
    }

    private int passedOver()
    {
        int occasions = 0;
        while (!linger.isWorthTrying())
        {
            occasions++;
        }

        return occasions;
    }
}
