/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.Quorum;
import org.junit.jupiter.api.Test;

class HeartbeatRoundsTest
{
    private static final long SELF = 1;
    private static final long OTHER = 2;
    private static final long OBSERVER = 9;
    private static final long GAP_NS = 100;

    private final HeartbeatRounds rounds = new HeartbeatRounds(new Quorum(SELF, OTHER, 3), SELF, 0);

    private void begin(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            rounds.begin((rounds.round() + 1) * GAP_NS);
        }
    }

    @Test
    void shouldTellWhenTheLastRoundWasSentThatAQuorumAnswered()
    {
        begin(5);
        rounds.onAnswer(OBSERVER, 5);
        assertEquals(0, rounds.quorumRound(), "an observer does not count");
        rounds.onAnswer(OTHER, 3);
        assertEquals(3, rounds.quorumRound());
        assertEquals(3 * GAP_NS, rounds.quorumContactNs());
        rounds.onAnswer(OTHER, 2);
        assertEquals(3, rounds.quorumRound(), "a late answer takes nothing back");
    }

    @Test
    void shouldNotCountAnAnswerToARoundThatHasNotBegun()
    {
        begin(5);
        rounds.onAnswer(OTHER, 6);
        assertEquals(0, rounds.quorumRound());
        begin(1);
        assertEquals(0, rounds.quorumRound(), "whoever said so did not hear that round");
    }

    /** Else a leader that nobody has answered for long would be sure of itself. */
    @Test
    void shouldNotTakeTheTimeOfALaterRoundForThatOfTheLastAnsweredOne()
    {
        begin(1);
        rounds.onAnswer(OTHER, 1);
        int more = 0;
        while (rounds.quorumContactNs() == GAP_NS)
        {
            begin(1);
            more++;
        }
        begin(2 * more);
        assertTrue(rounds.quorumContactNs() < 0, "as if no quorum was ever heard");
    }

    @Test
    void shouldBeginNoRoundEarlyThatWouldMakeItForgetTheLastAnsweredOne()
    {
        begin(1);
        rounds.onAnswer(OTHER, 1);
        while (rounds.mayBeginEarly())
        {
            begin(1);
        }
        assertEquals(GAP_NS, rounds.quorumContactNs());
        rounds.onAnswer(OTHER, rounds.round());
        assertTrue(rounds.mayBeginEarly());
        assertFalse(rounds.quorumRound() < rounds.round());
    }
}
