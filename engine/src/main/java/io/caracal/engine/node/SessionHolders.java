/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.session.Session;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Tracks, on a leader, until when each server that holds sessions may have answered a client without this leader ever
 * hearing of it. A client that was answered relies on its session for a full time-out from then on. So this decides
 * when an overdue session may be ended.
 * <p>
 * A server whose process goes on (the same <i>run</i>) still knows which clients it has heard, and reports them when it
 * attaches anew. A process that has ended reports nothing. But the next process answers only clients whose sessions the
 * leader has given to it. So a session that was last heard of in an earlier run cannot have been answered by a later
 * one, however often the server restarts.
 * <p>
 * All times are those of the {@link StallClock}.
 */
final class SessionHolders implements SuspectSessions.Witnesses
{
    /**
     * For how many time-outs a server that is gone may go on answering clients. A former leader may do so for one,
     * counted from the last answer of a quorum, which may have another leader by now. Its followers may do so for one
     * more, counted from the last word of that leader.
     */
    private static final int LEASES = 2;
    private static final long NS_PER_MS = 1_000_000L;

    private final PeerLinks links;
    private final Learners learners;
    private final HeartbeatRounds rounds;
    private final LongSupplier watchNs;
    private final long leaseNs;
    /** By server: when it was last attached and could answer clients; at the earliest when the epoch was promised. */
    private final long[] goneNs;
    /** By server: until when it may have answered clients unheard before its latest attachment. */
    private final long[] untoldNs;
    private final long[] attachments;
    /** By server: the number of its current run, as it last reported; 0 before it has reported any. */
    private final long[] runs;
    /**
     * By server: its first attachment in that run; 0 for the first run that this leader knows, which may have begun
     * earlier.
     */
    private final long[] runAttachments;
    /** By server: until when its earlier runs, or this run under another leader, may have answered clients unheard. */
    private final long[] runUntoldNs;
    private boolean isPromised;

    /**
     * Begins when a leader begins.
     *
     * @param links    of this server.
     * @param learners that are attached.
     * @param rounds   of heartbeats.
     * @param watchNs  the {@link StallClock}.
     * @param leaseNs  for how long a server answers clients after it last heard of a quorum.
     */
    SessionHolders(final PeerLinks links, final Learners learners, final HeartbeatRounds rounds,
        final LongSupplier watchNs, final long leaseNs)
    {
        this.links = links;
        this.learners = learners;
        this.rounds = rounds;
        this.watchNs = watchNs;
        this.leaseNs = leaseNs;
        final int count = learners.size();
        goneNs = new long[count];
        untoldNs = new long[count];
        attachments = new long[count];
        runs = new long[count];
        runAttachments = new long[count];
        runUntoldNs = new long[count];
    }

    /**
     * A quorum has promised the epoch, so no quorum answers a former leader any more. Before that, one may have: a
     * voter of this leader's election can have gone back to the former leader for a while.
     */
    void onPromised()
    {
        isPromised = true;
        Arrays.fill(goneNs, watchNs.getAsLong());
    }

    /** A learner is gone. It could answer clients only if it had been told that it is up to date. */
    void onGone(final LearnerLink learner)
    {
        final int index = links.indexOf(learner.serverId);
        if (index >= 0 && learner.phase == LearnerLink.Phase.UP)
        {
            goneNs[index] = watchNs.getAsLong();
        }
    }

    /**
     * A server attaches. From now on it answers no clients until it serves again; before, it may have answered some
     * unheard.
     */
    void onAttached(final long server)
    {
        final int index = links.indexOf(server);
        if (index >= 0)
        {
            attachments[index]++;
            untoldNs[index] = isPromised ? Math.min(watchNs.getAsLong(), silentSinceNs(index)) : watchNs.getAsLong();
        }
    }

    private long silentSinceNs(final int index)
    {
        return goneNs[index] + LEASES * leaseNs;
    }

    /**
     * A learner has answered a heartbeat. Once it names its incarnation, it serves its clients and has reported
     * everything that it had heard of them before.
     */
    void onServing(final LearnerLink learner, final long incarnation)
    {
        learner.incarnation = incarnation;
        final int index = links.indexOf(learner.serverId);
        if (index >= 0 && incarnation > 0 && incarnation != runs[index])
        {
            runAttachments[index] = runs[index] == 0 ? 0 : attachments[index];
            runUntoldNs[index] = untoldNs[index];
            runs[index] = incarnation;
        }
    }

    /** The leader has heard that a client lives, from the server that holds its session or by a transaction. */
    void onHeard(final Session session)
    {
        final int index = links.indexOf(session.preparedOwner());
        session.heardIn(index < 0 ? 0 : attachments[index]);
    }

    @Override
    public boolean isHeardOut(final long server, final long round)
    {
        final LearnerLink learner = servingLearner(server);

        return learner == null || (learner.incarnation != 0 && learner.answeredRound >= round);
    }

    /**
     * Whether the server of a session knows that it holds the session. A server that serves may be behind with applying
     * the move or the beginning of a session. Until then it cannot name the session, though the client may be there and
     * wait for the answer.
     */
    boolean isKnownToServer(final Session session)
    {
        final LearnerLink learner = servingLearner(session.preparedOwner());

        return learner == null || learner.appliedZxid >= session.givenZxid();
    }

    /** The learner link of a server that can answer clients; null while the server is gone or on its way back. */
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

    /** Whether the end of an overdue session was fixed earlier and has come. */
    boolean isOver(final Session session)
    {
        return session.endNs() <= watchNs.getAsLong();
    }

    /** When an overdue session ends, as far as can be told now. To be asked only when its server has had its say. */
    long endNs(final Session session)
    {
        final int index = links.indexOf(session.preparedOwner());
        if (index < 0)
        {
            return watchNs.getAsLong();
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
