/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.caracal.engine.SeededRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PendingRequestsTest
{
    private static final int STEPS = 20_000;

    @Test
    void shouldFindWhatIsOnItsWayWhateverLeavesInBetween()
    {
        final SeededRandom random = new SeededRandom(11);
        final PendingRequests pending = new PendingRequests();
        final TreeMap<Long, InFlight> model = new TreeMap<>();
        for (int i = 0; i < STEPS; i++)
        {
            if (random.nextInt(100) < (i % 4000 < 2000 ? 60 : 40))
            {
                final InFlight request = new InFlight();
                model.put(pending.nextNumber(), request);
                pending.add(request);
            }
            else if (pending.lastNumber() > 0)
            {
                final long number = pending.firstNumber() - 1 + random.nextInt(pending.span() + 2);
                assertSame(model.remove(number), pending.remove(number));
            }
            assertSame(model.isEmpty() ? null : model.firstEntry().getValue(), pending.first());
            assertEquals(model.isEmpty() ? pending.nextNumber() : model.firstKey(), pending.firstNumber());
        }
        for (final long number : model.keySet().stream().toList())
        {
            assertSame(model.get(number), pending.find(number));
            assertSame(model.get(number), pending.remove(number));
            assertNull(pending.remove(number));
        }
        assertEquals(0, pending.span());
    }
}
