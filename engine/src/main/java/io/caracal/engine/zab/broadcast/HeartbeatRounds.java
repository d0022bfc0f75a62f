/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.zab.Quorum;
import org.agrona.collections.ArrayUtil;

/**
 * Tracks the heartbeat rounds of a leader and which voters have answered them. When a quorum has answered a round, this
 * server was still the leader at some moment after the round was sent. This conclusion needs no clock of any other
 * server.
 */
public final class HeartbeatRounds
{
    /** Number of rounds whose sending time is remembered. */
    private static final int ROUNDS_KEPT = 256;
    /** Number of unanswered rounds from which on none begins early; half of the rounds that are remembered. */
    private static final int UNDER_WAY_MAX = ROUNDS_KEPT / 2;

    private final Quorum quorum;
    private final int self;
    private final long[] answeredByVoter;
    private final long[] scratch;
    private final long[] sentNs = new long[ROUNDS_KEPT];
    private long round;
    private long quorumRound;

    /**
     * Creates a tracker; no round has been sent yet.
     *
     * @param quorum   of voters.
     * @param serverId of the leader, which answers itself at once.
     * @param nowNs    monotonic time.
     */
    public HeartbeatRounds(final Quorum quorum, final long serverId, final long nowNs)
    {
        this.quorum = quorum;
        self = quorum.indexOf(serverId);
        answeredByVoter = new long[quorum.voterCount()];
        scratch = new long[quorum.voterCount()];
        sentNs[0] = nowNs;
    }

    /**
     * Begins a round.
     *
     * @param nowNs monotonic time.
     * @return its number, greater than zero.
     */
    public long begin(final long nowNs)
    {
        round++;
        sentNs[(int)(round % ROUNDS_KEPT)] = nowNs;
        answer(self, round);

        return round;
    }

    /**
     * Whether a round may begin early because a caller waits for one. This is not allowed while very many rounds are
     * unanswered. Otherwise the sending time of the last answered round would be forgotten, and with it the fact that a
     * quorum was heard recently.
     *
     * @return false while many rounds are under way.
     */
    public boolean mayBeginEarly()
    {
        return round - quorumRound < UNDER_WAY_MAX;
    }

    /**
     * The present round.
     *
     * @return its number, 0 before the first.
     */
    public long round()
    {
        return round;
    }

    /**
     * A voter answered.
     *
     * @param voter  its id; others do not count.
     * @param number of the round that it answered.
     */
    public void onAnswer(final long voter, final long number)
    {
        final int index = quorum.indexOf(voter);
        if (index != ArrayUtil.UNKNOWN_INDEX)
        {
            answer(index, number);
        }
    }

    private void answer(final int index, final long number)
    {
        if (number <= round && number > answeredByVoter[index])
        {
            answeredByVoter[index] = number;
            quorumRound = quorum.reachedByQuorum(answeredByVoter, scratch);
        }
    }

    /**
     * Last round that a quorum answered.
     *
     * @return its number, 0 when there is none.
     */
    public long quorumRound()
    {
        return quorumRound;
    }

    /**
     * A moment after which a quorum was still following: the time at which the last round that a quorum answered was
     * sent.
     *
     * @return monotonic time.
     */
    public long quorumContactNs()
    {
        return round - quorumRound < ROUNDS_KEPT ? sentNs[(int)(quorumRound % ROUNDS_KEPT)] : Long.MIN_VALUE / 2;
    }
}
