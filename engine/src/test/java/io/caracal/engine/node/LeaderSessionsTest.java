/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import org.junit.jupiter.api.Test;

class LeaderSessionsTest
{
    private static final long LEADER = 1;
    private static final long HOLDER = 2;
    private static final long OTHER = 3;
    private static final int TICK_MS = 1000;
    private static final int TIMEOUT_MS = 4000;
    private static final long NS_PER_MS = 1_000_000;
    private static final long RUN = 5;

    private final Ensemble members = new Ensemble(new long[]{ LEADER, HOLDER, OTHER }, new long[0]);
    private final Learners learners = new Learners(members);
    private final HeartbeatRounds rounds = new HeartbeatRounds(members.quorum(), LEADER, 0);
    private final SessionTable table = new SessionTable();
    private long nowMs;
    private final SessionHolders holders = new SessionHolders(new PeerLinks(members, LEADER), learners, rounds,
        this::nowNs, NS_PER_MS);
    private final LeaderSessions sessions = new LeaderSessions(LEADER, this::nowNs, new SessionClock(TICK_MS, table,
        0), members, holders);

    private long nowNs()
    {
        return nowMs * NS_PER_MS;
    }

    private Session begin(final long owner)
    {
        holders.onPromised();
        final Session session = table.add(7, TIMEOUT_MS, owner, 0);
        sessions.onCreated(session, 0);

        return session;
    }

    private LearnerLink serve(final long server, final long incarnation)
    {
        holders.onAttached(server);
        final LearnerLink learner = new LearnerLink(server, 1, true, nowNs());
        learner.phase = LearnerLink.Phase.UP;
        learners.put(learner);
        holders.onServing(learner, incarnation);

        return learner;
    }

    /** A learner answers the heartbeats that were sent by now. */
    private void answer(final LearnerLink learner)
    {
        rounds.begin(nowNs());
        learner.answeredRound = rounds.round();
    }

    private Session overAt(final long ms)
    {
        nowMs = ms;
        sessions.advance();

        return sessions.pollOver();
    }

    /** Returns when the session is over, in milliseconds, if a learner answers every heartbeat and names nobody. */
    private long end(final LearnerLink learner, final Session session)
    {
        boolean isOver = false;
        while (!isOver)
        {
            assertTrue(nowMs < 100_000, "it never ends");
            nowMs += 100;
            isOver = overAt(nowMs) == session;
            answer(learner);
            isOver = isOver || overAt(nowMs) == session;
        }

        return nowMs;
    }

    @Test
    void shouldEndAnOwnSessionAtItsDeadline()
    {
        final Session session = begin(LEADER);
        assertNull(overAt(TIMEOUT_MS));
        assertSame(session, overAt(TIMEOUT_MS + TICK_MS));
    }

    @Test
    void shouldEndASessionOfAnotherServerOnceThatHasHadItsSay()
    {
        final LearnerLink learner = serve(HOLDER, RUN);
        final Session session = begin(HOLDER);
        answer(learner);
        assertNull(overAt(TIMEOUT_MS + TICK_MS), "what it has heard may be under way");
        answer(learner);
        assertSame(session, overAt(TIMEOUT_MS + TICK_MS));
    }

    /** The client came back to the server that the session has left, which does not know that yet. */
    @Test
    void shouldSpareASessionThatIsHeardElsewhere()
    {
        final LearnerLink learner = serve(HOLDER, RUN);
        final Session session = begin(HOLDER);
        overAt(TIMEOUT_MS + TICK_MS);
        answer(learner);
        sessions.touchElsewhere(session);
        assertNull(overAt(TIMEOUT_MS + TICK_MS));
        assertEquals(2 * (TIMEOUT_MS + TICK_MS), end(learner, session));
    }

    /** The end that was fixed because the run of its server knows nothing of the client no longer holds. */
    @Test
    void shouldForgetAFixedEndWhenASessionIsHeardElsewhere()
    {
        serve(HOLDER, RUN);
        final Session session = begin(HOLDER);
        final LearnerLink learner = serve(HOLDER, RUN + 1);
        overAt(TIMEOUT_MS + TICK_MS);
        holders.endNs(session);
        assertEquals(TIMEOUT_MS * NS_PER_MS, session.endNs());
        sessions.touchElsewhere(session);
        assertEquals(Session.NO_END, session.endNs());
        assertEquals(2 * (TIMEOUT_MS + TICK_MS), end(learner, session));
    }

    /** Neither server can tell whether its client lives, so an end that was fixed before no longer holds. */
    @Test
    void shouldGiveASessionOnTheMoveItsWholeTimeoutAgain()
    {
        serve(OTHER, RUN);
        final Session session = begin(OTHER);
        final LearnerLink learner = serve(OTHER, RUN + 1);
        holders.endNs(session);
        assertSame(session, overAt(TIMEOUT_MS + TICK_MS));
        sessions.again(session);
        assertEquals(Session.NO_END, session.endNs());
        assertEquals(2 * (TIMEOUT_MS + TICK_MS), end(learner, session));
    }

    /** Its client may wait there until the move or the beginning is applied, and the server cannot name it before. */
    @Test
    void shouldTakeASessionForOnItsWayUntilItsServerKnowsOfIt()
    {
        final LearnerLink learner = serve(HOLDER, RUN);
        final Session session = begin(HOLDER);
        sessions.onMoved(session, 20);
        learner.appliedZxid = 19;
        assertTrue(sessions.isOnItsWay(session));
        learner.appliedZxid = 20;
        assertFalse(sessions.isOnItsWay(session));
        learner.appliedZxid = 0;
        learner.phase = LearnerLink.Phase.ADOPTED;
        assertFalse(sessions.isOnItsWay(session), "it serves nobody");
    }

    @Test
    void shouldTakeANewSessionForOnItsWayUntilItsServerKnowsOfIt()
    {
        final LearnerLink learner = serve(HOLDER, RUN);
        holders.onPromised();
        final Session session = table.add(7, TIMEOUT_MS, HOLDER, 0);
        sessions.onCreated(session, 20);
        learner.appliedZxid = 19;
        assertTrue(sessions.isOnItsWay(session));
        learner.appliedZxid = 20;
        assertFalse(sessions.isOnItsWay(session));
    }
}
