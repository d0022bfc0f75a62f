/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.Epochs;
import io.caracal.engine.zab.sync.LearnerSync;

/**
 * Takes a learner into the epoch of its leader, phases 1 and 2 of ZAB. The learner says where it stands, promises the
 * epoch, takes over the history, makes history and epoch durable, and waits to hear that the epoch is established.
 */
final class EpochEntry
{
    private final Node node;
    private final long leader;
    private final boolean votes;
    private final long conversation;
    private final LearnerSync sync;
    private final LearnerPulse pulse;
    private final Headway headway;
    private Phase phase = Phase.ATTACHING;
    private long epoch;
    private boolean isStoring;
    private long adoptedNs;
    private long lastInfoNs = Long.MIN_VALUE;

    /** How far the learner is with its leader. */
    private enum Phase
    {
        /** The leader has to be told where this server stands, and then says which epoch it wants promised. */
        ATTACHING,
        /** The promise is being made durable. */
        PROMISING,
        /** The leader has to be told of the promise. */
        PROMISED,
        /** This server's history is being made equal to the leader's. */
        SYNCING,
        /** The history, then the epoch, are being made durable. */
        ADOPTING,
        /** The leader has to be told that history and epoch are durable. */
        ADOPTED,
        /** The leader has to say that the epoch is established, which takes a quorum that has adopted it. */
        WAITING,
        /**
         * The epoch is established. The rest of the history is being applied, and a server whose acknowledgements did
         * not count stores the epoch.
         */
        APPLYING,
        /** The whole history is applied: clients can be served. */
        ESTABLISHED
    }

    EpochEntry(final Node node, final long leader, final boolean votes, final long conversation,
        final LearnerSync sync, final LearnerPulse pulse)
    {
        this.node = node;
        this.leader = leader;
        this.votes = votes;
        this.conversation = conversation;
        this.sync = sync;
        this.pulse = pulse;
        headway = new Headway(node.times().initLimitNs(), node.watchNs());
    }

    boolean isAttaching()
    {
        return phase == Phase.ATTACHING;
    }

    boolean isEstablished()
    {
        return phase == Phase.ESTABLISHED;
    }

    /**
     * Whether transactions are acknowledged as they become durable. Before that, the history is acknowledged as a
     * whole.
     */
    boolean isAcknowledging()
    {
        return phase == Phase.WAITING || phase == Phase.APPLYING || phase == Phase.ESTABLISHED;
    }

    /** The epoch that the leader named. */
    long epoch()
    {
        return epoch;
    }

    /** Takes at most one step. Returns 0 when none could be taken. */
    int step(final long nowNs)
    {
        final Phase before = phase;
        switch (phase)
        {
            case ATTACHING -> attach(nowNs);
            case PROMISING -> promise();
            case PROMISED -> tellPromise();
            case SYNCING -> phase = sync.isComplete() ? Phase.ADOPTING : phase;
            case ADOPTING -> adopt();
            case ADOPTED -> tellAdopted(nowNs);
            case APPLYING -> establish();
            case WAITING, ESTABLISHED -> {
                // The leader takes the next step, or there is none.
            }
        }

        return phase == before ? 0 : 1;
    }

    /**
     * Tells the leader where this server stands. Repeats this, because the leader may not have known yet that it was
     * elected.
     */
    private void attach(final long nowNs)
    {
        if (!node.links().isUp(leader))
        {
            return;
        }

        if (lastInfoNs == Long.MIN_VALUE || nowNs - lastInfoNs >= node.times().heartbeatNs())
        {
            final Epochs epochs = node.epochs();
            final boolean isSent = node.sender().learnerInfo(leader, conversation, epochs.accepted(),
                epochs.acceptedLeader(), epochs.current(), node.log().lastZxid(), votes);
            lastInfoNs = isSent ? nowNs : lastInfoNs;
        }
    }

    /** Makes the next step tell the leader again where this server stands. */
    void attachAgain()
    {
        lastInfoNs = Long.MIN_VALUE;
    }

