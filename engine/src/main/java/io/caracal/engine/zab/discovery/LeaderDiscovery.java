/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.discovery;

import io.caracal.engine.zab.Quorum;
import java.util.Arrays;

/**
 * Phase 1 of ZAB on a leader: chooses an epoch later than any that a quorum has promised, and counts the voters that
 * promise the new one.
 * <p>
 * A promise binds only a voter that remembers it, and one that loses its disk does not. So it is not enough that a
 * quorum has promised: all of them must still have been there after the last one had, which each of them shows by
 * answering a heartbeat that was sent afterwards. If one of them loses its disk later, that does no harm: none of the
 * others follows an earlier epoch any more, so it can be part of no quorum that does.
 */
public final class LeaderDiscovery
{
    private static final long NO_PROMISE = Long.MAX_VALUE;
    private static final long EVERY_ROUND = Long.MAX_VALUE;

    /** Stands for an epoch that is not chosen yet. */
    public static final long NOT_CHOSEN = -1;

    private final Quorum quorum;
    private final boolean[] isInformed;
    private final long[] promisedRound;
    private final long[] answeredRound;
    private final boolean[] isIn;
    private long highestAccepted;
    private long epoch = NOT_CHOSEN;

    /**
     * Begins with what the leader itself has promised.
     *
     * @param quorum        of voters.
     * @param serverId      of the leader, a voter.
     * @param acceptedEpoch highest promise of the leader, or a higher one of others that it has heard of before.
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
     * A voter tells the highest epoch that it ever promised. Without effect once the new epoch is chosen.
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
     * A voter that cannot be counted tells the highest epoch that it ever promised. The new one is to be later, or that
     * voter could not follow. Without effect once the new epoch is chosen.
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
     * @return later than every promise of a quorum, {@link #NOT_CHOSEN} before that is known.
     */
    public long epoch()
    {
        return epoch;
    }

    /**
     * A voter has promised the new epoch, and that is durable there. Without effect when it has before.
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
     * A voter has answered a heartbeat, and so was there after it was sent.
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
     * A voter is gone. It may come back with an empty disk, so its promise counts again only when it is given again.
     *
     * @param server any other than the leader.
     */
    public void onGone(final long server)
    {
        final int index = quorum.indexOf(server);
        if (index >= 0)
        {
            promisedRound[index] = NO_PROMISE;
            answeredRound[index] = 0;
        }
    }

    /**
     * Whether the new epoch is this leader's for good.
     *
     * @return true when a quorum has promised it, and all of them were there after the last promise.
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
     * Whether a quorum has promised, and the heartbeat that it has to answer then is still to be sent.
     *
     * @param round of heartbeats that began last.
     * @return true when a round is to begin.
     */
    public boolean wantsRound(final long round)
    {
        return !isPromised() && isQuorumUpTo(round, -1) && !isQuorumUpTo(round - 1, -1);
    }

    /** Whether those make a quorum who promised in a round, or before, and answered a later one than another. */
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
