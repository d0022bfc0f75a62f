/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.Arrays;

/**
 * What a leader knows of the servers that hold sessions: until when each of them may have answered a client of which
 * this leader has not heard and will not hear. A client that was answered counts on its session for a full time-out
 * from then on, so this is what decides when an overdue session may be ended.
 * <p>
 * A server whose process goes on (the same <i>run</i>) still knows whom it has heard, and tells that when it attaches
 * anew. A process that has ended tells nothing. But the next one answers only clients whose sessions the leader has
 * given to it, so a session that was last heard of in an earlier run cannot have been answered by a later one, however
 * often the server starts again.
 * <p>
 * All times are of the clock that stands still while this server does ({@link StallClock}).
 */
final class SessionHolders implements SuspectSessions.Witnesses
{
    /**
     * For how many leases a server that is gone may go on answering clients. A former leader does so for one, counted
     * from the last answer of a quorum, which may have another leader by now; its followers do so for one more, counted
     * from the last word of that leader.
     */
    private static final int LEASES = 2;
    private static final long NS_PER_MS = 1_000_000L;

    private final Node node;
    private final Learners learners;
    private final HeartbeatRounds rounds;
    /** When each server was attached last and could answer clients; at the earliest when this leader began. */
    private final long[] goneNs;
    /** By server: until when it may have answered clients unheard before it attached last. */
    private final long[] untoldNs;
    private final long[] attachments;
    /** By server: the number of the run that it is in, as it said last; 0 before it has said so. */
    private final long[] runs;
    /** By server: its first attachment in that run; 0 for the first run that this leader knows, which may be older. */
    private final long[] runAttachments;
    /** By server: until when its earlier runs, or that one under another leader, may have answered clients unheard. */
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

    /** A learner is gone. It could answer clients only if it had been told that the epoch is established. */
    void onGone(final LearnerLink learner)
    {
        final int index = node.links().indexOf(learner.serverId);
        if (index >= 0 && learner.phase == LearnerLink.Phase.UP)
        {
            goneNs[index] = node.watchNs();
        }
    }

    /** A server attaches. It answers no clients from now on until it serves again; before, it may have, unheard. */
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

    /** A learner serves its clients again, and has told all that it had heard of them before. */
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

    /** The leader hears that a client lives, from the server that holds its session or by a transaction. */
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

    /** The learner of a server that can answer clients; null while it is gone, or on its way back. */
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

    /** Whether the moment at which an overdue session ends was fixed earlier, and has come. */
    boolean isOver(final Session session)
    {
        return session.endNs() <= node.watchNs();
    }

    /** When an overdue session ends whose server has had its say, as far as can be told now. */
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
