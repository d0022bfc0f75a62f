/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.broadcast.LeaderBroadcast;
import io.caracal.engine.zab.discovery.LeaderDiscovery;

/**
 * Takes a leader to an established epoch, phases 1 and 2 of ZAB. A quorum promises the epoch, and then a quorum adopts
 * the history; the leader's own disk must have adopted it too.
 */
final class Establishment
{
    /**
     * How many peer time-outs a quorum may take to promise the epoch. There must be a limit, because a quorum may be
     * linked and heard and still promise nothing: a blank voter counts only while all voters are linked.
     */
    private static final int DISCOVERY_TIMEOUTS = 3;

    private final Node node;
    private final LeaderDiscovery discovery;
    private final LearnerDesk learners;
    private final long beganNs;
    private LeaderBroadcast broadcast;
    private boolean isStoring;
    private boolean isAdopted;
    private String problem;

    Establishment(final Node node, final LeaderDiscovery discovery, final LearnerDesk learners)
    {
        this.node = node;
        this.discovery = discovery;
        this.learners = learners;
        beganNs = node.watchNs();
    }

    int doWork()
    {
        return broadcast == null ? discover() : synchronize();
    }

    /** Whether this server and a quorum have adopted the epoch, so that everything it begins with is committed. */
    boolean isEstablished()
    {
        return isAdopted && broadcast.isEstablished();
    }

    /** Whether the next step is up to other servers. */
    boolean isUpToOthers()
    {
        return broadcast == null || hasAdopted();
    }

    /** Phase 3 of this epoch; null before a quorum has promised it. */
    LeaderBroadcast broadcast()
    {
        return broadcast;
    }

    /** Why the epoch cannot be established; null while it may be. */
    String problem()
    {
        return problem;
    }

    /** A measure of progress; rises with each step. */
    long height()
    {
        return (broadcast == null ? 0 : 1) + node.epochs().accepted() + node.epochs().current() +
            node.log().durableZxid() + node.log().history().appliedZxid();
    }

    private int discover()
    {
        if (node.watchNs() - beganNs > DISCOVERY_TIMEOUTS * node.patience().timeoutNs())
        {
            problem = "no quorum has promised the epoch in time";
            return 0;
        }

        final long epoch = discovery.epoch();
        if (epoch == LeaderDiscovery.NOT_CHOSEN)
        {
            return 0;
        }
        if (node.epochs().accepted() != epoch)
        {
            isStoring = isStoring || node.epochs().store(epoch, node.serverId(), node.epochs().current());
            return 0;
        }

        isStoring = false;
        discovery.onPromised(node.serverId(), learners.rounds().round());
        if (discovery.isPromised())
        {
            broadcast = new LeaderBroadcast(node.log(), node.serverId(), node.quorum(), epoch);
            learners.onPromised(broadcast);
        }

        return discovery.isPromised() ? 1 : 0;
    }

    private int synchronize()
    {
        isAdopted = hasAdopted();
        if (isAdopted)
        {
            broadcast.onAdopted(node.serverId(), node.log().lastZxid());
        }
        else
        {
            adopt();
        }

        return 0;
    }

    /**
     * Whether this server has made its own history durable, and then the epoch. If a leader proposed before that, it
     * could lose a later election to a server with an older history, even though a quorum of others has adopted the
     * epoch.
     */
    private boolean hasAdopted()
    {
        return node.epochs().current() == discovery.epoch() && node.epochs().isSettled();
    }

    private void adopt()
    {
        if (!isStoring && node.log().isAllDurable())
        {
            isStoring = node.epochs().store(discovery.epoch(), node.serverId(), discovery.epoch());
        }
    }
}
