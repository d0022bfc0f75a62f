/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.discovery;

import io.caracal.engine.zab.Quorum;
import java.util.Arrays;

/** What voters say to a leader that has no epoch yet: what they promised before, and that they promise the new one. */
public final class LeaderDiscovery
{
    /** Stands for an epoch that is not chosen yet. */
    public static final long NOT_CHOSEN = -1;

    private final Quorum quorum;
    private final boolean[] isInformed;
    private final boolean[] hasPromised;
    private long highestAccepted;
    private long epoch = NOT_CHOSEN;

    /**
     * Begins with what the leader itself has promised.
     *
     * @param quorum        of voters.
     * @param serverId      of the leader, a voter.
     * @param acceptedEpoch of the leader.
     */
    public LeaderDiscovery(final Quorum quorum, final long serverId, final long acceptedEpoch)
    {
        this.quorum = quorum;
        isInformed = new boolean[quorum.voterCount()];
        hasPromised = new boolean[quorum.voterCount()];
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
     * The new epoch.
     *
     * @return later than every promise of a quorum, {@link #NOT_CHOSEN} before that is known.
     */
    public long epoch()
    {
        return epoch;
    }

    /**
     * A voter has promised the new epoch, and that is durable there.
     *
     * @param voter whose promises count.
     */
    public void onPromised(final long voter)
    {
        final int index = quorum.indexOf(voter);
        if (index >= 0)
        {
            hasPromised[index] = true;
        }
    }

    /**
     * A voter is gone, and may come back with a disk that remembers no promise: it counts when it promises again.
     *
     * @param server any.
     */
    public void onGone(final long server)
    {
        final int index = quorum.indexOf(server);
        if (index >= 0)
        {
            hasPromised[index] = false;
        }
    }

    /**
     * Whether the new epoch can no longer be another leader's.
     *
     * @return true when a quorum has promised it.
     */
    public boolean isPromised()
    {
        return epoch != NOT_CHOSEN && quorum.isReached(hasPromised);
    }

    @Override
    public String toString()
    {
        return "epoch " + epoch + ", promised " + Arrays.toString(hasPromised);
    }
}
