/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * What a leader knows of one learner that is attached to it: one small object in place of a thread. Made anew each time
 * the learner attaches.
 */
public final class LearnerLink
{
    /** Incarnation of a server that does not tell it. */
    public static final long SAYS_NOTHING = -1;

    /** How far the learner is. */
    public enum Phase
    {
        /** It said where it stands; it waits for the epoch. */
        INFORMED,
        /** It was asked to promise the epoch. */
        ASKED,
        /** It promised; its history is being made the leader's. */
        SYNCING,
        /** It was sent all of the history; it makes it durable. */
        ADOPTING,
        /** History and epoch are durable there. */
        ADOPTED,
        /** It was told that the epoch is established. */
        UP
    }

    /** Its id. */
    public final long serverId;
    /** Number of the conversation, drawn by the learner. */
    public final long conversation;
    /** Whether it is told what is proposed (a voter) or what is committed (an observer). */
    public final boolean isVoter;
    /** How far it is. */
    public Phase phase = Phase.INFORMED;
    /** Whether its promises and acknowledgements count. */
    public boolean counts;
    /** Last zxid that it logged when it attached. */
    public long lastZxid;
    /** Whether a snapshot may take the place of its tree though its history could go on. */
    public boolean takesSnapshot;
    /** How far it is by its own account: rises whenever it comes further. */
    public long progress;
    /** Whether it is sent a snapshot. */
    public boolean getsSnapshot;
    /** End of the history that it was given; the live stream begins after it. */
    public long joinedZxid;
    /** Position in the leader's history of what it is sent next. */
    public long position;
    /** Last zxid of this epoch that it acknowledged; 0 before the first. */
    public long ackedZxid;
    /** Last commit that it was told. */
    public long toldCommittedZxid;
    /** Heartbeat round that began last when it attached. */
    public long attachedRound;
    /** Last heartbeat round that it answered. */
    public long answeredRound;
    /** Last heartbeat round that was sent to it. */
    public long sentRound;
    /** Mark of its last answer, which goes back to it. */
    public long mark;
    /** Whether its disk has room, as it said last. */
    public boolean hasRoom = true;
    /** Whether its disk forces what it is given in time, as it said last. */
    public boolean isForcing = true;
    /**
     * Number of the run that it is in, once it has told what the leader was still to hear of its clients: 0 before, and
     * {@link #SAYS_NOTHING} for a server of an earlier version.
     */
    public long incarnation;
    /** When it was last heard. */
    public long heardNs;

    /**
     * A learner attaches.
     *
     * @param serverId     its id.
     * @param conversation drawn by it.
     * @param isVoter      whether it is one of the voters.
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
     * Whether it has made the history and the epoch durable.
     *
     * @return true from its acknowledgement on.
     */
    public boolean hasAdopted()
    {
        return phase == Phase.ADOPTED || phase == Phase.UP;
    }

    /**
     * Whether it is one of those that a quorum is made of: established, and counting.
     *
     * @return false for observers, and before it was told that the epoch is established.
     */
    public boolean isInQuorum()
    {
        return phase == Phase.UP && counts;
    }

    /**
     * Whether proposals or informs go to it. One that was sent a snapshot may load it for long, and takes none of them
     * before it has: they would stand before the heartbeats that it has to answer meanwhile.
     *
     * @return true from the end of its history on, or from its acknowledgement if that began with a snapshot.
     */
    public boolean isLive()
    {
        return (phase == Phase.ADOPTING && !getsSnapshot) || hasAdopted();
    }
}
