/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import org.agrona.collections.LongArrayList;

/**
 * Heartbeats as a learner sees them: it answers them, tells along which sessions it has heard of, and knows from the
 * marks that come back up to when its leader surely counted it in. Who has had no such sign for a while answers no
 * client, so that none is kept in a session that has expired elsewhere.
 */
final class LearnerPulse
{
    /** Sessions that one message names. */
    private static final int TOUCHES_MAX = 2048;
    private static final int FIELDS = 2;
    private static final long NO_ROUND = -1;

    private final Node node;
    private final long leader;
    private final long conversation;
    private final LongArrayList touched = new LongArrayList();
    private int toldCount;
    private long touchMark;
    private long heardNs;
    private long roundToAnswer = NO_ROUND;
    private long leaderContactNs = Long.MIN_VALUE / 2;
    private boolean isReporting;
    private boolean isSpared;

    LearnerPulse(final Node node, final long leader, final long conversation)
    {
        this.node = node;
        this.leader = leader;
        this.conversation = conversation;
        touchMark = node.nextTouchMark();
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

    /** The leader, sure of its quorum, counts this server in from after its acknowledgement, or it would not say so. */
    void onAdopted(final long nowNs)
    {
        leaderContactNs = nowNs;
    }

    boolean isSureOfLeader()
    {
        return node.nowNs() - leaderContactNs <= node.times().timeoutNs();
    }

    void onHeartbeat(final HeartbeatDecoder message)
    {
        roundToAnswer = Math.max(roundToAnswer, message.round());
        isSpared = message.isSparedRaw() == BooleanType.T.value();
        if (message.echo() != 0)
        {
            leaderContactNs = Math.max(leaderContactNs, message.echo());
        }
    }

    /** Whether the leader said last that a quorum can do without this server. */
    boolean isSpared()
    {
        return isSpared;
    }

    /** A session gave a sign of life; the leader hears of it with the next answer. */
    void touch(final Session session)
    {
        if (session.touch(touchMark))
        {
            touched.addLong(session.id());
            touched.addLong(session.touchTimeoutMs());
        }
    }

    /** All sessions whose connections this server holds: the leader may be new. */
    void reportAll()
    {
        for (final long sessionId : node.replica().sessions().sortedIds())
        {
            final Session session = node.replica().sessions().find(sessionId);
            if (session.connectionId() != 0)
            {
                touch(session);
            }
        }
        isReporting = true;
    }

    /**
     * Answers the last heartbeat, behind the sessions that were touched before it came.
     *
     * @param progress rises whenever this server came further with its leader.
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
            node.disk().hasRoom(), node.disk().isForcing(), progress))
        {
            return sent;
        }
        roundToAnswer = NO_ROUND;

        return sent + 1;
    }

    /** The own time comes back as it went; 0 stands for none. */
    private long mark()
    {
        return node.nowNs() == 0 ? 1 : node.nowNs();
    }

    /** Goes on with a report that the stream did not take at once. */
    int sendTouches()
    {
        int sent = 0;
        while (isReporting && toldCount < touched.size() / FIELDS)
        {
            final int count = Math.min(TOUCHES_MAX, touched.size() / FIELDS - toldCount);
            if (!node.sender().touches(leader, conversation, touched, toldCount, count))
            {
                return sent;
            }
            toldCount += count;
            sent++;
        }
        if (isReporting)
        {
            touched.clear();
            toldCount = 0;
            touchMark = node.nextTouchMark();
            isReporting = false;
        }

        return sent;
    }
}
