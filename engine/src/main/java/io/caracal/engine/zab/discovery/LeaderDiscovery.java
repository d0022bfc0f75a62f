/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.discovery;

import io.caracal.engine.zab.Quorum;
import java.util.Arrays;

/**
 * Phase 1 of ZAB on a leader: chooses an epoch later than any that a quorum of voters has promised, and counts the
 * voters that promise the new one.
 * <p>
 * A promise binds only a voter that remembers it, and a voter that loses its disk forgets it. So it is not enough that
 * each voter of a quorum has promised at some time: all of them must still have been there after the last one promised.
 * Each shows this by answering a heartbeat that was sent afterwards. A voter that loses its disk after that does no
 * harm. None of the others follows an earlier epoch any more, so no quorum for an earlier epoch can form around it.
 */
public final class LeaderDiscovery
{
    private static final long NO_PROMISE = Long.MAX_VALUE;
    private static final long EVERY_ROUND = Long.MAX_VALUE;

    /** Value of {@link #epoch} while no epoch is chosen yet. */
    public static final long NOT_CHOSEN = -1;

    private final Quorum quorum;
    private final boolean[] isInformed;
    private final long[] promisedRound;
    private final long[] answeredRound;
    private final boolean[] isIn;
    private long highestAccepted;
    private long epoch = NOT_CHOSEN;

    /**
     * Begins discovery with the promise of the leader itself.
     *
     * @param quorum        of voters.
     * @param serverId      of the leader, a voter.
     * @param acceptedEpoch highest promise of the leader, or a higher one of others that it heard of before.
     */
    public LeaderDiscovery(final Quorum quorum, final long serverId, final long acceptedEpoch)
    {
        this.quorum = quorum;
        isInformed = new boolean[quorum.voterCount()];
        promisedRound = new long[quorum.voterCount()];
        answeredRound = new long[quorum.voterCount()];
        isIn = new boolean[quorum.voterCount()];
        Arrays.fill(promisedRound, NO_PROMISE);
        answeredRound[quorum.indexOf(serverId)] = EVERY_ROUND;
        onAccepted(serverId, acceptedEpoch);
    }

    /**
     * A voter reports the highest epoch that it ever promised. Has no effect once the new epoch is chosen.
     *
     * @param voter         whose promises count.
     * @param acceptedEpoch its highest promise.
     */
    public void onAccepted(final long voter, final long acceptedEpoch)
    {
        final int index = quorum.indexOf(voter);
        if (index < 0 || epoch != NOT_CHOSEN)
        {
            return;
        }

        isInformed[index] = true;
        highestAccepted = Math.max(highestAccepted, acceptedEpoch);
        if (quorum.isReached(isInformed))
        {
            epoch = highestAccepted + 1;
        }
    }

    /**
     * A voter whose promises do not count reports the highest epoch that it ever promised. The new epoch must be later
     * than that, or the voter could not follow. Has no effect once the new epoch is chosen.
     *
     * @param acceptedEpoch its highest promise.
     */
    public void onRemembered(final long acceptedEpoch)
    {
        highestAccepted = Math.max(highestAccepted, acceptedEpoch);
    }

    /**
     * The new epoch.
     *
     * @return an epoch later than every promise of a quorum, or {@link #NOT_CHOSEN} until a quorum has reported.
     */
    public long epoch()
    {
        return epoch;
    }

    /**
     * A voter has durably promised the new epoch. Has no effect if its promise is already counted.
     *
     * @param voter whose promises count.
     * @param round of heartbeats that began last.
     */
    public void onPromised(final long voter, final long round)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0 && promisedRound[index] == NO_PROMISE)
        {
            promisedRound[index] = round;
        }
    }

    /**
     * A voter has answered a heartbeat, which shows that it was there after the heartbeat was sent.
     *
     * @param voter whose promises count.
     * @param round of the heartbeat.
     */
    public void onAnswer(final long voter, final long round)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            answeredRound[index] = Math.max(answeredRound[index], round);
        }
    }

    /**
     * A voter is gone. It may come back with an empty disk, so its promise counts only after it has been given again.
     * The heartbeats that it has answered were sent before that, so they no longer matter.
     *
     * @param server any server other than the leader.
     */
    public void onGone(final long server)
    {
        final int index = quorum.indexOf(server);
        if (index >= 0)
        {
            promisedRound[index] = NO_PROMISE;
        }
    }

    /**
     * Whether the new epoch belongs to this leader for good.
     *
     * @return true when a quorum has promised the epoch, and all of its voters were there after the last promise.
     */
    public boolean isPromised()
    {
        for (final long last : promisedRound)
        {
            if (isQuorumUpTo(last, last))
            {
                return true;
            }
        }

        return false;
    }

    /**
     * Whether a quorum has promised but the heartbeat round that it has to answer afterwards has not begun.
     *
     * @param round of heartbeats that began last.
     * @return true when the caller should begin a round.
     */
    public boolean wantsRound(final long round)
    {
        return !isPromised() && isQuorumUpTo(round, -1) && !isQuorumUpTo(round - 1, -1);
    }

    /**
     * Whether a quorum consists of voters that promised up to {@code round} and answered a round after
     * {@code answered}.
     */
    private boolean isQuorumUpTo(final long round, final long answered)
    {
        for (int i = 0; i < isIn.length; i++)
        {
            isIn[i] = promisedRound[i] != NO_PROMISE && promisedRound[i] <= round && answeredRound[i] > answered;
        }

        return quorum.isReached(isIn);
    }

    @Override
    public String toString()
    {
        return "epoch " + epoch + ", promised " + Arrays.toString(promisedRound);
    }
}
