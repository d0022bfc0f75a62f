/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.PeerLinks;
import org.junit.jupiter.api.Test;

class PatienceTest
{
    private final Ensemble members = new Ensemble(new long[]{ 1, 2, 3 }, new long[0]);
    private final Patience patience =
        new Patience(new PeerLinks(members, 1), members.size(), new EnsembleTimes(10, 100, 350, 20, 0, 0));

    private void falseAlarm(final long server, final long watchNs)
    {
        patience.onGivenUp(server, watchNs);
        assertTrue(patience.onBack(server, watchNs + 10));
    }

    @Test
    void shouldDoubleAfterEachFalseAlarmUpToItsBound()
    {
        assertEquals(100, patience.timeoutNs());
        falseAlarm(2, 1000);
        assertEquals(200, patience.timeoutNs());
        falseAlarm(3, 2000);
        assertEquals(350, patience.timeoutNs());
        falseAlarm(3, 3000);
        assertEquals(350, patience.timeoutNs());
    }

    @Test
    void shouldGoBackByHalvesAfterCalm()
    {
        falseAlarm(2, 0);
        falseAlarm(2, 0);
        patience.advance(Patience.CALM_NS);
        assertEquals(350, patience.timeoutNs());
        patience.advance(Patience.CALM_NS + 10);
        assertEquals(175, patience.timeoutNs());
        patience.advance(Patience.CALM_NS + 20);
        assertEquals(175, patience.timeoutNs());
        patience.advance(2 * Patience.CALM_NS + 10);
        assertEquals(100, patience.timeoutNs());
    }

    @Test
    void shouldNotTakeADeathForAFalseAlarm()
    {
        patience.onGivenUp(2, 1000);
        patience.onProcessGone(2);
        assertFalse(patience.onBack(2, 1010));
        assertEquals(100, patience.timeoutNs());
    }

    @Test
    void shouldNotTakeALongHangForAFalseAlarm()
    {
        patience.onGivenUp(2, 1000);
        assertFalse(patience.onBack(2, 1351));
        assertEquals(100, patience.timeoutNs());
    }

    @Test
    void shouldNotCountABackThatWasNeverGivenUp()
    {
        assertFalse(patience.onBack(2, 1000));
        assertFalse(patience.onBack(99, 1000));
        assertEquals(100, patience.timeoutNs());
    }

    @Test
    void shouldCountAFalseAlarmOnce()
    {
        falseAlarm(2, 1000);
        assertFalse(patience.onBack(2, 1020));
        assertEquals(200, patience.timeoutNs());
    }
}
