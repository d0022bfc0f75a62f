/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Questions of clients up to where everything is settled. The answer is what was logged when the question came, once a
 * quorum has answered a heartbeat that was sent after that: then no other leader can have settled more before it.
 * <p>
 * Each server's questions are answered in their order. A server whose stream takes nothing keeps none waiting but its
 * own.
 */
final class SyncBarriers
{
    /** Questions of one server that can be open; beyond, it has to ask again later. */
    static final int OPEN_MAX = 65_536;

    private final List<ArrayDeque<Question>> openByMember = new ArrayList<>();
    private final ArrayDeque<Question> idle = new ArrayDeque<>();
    private final Node node;
    private final LearnerDesk learners;
    private final HeartbeatRounds rounds;
    private int openCount;
    private long lastRoundWanted;

    /** One question. */
    private static final class Question
    {
        /** Who asks; null for the leader itself. */
        private LearnerLink learner;
        private long syncId;
        private long zxid;
        private long round;
    }

    SyncBarriers(final Node node, final LearnerDesk learners)
    {
        this.node = node;
        this.learners = learners;
        rounds = learners.rounds();
        for (int i = 0; i < node.members().size(); i++)
        {
            openByMember.add(new ArrayDeque<>());
        }
    }

    /** A question; false when too many are open. */
    boolean ask(final LearnerLink learner, final long syncId)
    {
        final long server = learner == null ? node.serverId() : learner.serverId;
        final ArrayDeque<Question> open = openByMember.get(node.links().indexOf(server));
        if (open.size() == OPEN_MAX)
        {
            return false;
        }

        final Question question = idle.isEmpty() ? new Question() : idle.pollLast();
        question.learner = learner;
        question.syncId = syncId;
        question.zxid = node.log().lastZxid();
        question.round = rounds.round() + 1;
        open.addLast(question);
        openCount++;
        lastRoundWanted = question.round;

        return true;
    }

    /** How many questions wait for their answer. */
    int openCount()
    {
        return openCount;
    }

    /** Whether a question waits for a heartbeat round that was not sent yet. */
    boolean wantsRound()
    {
        return lastRoundWanted > rounds.round();
    }

    /** Answers what can be answered. */
    int doWork()
    {
        int answered = 0;
        for (int i = 0; openCount > 0 && i < openByMember.size(); i++)
        {
            answered += answer(openByMember.get(i));
        }

        return answered;
    }

    private int answer(final ArrayDeque<Question> open)
    {
        int answered = 0;
        while (!open.isEmpty() && open.peekFirst().round <= rounds.quorumRound() && answer(open.peekFirst()))
        {
            idle.addLast(open.pollFirst());
            openCount--;
            answered++;
        }

        return answered;
    }

    private boolean answer(final Question question)
    {
        if (question.learner == null)
        {
            node.desk().onSynced(question.syncId, question.zxid);
            return true;
        }

        return !learners.isPresent(question.learner) || node.sender().syncAnswer(question.learner.serverId,
            question.learner.conversation, question.syncId, question.zxid);
    }
}
