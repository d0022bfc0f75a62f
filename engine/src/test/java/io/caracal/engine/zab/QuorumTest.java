/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.collections.ArrayUtil;
import org.junit.jupiter.api.Test;

class QuorumTest
{
    @Test
    void shouldReachWhatMoreThanHalfHaveReached()
    {
        assertEquals(5, reached(5));
        assertEquals(3, reached(5, 3));
        assertEquals(4, reached(9, 4, 1));
        assertEquals(2, reached(9, 8, 2, 1));
        assertEquals(3, reached(9, 8, 3, 2, 1));
    }

    private static long reached(final long... positions)
    {
        final long[] voters = new long[positions.length];
        for (int i = 0; i < voters.length; i++)
        {
            voters[i] = i + 1L;
        }

        return new Quorum(voters).reachedByQuorum(positions, new long[positions.length]);
    }

    @Test
    void shouldKnowWhoVotes()
    {
        final Quorum quorum = new Quorum(9, 3, 5);

        assertEquals(0, quorum.indexOf(3));
        assertEquals(2, quorum.indexOf(9));
        assertEquals(ArrayUtil.UNKNOWN_INDEX, quorum.indexOf(4));
    }

    @Test
    void shouldRefuseAnEnsembleOfNobody()
    {
        assertThrows(IllegalArgumentException.class, Quorum::new);
    }
}
