/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.zab.Ensemble;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.Learners;
import io.caracal.engine.zab.PeerLinks;
import io.caracal.engine.zab.broadcast.HeartbeatRounds;
import org.junit.jupiter.api.Test;

class SessionHoldersTest
{
    private static final long LEADER = 1;
    private static final long HOLDER = 2;
    private static final long STRANGER = 9;
    private static final long LEASE_NS = 1_000;
    private static final int TIMEOUT_MS = 4000;
    private static final long TIMEOUT_NS = 1_000_000L * TIMEOUT_MS;

    private final Ensemble members = new Ensemble(new long[]{ LEADER, HOLDER, 3 }, new long[0]);
    private final Learners learners = new Learners(members);
    private final HeartbeatRounds rounds = new HeartbeatRounds(members.quorum(), LEADER, 0);
    private final SessionTable table = new SessionTable();
    private final Session session = table.add(7, TIMEOUT_MS, HOLDER, 0);
    private long nowNs = 50;
    private final SessionHolders holders = new SessionHolders(new PeerLinks(members, LEADER), learners, rounds,
        () -> nowNs, LEASE_NS);
    private long conversation;

    SessionHoldersTest()
    {
        holders.onPromised();
    }

    private LearnerLink attach()
    {
        holders.onAttached(HOLDER);
        final LearnerLink learner = new LearnerLink(HOLDER, ++conversation, true, nowNs);
        learners.put(learner);

        return learner;
    }

    /** The holder attaches, and serves in a run. */
    private LearnerLink serve(final long incarnation)
    {
        final LearnerLink learner = attach();
        learner.phase = LearnerLink.Phase.UP;
        holders.onServing(learner, incarnation);

        return learner;
    }

    private void lose(final LearnerLink learner)
    {
        holders.onGone(learner);
        learners.remove(learner.serverId);
    }

    @Test
    void shouldWaitForTwoLeasesAndATimeoutAfterTheHolderWasLost()
    {
        final LearnerLink learner = serve(5);
        nowNs = 300;
        lose(learner);
        nowNs = 9_000;
        assertEquals(300 + 2 * LEASE_NS + TIMEOUT_NS, holders.endNs(session));
    }

    /** A learner that was not told that it is up to date has answered nobody since it was last lost. */
    @Test
    void shouldNotCountTheTimeOfALearnerThatNeverServed()
    {
        final LearnerLink learner = attach();
        nowNs = 5_000;
        lose(learner);
        assertEquals(50 + 2 * LEASE_NS + TIMEOUT_NS, holders.endNs(session));
    }

    /** A voter of the election can have gone back to the former leader before it promised the epoch. */
    @Test
    void shouldCountFromThePromiseOfTheQuorum()
    {
        nowNs = 700;
        holders.onPromised();
        assertEquals(700 + 2 * LEASE_NS + TIMEOUT_NS, holders.endNs(session));
    }

    @Test
    void shouldCountFromTheAttachmentOfALearnerThatAttachedBeforeThePromise()
    {
        final SessionHolders early = new SessionHolders(new PeerLinks(members, LEADER), learners, rounds, () -> nowNs,
            LEASE_NS);
        nowNs = 20_000;
        early.onAttached(HOLDER);
        learners.put(new LearnerLink(HOLDER, 1, true, nowNs));
        nowNs = 20_500;
        early.onPromised();
        assertEquals(20_000 + TIMEOUT_NS, early.endNs(session));
    }

    @Test
    void shouldCountFromTheAttachmentOfALearnerThatIsOnItsWayBack()
    {
        lose(serve(5));
        nowNs = 400;
        attach();
        nowNs = 900;
        assertEquals(400 + TIMEOUT_NS, holders.endNs(session));
    }

    @Test
    void shouldCountFromTheEndOfItsLeasesWhenALearnerComesBackLate()
    {
        nowNs = 300;
        lose(serve(5));
        nowNs = 300 + 5 * LEASE_NS;
        attach();
        assertEquals(300 + 2 * LEASE_NS + TIMEOUT_NS, holders.endNs(session));
    }

    /** A run that has told everything may have heard the client, so no time is fixed. */
    @Test
    void shouldFixNoEndForTheFirstRunThatIsKnown()
    {
        nowNs = 100;
        serve(5);
        nowNs = 900;
        assertEquals(100 + TIMEOUT_NS, holders.endNs(session));
        assertEquals(Session.NO_END, session.endNs());
    }

    @Test
    void shouldFixTheEndOfASessionThatWasHeardInAnEarlierRun()
    {
        final LearnerLink first = serve(5);
        holders.onHeard(session);
        nowNs = 300;
        lose(first);
        nowNs = 600;
        final LearnerLink second = serve(6);
        assertEquals(600 + TIMEOUT_NS, holders.endNs(session));
        assertEquals(600 + TIMEOUT_NS, session.endNs());

        nowNs = 700;
        lose(second);
        nowNs = 800;
        serve(7);
        assertEquals(600 + TIMEOUT_NS, holders.endNs(session), "it stays fixed");
        assertFalse(holders.isOver(session));
        nowNs = 600 + TIMEOUT_NS;
        assertTrue(holders.isOver(session));
    }

    @Test
    void shouldFixNoEndOfASessionThatWasHeardInThePresentRun()
    {
        lose(serve(5));
        nowNs = 600;
        serve(6);
        holders.onHeard(session);
        assertEquals(600 + TIMEOUT_NS, holders.endNs(session));
        assertEquals(Session.NO_END, session.endNs());
    }

    /** It is told again of whom it heard, so a break of the link begins no run. */
    @Test
    void shouldNotTakeAnotherAttachmentForAnotherRun()
    {
        final LearnerLink first = serve(5);
        nowNs = 600;
        lose(first);
        serve(5);
        assertEquals(50 + TIMEOUT_NS, holders.endNs(session));
        assertEquals(Session.NO_END, session.endNs());
    }

    @Test
    void shouldForgetTheEndOfASessionThatIsHeard()
    {
        lose(serve(5));
        serve(6);
        holders.endNs(session);
        holders.onHeard(session);
        assertEquals(Session.NO_END, session.endNs());
    }

    @Test
    void shouldTakeTheAttachmentOfAServerThatReportsNoRun()
    {
        nowNs = 100;
        serve(LearnerLink.SAYS_NOTHING);
        nowNs = 900;
        assertEquals(100 + TIMEOUT_NS, holders.endNs(session));
        serve(LearnerLink.SAYS_NOTHING);
        assertEquals(900 + TIMEOUT_NS, holders.endNs(session));
    }

    @Test
    void shouldHearOutWhoServesOnlyOnceItHasToldEverything()
    {
        final LearnerLink learner = serve(0);
        learner.answeredRound = 4;
        assertFalse(holders.isHeardOut(HOLDER, 4));
        holders.onServing(learner, 5);
        assertTrue(holders.isHeardOut(HOLDER, 4));
        assertFalse(holders.isHeardOut(HOLDER, 5));
        learner.phase = LearnerLink.Phase.ADOPTED;
        assertTrue(holders.isHeardOut(HOLDER, 5), "it answers nobody");
    }

    @Test
    void shouldEndASessionOfNoMemberAtOnce()
    {
        final Session foreign = table.add(8, TIMEOUT_MS, STRANGER, 0);
        holders.onAttached(STRANGER);
        holders.onHeard(foreign);
        assertEquals(nowNs, holders.endNs(foreign));
    }
}
