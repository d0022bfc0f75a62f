/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.HeartbeatDecoder;

/**
 * Heartbeats as a learner sees them. It answers each, and names with the answer the sessions whose clients it has
 * heard. Each answer bears a mark, its own time, which the leader sends back with its next heartbeat: so the learner
 * knows up to when the leader surely still led, and counted this learner in. A learner that has had no such sign for a
 * while answers no client, for the leader may have ended the client's session.
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
     * The epoch is established, says a leader that is sure of its quorum: it led after this server's acknowledgement.
     *
     * @param adoptedNs when that was sent.
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
            if (isServing)
            {
                untold.onEcho(message.echo());
            }
        }
    }

    /** Whether the leader said last that a quorum can do without this server. */
    boolean isSpared()
    {
        return isSpared;
    }

    /**
     * Whether the leader said last that no quorum has room on its disks; a leader of an older version never says so.
     */
    boolean lacksRoom()
    {
        return lacksRoom;
    }

    /** A session gave a sign of life; the leader hears of it with the next answer. */
    void touch(final Session session)
    {
        untold.add(session);
    }

    /** Clients are served from now on. The leader is told of all whose connections this server holds. */
    void reportAll()
    {
        untold.begin();
        isServing = true;
        isReporting = true;
    }

    /**
     * Answers the last heartbeat. The sessions that were heard before it came go out first, so that the answer tells
     * the leader that it knows them all.
     *
     * @param progress rises whenever this server has come further in discovery or synchronization.
     */
    int doWork(final long progress)
    {
        if (roundToAnswer == NO_ROUND)
        {
            return 0;
        }

        isReporting = isServing;
        final int sent = sendTouches();
        if (isReporting || !node.sender().heartbeatAnswer(leader, conversation, roundToAnswer, mark(),
            node.disk().hasRoom(), node.disk().isForcing(), progress, isServing ? node.incarnation() : 0))
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
     * The mark of an answer that goes out now: the own time, which comes back as it went; never 0, which stands for no
     * mark.
     */
    private long mark()
    {
        return node.nowNs() == 0 ? 1 : node.nowNs();
    }

    /** Goes on to name sessions, if the stream did not take all of them at once. */
    int sendTouches()
    {
        final int sent = isReporting ? untold.tell(leader, conversation) : 0;
        isReporting = isReporting && !untold.areAllTold();

        return sent;
    }
}
