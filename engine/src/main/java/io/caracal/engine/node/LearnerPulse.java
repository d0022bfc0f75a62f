/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.HeartbeatDecoder;

/**
 * Answers the leader's heartbeats, on a learner. With each answer it names the sessions whose clients it has heard.
 * Each answer carries a mark, the learner's own time, which the leader sends back with its next heartbeat. So the
 * learner knows up to when the leader certainly still led and counted this learner in. A learner that has had no such
 * sign for a while answers no client, because the leader may have ended the client's session.
 */
final class LearnerPulse
{
    private static final long NO_ROUND = -1;

    private final Node node;
    private final long leader;
    private final long conversation;
    private final UntoldTouches untold;
    private long heardNs;
    private long roundToAnswer = NO_ROUND;
    private long leaderContactNs = Long.MIN_VALUE / 2;
    private boolean isServing;
    private boolean isReporting;
    private boolean isSpared;
    private boolean lacksRoom;

    LearnerPulse(final Node node, final long leader, final long conversation)
    {
        this.node = node;
        this.leader = leader;
        this.conversation = conversation;
        untold = node.untoldTouches();
        heardNs = node.watchNs();
        untold.repeat();
    }

    void onHeard()
    {
        heardNs = node.watchNs();
    }

    boolean isLeaderSilent()
    {
        return node.watchNs() - heardNs > node.patience().timeoutNs();
    }

    /**
     * A leader that is sure of its quorum says that the epoch is established. So it still led after this server sent
     * its acknowledgement.
     *
     * @param adoptedNs when this server sent its acknowledgement.
     */
    void onUpToDate(final long adoptedNs)
    {
        leaderContactNs = Math.max(leaderContactNs, adoptedNs);
    }

    boolean isSureOfLeader()
    {
        return node.nowNs() - leaderContactNs <= node.times().timeoutNs();
    }

    void onHeartbeat(final HeartbeatDecoder message)
    {
        roundToAnswer = Math.max(roundToAnswer, message.round());
        isSpared = message.isSparedRaw() == BooleanType.T.value();
        lacksRoom = message.lacksRoomRaw() == BooleanType.T.value();
        if (message.echo() != 0)
        {
            leaderContactNs = Math.max(leaderContactNs, message.echo());
            untold.onEcho(message.echo());
        }
    }

    /** Whether the leader's last heartbeat said that a quorum can do without this server. */
    boolean isSpared()
    {
        return isSpared;
    }

    /**
     * Whether the leader's last heartbeat said that no quorum has room on its disks. A leader of an older version never
     * says so.
     */
    boolean lacksRoom()
    {
        return lacksRoom;
    }

    /** The client of a session gave a sign of life. The leader hears of it with the next answer. */
    void touch(final Session session)
    {
        untold.add(session);
    }

    /** Clients are served from now on. The leader is told of all sessions that are connected here. */
    void reportAll()
    {
        untold.begin();
        isServing = true;
        isReporting = true;
    }

    /**
     * Answers the last heartbeat. Sessions that were heard before go out first, so that the answer tells the leader
     * that it knows all of them. A server on its way into the epoch names them as well. It may be on its way for longer
     * than sessions time out, and meanwhile tells its clients of the history that it applies. So they stay.
     *
     * @param progress rises whenever this server has made progress in discovery or synchronization.
     */
    int doWork(final long progress)
    {
        if (roundToAnswer == NO_ROUND)
        {
            return 0;
        }

        isReporting = true;
        final int sent = sendTouches();
        if (isReporting || !node.sender().heartbeatAnswer(leader, conversation, roundToAnswer, mark(),
            node.disk().hasRoom(), node.disk().isForcing(), progress, isServing ? node.incarnation() : 0,
            node.log().history().appliedZxid(), node.treeRoom().ownBytesMax()))
        {
            return sent;
        }
        roundToAnswer = NO_ROUND;
        if (isServing)
        {
            untold.onAnswered(mark());
        }

        return sent + 1;
    }

    /**
     * The mark of an answer that is sent now: this server's own time, which the leader returns unchanged; never 0,
     * which stands for no mark.
     */
    private long mark()
    {
        return node.nowNs() == 0 ? 1 : node.nowNs();
    }

    /** Goes on naming sessions, if the stream did not take all of them at once. */
    int sendTouches()
    {
        final int sent = isReporting ? untold.tell(leader, conversation) : 0;
        isReporting = isReporting && !untold.areAllTold();

        return sent;
    }
}
