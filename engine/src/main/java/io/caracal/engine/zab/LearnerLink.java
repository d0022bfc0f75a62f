/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * What a leader knows about one attached learner: one small object instead of a thread. A new one is made each time the
 * learner attaches.
 */
public final class LearnerLink
{
    /** Incarnation of a server that does not report one. */
    public static final long SAYS_NOTHING = -1;

    /** How far the learner has come. */
    public enum Phase
    {
        /** It has said where its history ends and waits for the epoch. */
        INFORMED,
        /** It has been asked to promise the epoch. */
        ASKED,
        /** It has promised the epoch; its history is being made equal to the leader's. */
        SYNCING,
        /** It has been sent the whole history and is making it durable. */
        ADOPTING,
        /** It has made history and epoch durable. */
        ADOPTED,
        /** It has been told that the epoch is established. */
        UP
    }

    /** Server id of the learner. */
    public final long serverId;
    /** Id of the conversation, drawn by the learner. */
    public final long conversation;
    /** Whether it is a voter, which is sent proposals, or an observer, which is sent committed transactions. */
    public final boolean isVoter;
    /** How far the learner has come. */
    public Phase phase = Phase.INFORMED;
    /** Whether its promises and acknowledgements count towards a quorum. */
    public boolean counts;
    /** Last zxid that it logged when it attached. */
    public long lastZxid;
    /** Whether it accepts a snapshot even though its own history could be continued. */
    public boolean takesSnapshot;
    /** Progress as reported by the learner itself; rises whenever it gets further. */
    public long progress;
    /** Whether its synchronization includes a snapshot. */
    public boolean getsSnapshot;
    /** End of the history that it was given by synchronization; the live stream begins after it. */
    public long joinedZxid;
    /** Position in the leader's history of the next record to send to it. */
    public long position;
    /** Last zxid of this epoch that it acknowledged; 0 before the first. */
    public long ackedZxid;
    /** Last committed zxid that it was told of. */
    public long toldCommittedZxid;
    /** Latest heartbeat round at the time it attached. */
    public long attachedRound;
    /** Last heartbeat round that it answered. */
    public long answeredRound;
    /** Last heartbeat round that was sent to it. */
    public long sentRound;
    /** Mark of its last answer, which the leader echoes back. */
    public long mark;
    /**
     * Zxid up to which it has applied everything, according to its last report; {@link Long#MAX_VALUE} for a server of
     * an earlier version, which does not report this.
     */
    public long appliedZxid;
    /** Whether its disk has room, according to its last report. */
    public boolean hasRoom = true;
    /** Whether its disk forces writes in time, according to its last report. */
    public boolean isForcing = true;
    /**
     * Incarnation (number of the run) of the server, set once it has told the leader all that was still outstanding
     * about its clients. It is 0 before that, and {@link #SAYS_NOTHING} for a server of an earlier version.
     */
    public long incarnation;
    /** Monotonic time at which it was last heard. */
    public long heardNs;

    /**
     * Creates the link of a learner that attaches.
     *
     * @param serverId     of the learner.
     * @param conversation drawn by the learner.
     * @param isVoter      whether the learner is one of the voters.
     * @param nowNs        monotonic time.
     */
    public LearnerLink(final long serverId, final long conversation, final boolean isVoter, final long nowNs)
    {
        this.serverId = serverId;
        this.conversation = conversation;
        this.isVoter = isVoter;
        heardNs = nowNs;
    }

    /**
     * Whether the learner has made the history and the epoch durable.
     *
     * @return true from its acknowledgement on.
     */
    public boolean hasAdopted()
    {
        return phase == Phase.ADOPTED || phase == Phase.UP;
    }

    /**
     * Whether the learner is part of the leader's quorum: it is established, and its acknowledgements count.
     *
     * @return false for observers, and before it was told that the epoch is established.
     */
    public boolean isInQuorum()
    {
        return phase == Phase.UP && counts;
    }

    /**
     * Whether the live stream (proposals or informs) goes to the learner. Loading a snapshot can take long, and the
     * learner accepts no proposals until that is done. If they were sent earlier, they would block the heartbeats
     * behind them, which the learner has to answer meanwhile.
     *
     * @return true once the end of its history has been sent, or, if it was sent a snapshot, once it has acknowledged.
     */
    public boolean isLive()
    {
        return (phase == Phase.ADOPTING && !getsSnapshot) || hasAdopted();
    }
}
