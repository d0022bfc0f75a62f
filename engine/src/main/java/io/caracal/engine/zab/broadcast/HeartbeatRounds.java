/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.broadcast;

import io.caracal.engine.zab.Quorum;
import org.agrona.collections.ArrayUtil;

/**
 * Rounds of heartbeats of a leader, and who has answered which. When a quorum has answered a round, this server was
 * still the leader at some moment after the round was sent. That needs no clock of any other server.
 */
public final class HeartbeatRounds
{
    /** How many rounds it is remembered when they were sent. */
    private static final int ROUNDS_KEPT = 256;
    /** How many rounds may be unanswered before none begins early any more; half of those that are remembered. */
    private static final int UNDER_WAY_MAX = ROUNDS_KEPT / 2;

    private final Quorum quorum;
    private final int self;
    private final long[] answeredByVoter;
    private final long[] scratch;
    private final long[] sentNs = new long[ROUNDS_KEPT];
    private long round;
    private long quorumRound;

    /**
     * No round was sent yet.
     *
     * @param quorum   who votes.
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
     * Whether a round may begin before its time because somebody waits for one. Not while very many rounds are
     * unanswered: the time at which the last answered one was sent would be forgotten, and with it that a quorum has
     * been heard lately.
     *
     * @return false while many rounds are under way.
     */
    public boolean mayBeginEarly()
    {
        return round - quorumRound < UNDER_WAY_MAX;
    }

    /**
     * Present round.
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
     * A moment after which a quorum still followed: when the last round that it answered was sent.
     *
     * @return monotonic time.
     */
    public long quorumContactNs()
    {
        return round - quorumRound < ROUNDS_KEPT ? sentNs[(int)(quorumRound % ROUNDS_KEPT)] : Long.MIN_VALUE / 2;
    }
}
