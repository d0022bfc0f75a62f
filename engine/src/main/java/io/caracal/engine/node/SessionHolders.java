/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.Arrays;

/**
 * What a leader knows of the servers that hold sessions: until when each of them can have answered a client without
 * this leader hearing of it, now or later. From that follows when a session ends whose time is over.
 * <p>
 * A server that goes on in the same run still knows whom it heard, and tells when it attaches anew. A run that ended
 * can tell nothing; but the next one answers nobody whom the leader has not given it, so a session that was not heard
 * of since the old one was there is not heard there any more, however often runs follow each other.
 * <p>
 * Goes by the clock that stands still while this server does.
 */
final class SessionHolders implements SuspectSessions.Witnesses
{
    /**
     * So many leases a server that is gone may go on answering clients: a former leader for one, on the word of a
     * quorum that has another leader by now, and its followers for one more, on its word.
     */
    private static final int LEASES = 2;
    private static final long NS_PER_MS = 1_000_000L;

    private final Node node;
    private final Learners learners;
    private final HeartbeatRounds rounds;
    /** When each server that could answer clients was there last; when this leader began, at the earliest. */
    private final long[] goneNs;
    /** Until when each server, as it attached last, can have answered without being heard. */
    private final long[] untoldNs;
    private final long[] attachments;
    /** The run that each server is in, by what it said last; 0 for none. */
    private final long[] runs;
    /** First attachment in that run; 0 when it is the first run that this leader knows, which may be older than it. */
    private final long[] runAttachments;
    /** Until when runs before that one, or that one under another leader, can have answered without being heard. */
    private final long[] runUntoldNs;

    SessionHolders(final Node node, final Learners learners, final HeartbeatRounds rounds)
    {
        this.node = node;
        this.learners = learners;
        this.rounds = rounds;
        final int count = node.members().size();
        goneNs = new long[count];
        untoldNs = new long[count];
        attachments = new long[count];
        runs = new long[count];
        runAttachments = new long[count];
        runUntoldNs = new long[count];
        Arrays.fill(goneNs, node.watchNs());
    }

    /** A conversation ended. A learner that was never told that the epoch is established answered nobody in it. */
    void onGone(final LearnerLink learner)
    {
        final int index = node.links().indexOf(learner.serverId);
        if (index >= 0 && learner.phase == LearnerLink.Phase.UP)
        {
            goneNs[index] = node.watchNs();
        }
    }

    /** A server attaches; what it said to clients before that is settled, unless it could say nothing by then. */
    void onAttached(final long server)
    {
        final int index = node.links().indexOf(server);
        if (index >= 0)
        {
            attachments[index]++;
            untoldNs[index] = Math.min(node.watchNs(), silentSinceNs(index));
        }
    }

    private long silentSinceNs(final int index)
    {
        return goneNs[index] + LEASES * node.times().timeoutNs();
    }

    /** A learner serves its clients, and has told what was still to be told of them. */
    void onServing(final LearnerLink learner, final long incarnation)
    {
        learner.incarnation = incarnation;
        final int index = node.links().indexOf(learner.serverId);
        if (index >= 0 && incarnation > 0 && incarnation != runs[index])
        {
            runAttachments[index] = runs[index] == 0 ? 0 : attachments[index];
            runUntoldNs[index] = untoldNs[index];
            runs[index] = incarnation;
        }
    }

    /** The leader hears of a session, from its server or by a transaction. */
    void onHeard(final Session session)
    {
        final int index = node.links().indexOf(session.preparedOwner());
        session.heardIn(index < 0 ? 0 : attachments[index]);
    }

    @Override
    public boolean isHeardOut(final long server, final long round)
    {
        final LearnerLink learner = servingLearner(server);

        return learner == null || (learner.incarnation != 0 && learner.answeredRound >= round);
    }

    /** Null when a server is gone, or on its way back and cannot answer clients yet. */
    private LearnerLink servingLearner(final long server)
    {
        final LearnerLink learner = learners.find(server);

        return learner != null && learner.phase == LearnerLink.Phase.UP ? learner : null;
    }

    @Override
    public long nextRound()
    {
        return rounds.round() + 1;
    }

    /** Whether the end of an overdue session was settled before, and has come. */
    boolean isOver(final Session session)
    {
        return session.endNs() <= node.watchNs();
    }

    /** When an overdue session ends, its server having been heard out, as far as can be said now. */
    long endNs(final Session session)
    {
        final int index = node.links().indexOf(session.preparedOwner());
        if (index < 0)
        {
            return node.watchNs();
        }
        if (session.endNs() != Session.NO_END)
        {
            return session.endNs();
        }

        final LearnerLink learner = servingLearner(session.preparedOwner());
        final long timeoutNs = session.touchTimeoutMs() * NS_PER_MS;
        if (learner == null)
        {
            final boolean isAttached = learners.find(session.preparedOwner()) != null;
            return (isAttached ? untoldNs[index] : silentSinceNs(index)) + timeoutNs;
        }
        if (learner.incarnation == LearnerLink.SAYS_NOTHING)
        {
            return untoldNs[index] + timeoutNs;
        }

        final long endNs = runUntoldNs[index] + timeoutNs;
        if (session.heardIn() < runAttachments[index])
        {
            session.endNs(endNs);
        }

        return endNs;
    }
}