    /** The leader has named its epoch. Returns why this server cannot follow it, or null when it can. */
    String onLeaderInfo(final long newEpoch)
    {
        epoch = newEpoch;
        final Epochs epochs = node.epochs();
        if (epochs.current() == epoch && node.patience().onBack(leader, node.watchNs()))
        {
            node.events().onNotice("the leader was given up too early, silence is borne longer now", leader);
        }
        final boolean isPromisedToIt = epochs.accepted() == epoch && epochs.acceptedLeader() == leader;
        if (epoch <= epochs.accepted() && !isPromisedToIt)
        {
            return "a later epoch is promised to another leader";
        }
        phase = votes ? Phase.PROMISING : Phase.PROMISED;

        return null;
    }

    /**
     * Makes the promise durable, if it counts. A server whose disk may have been lost must not store a promise: after a
     * restart it would look like a server that remembers its promises, and would vote without its history.
     */
    private void promise()
    {
        final Epochs epochs = node.epochs();
        if (epochs.accepted() == epoch && epochs.acceptedLeader() == leader && epochs.isSettled())
        {
            isStoring = false;
            phase = Phase.PROMISED;
        }
        else if (!isStoring)
        {
            isStoring = epochs.store(epoch, leader, epochs.current());
        }
    }

    private void tellPromise()
    {
        if (node.sender().ackEpoch(leader, conversation, epoch, node.knownEpoch(), node.log().lastZxid(),
            node.takesSnapshot()))
        {
            phase = Phase.SYNCING;
        }
    }

    /**
     * Makes the whole history durable, and then the epoch. The history includes what this server had logged before it
     * met the leader, whose end may never have been forced. A learner that comes back within an epoch already has the
     * epoch on its disk, but it has been given more of the history and must force that all the same, because the leader
     * counts its acknowledgement.
     * <p>
     * A server whose acknowledgements do not count stores the epoch only once it is established. As long as its disk
     * holds no epoch it does not vote, not even after a restart.
     */
    private void adopt()
    {
        if (node.log().durableZxid() >= sync.endZxid() && (!votes || isEpochKept()))
        {
            phase = Phase.ADOPTED;
        }
    }

    /** Whether the epoch is durable as the adopted one. Begins to store it if it is not. */
    private boolean isEpochKept()
    {
        final Epochs epochs = node.epochs();
        final boolean isKept = epochs.current() == epoch && epochs.isSettled();
        isStoring = !isKept && (isStoring || epochs.store(epoch, leader, epoch));

        return isKept;
    }

    private void tellAdopted(final long nowNs)
    {
        if (node.sender().ackNewLeader(leader, conversation, epoch))
        {
            adoptedNs = nowNs;
            phase = Phase.WAITING;
        }
    }

    /** The epoch is established. */
    void onUpToDate(final long committedZxid)
    {
        if (phase == Phase.WAITING)
        {
            node.log().onCommitted(committedZxid);
            pulse.onUpToDate(adoptedNs);
            phase = Phase.APPLYING;
        }
    }

    /**
     * Waits until the history is applied: only that shows which requests of clients it contains and which have to be
     * sent again.
     */
    private void establish()
    {
        if (node.log().history().appliedZxid() >= sync.endZxid() && isEpochKept())
        {
            phase = Phase.ESTABLISHED;
        }
    }

    /** How often this server was seen to have made progress. The leader is told with each heartbeat answer. */
    long steps()
    {
        return headway.steps();
    }

    /**
     * Whether this server waits for its leader in vain. While this server itself has to work, it does not judge itself.
     * The leader does that, and leaving because of its own disk would help nobody.
     */
    boolean isStuck()
    {
        if (phase == Phase.WAITING || phase == Phase.ESTABLISHED)
        {
            headway.rest(node.watchNs());
            return false;
        }

        return headway.isStuck(height(), node.watchNs()) && !isWorking();
    }

    /** A measure of how far this server has come. Any change of it means progress. */
    private long height()
    {
        return 31 * (31 * (31 * (phase.ordinal() + 31L * sync.progress()) + node.log().lastZxid()) +
            node.log().durableZxid()) + node.log().history().appliedZxid();
    }

    private boolean isWorking()
    {
        return phase == Phase.PROMISING || phase == Phase.ADOPTING || (phase == Phase.SYNCING && sync.isWorking()) ||
            (phase == Phase.APPLYING && isStoring);
    }
}
