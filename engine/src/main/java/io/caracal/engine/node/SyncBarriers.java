/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers the syncs of clients, on a leader. A sync asks up to which zxid a server has to apply in order to have seen
 * everything that was committed when the sync was sent. The answer is the last zxid that the leader had logged when the
 * question arrived. It is given only once a quorum has answered a heartbeat that was sent after the question: without
 * that, another leader might have been elected and have committed more than this one knows.
 * <p>
 * The questions of each server are answered in order. There is one queue for each server, so that a server whose stream
 * takes nothing holds up only its own answers.
 */
final class SyncBarriers
{
    /**
     * How many questions of one server can be open. Further ones are refused and have to be asked again later.
     */
    static final int OPEN_MAX = 65_536;

    private final List<ArrayDeque<Question>> openByMember = new ArrayList<>();
    private final ArrayDeque<Question> idle = new ArrayDeque<>();
    private final Node node;
    private final LearnerDesk learners;
    private final HeartbeatRounds rounds;
    private int openCount;
    private long lastRoundWanted;

    /** A sync that is not answered yet. */
    private static final class Question
    {
        /** The learner that asks; null for the leader itself. */
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

    /** Takes a question. Returns false when too many of its server are open. */
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

    /** How many questions are not answered yet. */
    int openCount()
    {
        return openCount;
    }

    /** Whether a question waits for a heartbeat round that has not been sent yet. */
    boolean wantsRound()
    {
        return lastRoundWanted > rounds.round();
    }

    /** Answers the questions for which a quorum has answered a later heartbeat. Returns how many. */
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
