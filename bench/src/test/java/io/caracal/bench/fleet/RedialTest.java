/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedialTest
{
    @Test
    void shouldDealOutWhatOneServerHadToAllOthers()
    {
        final int[] asked = new int[7];
        for (int index = 3; index < 7 * 600; index += 7)
        {
            asked[Redial.turn(index, 0, 7)]++;
        }
        assertArrayEquals(new int[]{ 100, 100, 100, 0, 100, 100, 100 }, asked);
    }

    @Test
    void shouldAskEachServerAgainAndAgain()
    {
        for (int servers = 1; servers <= 9; servers++)
        {
            for (int index = 0; index < 3 * servers; index++)
            {
                final Set<Integer> asked = new HashSet<>();
                for (int attempt = 0; attempt < 2 * servers; attempt++)
                {
                    asked.add(Redial.turn(index, attempt, servers));
                }
                assertEquals(servers, asked.size(), index + " of " + servers);
            }
        }
    }
}
