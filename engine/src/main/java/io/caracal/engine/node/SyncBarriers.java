/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.ArrayDeque;

/**
 * Questions of clients up to where everything is settled. The answer is what was logged when the question came, once a
 * quorum has answered a heartbeat that was sent after that: then no other leader can have settled more before it.
 */
final class SyncBarriers
{
    /** Questions that can be open; beyond, whoever asks has to ask again later. */
    static final int OPEN_MAX = 65_536;

    private final ArrayDeque<Question> open = new ArrayDeque<>();
    private final ArrayDeque<Question> idle = new ArrayDeque<>();
    private final Node node;
    private final LearnerDesk learners;
    private final HeartbeatRounds rounds;

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
    }

    /** A question; false when too many are open. */
    boolean ask(final LearnerLink learner, final long syncId)
    {
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

        return true;
    }

    /** How many questions wait for their answer. */
    int openCount()
    {
        return open.size();
    }

    /** Whether a question waits for a heartbeat round that was not sent yet. */
    boolean wantsRound()
    {
        return !open.isEmpty() && open.peekLast().round > rounds.round();
    }

    /** Answers what can be answered, in the order of the questions. */
    int doWork()
    {
        int answered = 0;
        while (!open.isEmpty() && open.peekFirst().round <= rounds.quorumRound() && answer(open.peekFirst()))
        {
            idle.addLast(open.pollFirst());
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
