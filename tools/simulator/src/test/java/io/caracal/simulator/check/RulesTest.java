/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Histories that violate a rule, one for each rule about clients, and some that are permitted. */
class RulesTest
{
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SESSION = 77;
    private final AgreedLog log = new AgreedLog();
    private final LeaderNews news = new LeaderNews();
    private final SessionChecker sessions = new SessionChecker(SECOND, news);
    private final EffectChecker effects = new EffectChecker(log, sessions);
    private final EpochChecker epochs = new EpochChecker();
    private final History history = new History();
    private final ModelTree tree = new ModelTree();

    @Test
    void shouldSeeAnExpiryWhileTheClientIsHeard()
    {
        begin();
        sessions.onExchange(SESSION, 8 * SECOND, 8 * SECOND);
        Broken.rule("a session whose client was heard in time does not expire: ", () -> sessions.onAgreed(
            TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1,
                1),
            10 *
                SECOND));
    }

    @Test
    void shouldPermitAnExpiryAfterTheTimeout()
    {
        begin();
        sessions.onExchange(SESSION, 8 * SECOND, 8 * SECOND);
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1, 1), 13 * SECOND);
        assertTrue(!sessions.isLive(SESSION) && sessions.expiredCount() == 1);
    }

    /**
     * The last sign of life came within the time-out that the one before began, although the session ends soon
     * afterwards.
     */
    @Test
    void shouldSeeAnExpiryOfAClientThatWasAlwaysInTime()
    {
        begin();
        sessions.onExchange(SESSION, 8 * SECOND, 8 * SECOND);
        sessions.onExchange(SESSION, 12 * SECOND - 2, 12 * SECOND - 1);
        Broken.rule("a session whose client is always heard in time never expires: ", () -> sessions.onAgreed(
            TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1,
                1),
            12 * SECOND + 1));
    }

    @Test
    void shouldPermitAnExpiryOfAClientThatWasLate()
    {
        begin();
        sessions.onExchange(SESSION, 8 * SECOND, 8 * SECOND);
        sessions.onExchange(SESSION, 12 * SECOND + 1, 12 * SECOND + 2);
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1, 1), 12 * SECOND + 3);
        assertFalse(sessions.isLive(SESSION));
    }

    /** The server that told the client of the longer time-out has told the leader. */
    @Test
    void shouldSeeAnExpiryBeforeTheTimeoutThatWasAgreedOnLast()
    {
        agreeOn(20 * SECOND, 10 * SECOND, 12 * SECOND);
        Broken.rule("a session whose client was heard in time does not expire: ", () -> expire(2, 29 * SECOND));
    }

    @Test
    void shouldPermitAnExpiryByALeaderThatWasNotToldOfALongerTimeout()
    {
        agreeOn(20 * SECOND, 10 * SECOND, 10 * SECOND);
        expire(2, 29 * SECOND);
        assertFalse(sessions.isLive(SESSION));
    }

    @Test
    void shouldPermitAnExpiryAfterAShorterTimeout()
    {
        agreeOn(20 * SECOND, 10 * SECOND, 12 * SECOND);
        sessions.onAskedBack(SESSION, 4 * SECOND, 13 * SECOND);
        sessions.onAgreedWith(SESSION, 2, 4 * SECOND, 13 * SECOND);
        sessions.onExchange(SESSION, 13 * SECOND, 13 * SECOND);
        expire(2, 18 * SECOND);
        assertFalse(sessions.isLive(SESSION));
    }

    @Test
    void shouldPermitAnExpiryAfterAShorterTimeoutThatTheClientAskedForInVain()
    {
        agreeOn(20 * SECOND, 10 * SECOND, 12 * SECOND);
        sessions.onAskedBack(SESSION, 4 * SECOND, 13 * SECOND);
        expire(2, 18 * SECOND);
        assertFalse(sessions.isLive(SESSION));
    }

    /** A client that began with 4 seconds agrees with server 2 on another time-out; server 1 leads. */
    private void agreeOn(final long timeoutNs, final long saidNs, final long toldLeaderNs)
    {
        begin();
        news.onStart(2, 1);
        news.onServing(2, 2);
        sessions.onAskedBack(SESSION, timeoutNs, saidNs);
        sessions.onAgreedWith(SESSION, 2, timeoutNs, saidNs);
        sessions.onExchange(SESSION, saidNs, saidNs);
        news.onEcho(2, 0, toldLeaderNs);
    }

    private void expire(final long zxid, final long appendedNs)
    {
        sessions.onAgreed(TestTxns.session(zxid, Txn.Kind.CLOSE_SESSION, SESSION, 1, 1), appendedNs);
    }

    @Test
    void shouldSeeASessionThatOutlivesTheSilenceOfItsClient()
    {
        begin();
        sessions.onSent(SESSION, 10 * SECOND);
        sessions.onUnquiet(11 * SECOND);
        sessions.time(20 * SECOND);
        sessions.onAgreed(TestTxns.change(2, SESSION, 1, TestTxns.create("/a", "c1-1", 1)), 0);
        sessions.time(20 * SECOND + 1);
        Broken.rule("the session of a silent client ends soon after its time-out: ", () -> expire(3, 20 * SECOND));
    }

    @Test
    void shouldSeeThatAClientIsTakenBackWhoseSessionHasExpired()
    {
        begin();
        sessions.onAgreedWith(SESSION, 1, 4 * SECOND, 60 * SECOND);
        sessions.onSent(SESSION, 8 * SECOND);
        sessions.time(13 * SECOND);
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1, 1), 12 * SECOND);
        sessions.onAgreedWith(SESSION, 1, 4 * SECOND, 14 * SECOND);
        Broken.rule("a client is not taken back long after its session has expired: ", () -> sessions.onAgreedWith(
            SESSION, 1, 4 * SECOND, 14 * SECOND + 1));
    }

    @Test
    void shouldSeeThatAClientIsAnsweredWhoseSessionHasExpired()
    {
        begin();
        sessions.onAnswered(SESSION, 60 * SECOND);
        sessions.onSent(SESSION, 8 * SECOND);
        sessions.time(13 * SECOND);
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1, 1), 12 * SECOND);
        sessions.onAnswered(SESSION, 14 * SECOND);
        Broken.rule("what a client asks long after its session has expired is not answered: ",
            () -> sessions.onAnswered(SESSION, 14 * SECOND + 1));
    }

    @Test
    void shouldSeeAnAnswerThatIsTooOld()
    {
        final AtomicLong clock = new AtomicLong(10 * SECOND);
        final TimelinessChecker timeliness = new TimelinessChecker(clock::get, 2 * SECOND);
        timeliness.onAgreed(TestTxns.change(5, SESSION, 1), 0);
        clock.set(11 * SECOND);
        timeliness.onAgreed(TestTxns.change(6, SESSION, 1), 0);
        timeliness.onShown(1, 5, 13 * SECOND - 1);
        timeliness.onShown(1, 6, 20 * SECOND);
        Broken.rule("has what was agreed a while before: server 1 ", () -> timeliness.onShown(1, 5, 13 * SECOND));
    }

    @Test
    void shouldSeeASessionEndThatNobodyAskedToEnd()
    {
        begin();
        Broken.rule("neither has it expired nor has its client asked for that", () -> sessions.onAgreed(
            TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1,
                0),
            0));
    }

    @Test
    void shouldSeeADeadSessionAct()
    {
        begin();
        sessions.onEndAsked(SESSION);
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.CLOSE_SESSION, SESSION, 1, 0), 0);
        Broken.rule(" changes something", () -> sessions.onAgreed(TestTxns.change(3, SESSION, 1, TestTxns.create("/a",
            "c1-1", 1)), 0));
    }

    @Test
    void shouldSeeASessionActThatARestoreEnded()
    {
        begin();
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.RESTORED, 0, 1, 7), 0);
        assertTrue(sessions.isOfAnotherTree(SESSION, 2));
        assertTrue(!sessions.isOfAnotherTree(SESSION, 1));
        Broken.rule(" changes something", () -> sessions.onAgreed(TestTxns.change(3, SESSION, 1, TestTxns.create("/a",
            "c1-1", 1)), 0));
    }

    @Test
    void shouldKnowTheStateThatARestoreBringsBack()
    {
        final ModelTree model = new ModelTree();
        model.apply(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-1", 1)));
        model.onRestoreSent(7, 1);
        model.apply(TestTxns.change(2, SESSION, 1, TestTxns.create("/b", "c1-2", 2)));
        model.apply(TestTxns.session(3, Txn.Kind.RESTORE, 0, 1, 7));
        model.apply(TestTxns.session(4, Txn.Kind.RESTORED, 0, 1, 7));
        assertTrue(model.at("/b", 3) != null && model.at("/b", 4) == null && model.at("/a", 4) != null);
    }

    @Test
    void shouldSeeASessionActWhereItLeft()
    {
        begin();
        sessions.onAgreed(TestTxns.session(2, Txn.Kind.MOVE_SESSION, SESSION, 2, 1), 0);
        Broken.rule("a session acts through the server that it moved to last: ", () -> sessions.onAgreed(
            TestTxns.change(3, SESSION, 1, TestTxns.create("/a",
                "c1-1", 1)),
            0));
    }

    @Test
    void shouldSeeThatALiveSessionIsDenied()
    {
        begin();
        Broken.rule(" is over, and it lives", () -> sessions.onToldOfEnd(SESSION));
    }

    @Test
    void shouldSeeARequestTakeEffectTwice()
    {
        effects.onAgreed(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-5", 1)), 0);
        Broken.rule("c1-5 takes effect at 0:2 after request 5", () -> effects.onAgreed(TestTxns.change(2, SESSION, 1,
            TestTxns.create("/b",
                "c1-5", 2)),
            0));
    }

    @Test
    void shouldFindTheMarkOfARequestInLongData()
    {
        effects.onAgreed(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-5....", 1)), 0);
        Broken.rule("c1-5 takes effect at 0:2 after request 5", () -> effects.onAgreed(TestTxns.change(2, SESSION, 1,
            TestTxns.create("/b", "c1-5..", 2)), 0));
    }

    @Test
    void shouldSeeAParkedRequestOvertaken()
    {
        effects.onAgreed(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-6", 1)), 0);
        Broken.rule("c1-5 takes effect at 0:2 after request 6", () -> effects.onAgreed(TestTxns.change(2, SESSION, 1,
            TestTxns.create("/b",
                "c1-5", 2)),
            0));
    }

    @Test
    void shouldSeeARefusedRequestOvertaken()
    {
        begin();
        final Operation multi = unanswered(Operation.Kind.MULTI, 1);
        final Operation create = unanswered(Operation.Kind.CREATE, 2);
        refuse(3, TestTxns.error(SESSION, 1, Operation.NODE_EXISTS));
        refuse(4, TestTxns.multiError(SESSION, 2, 2, Operation.NODE_EXISTS));
        Broken.rule("nobody asked for ", () -> effects.onEnd(List.of(multi, create)));
    }

    /** The client left for another server, and the first server was cut off until the session was over. */
    @Test
    void shouldPermitThatALateRequestOfASessionThatIsOverIsRefused()
    {
        begin();
        final Operation multi = unanswered(Operation.Kind.MULTI, 1);
        final Operation create = unanswered(Operation.Kind.CREATE, 2);
        refuse(3, TestTxns.error(SESSION, 1, Operation.NODE_EXISTS));
        sessions.onAgreed(TestTxns.session(4, Txn.Kind.RESTORED, 0, 1, 7), 0);
        refuse(5, TestTxns.multiError(SESSION, 2, 2, Operation.SESSION_EXPIRED));
        effects.onEnd(List.of(multi, create));

        refuse(6, TestTxns.multiError(SESSION, 3, 2, Operation.SESSION_EXPIRED));
        Broken.rule("nobody asked for ", () -> effects.onEnd(List.of(multi, create)));
    }

    @Test
    void shouldSeeARequestRefusedAsIfItsSessionWereOver()
    {
        begin();
        final Operation create = unanswered(Operation.Kind.CREATE, 1);
        refuse(2, TestTxns.error(SESSION, 1, Operation.SESSION_EXPIRED));
        Broken.rule("nobody asked for ", () -> effects.onEnd(List.of(create)));
    }

    private void refuse(final long zxid, final byte[] txn)
    {
        if (log.agreed().isEmpty())
        {
            log.onStart(1);
        }
        log.onLogged(1, zxid, txn, 0);
        log.onApplied(1, zxid);
    }

    private static Operation unanswered(final Operation.Kind kind, final int number)
    {
        final Operation operation = new Operation(kind, "/a", 1, number, SESSION, 0);
        operation.outcome = Operation.Outcome.UNKNOWN;
        if (kind == Operation.Kind.MULTI)
        {
            operation.parts.add(new Operation(Operation.Kind.CHECK, "/a", 1, number, SESSION, 0));
            operation.parts.add(new Operation(Operation.Kind.DELETE, "/a", 1, number, SESSION, 0));
        }

        return operation;
    }

    @Test
    void shouldSeeTwoLeadersOfAnEpoch()
    {
        epochs.onDurable(1, 5, 1, 5);
        Broken.rule("an epoch has one leader: ", () -> epochs.onDurable(2, 5, 2, 5));
    }

    @Test
    void shouldSeeAPromiseForgotten()
    {
        epochs.onDurable(1, 5, 1, 4);
        Broken.rule("promises are kept: ", () -> epochs.onDurable(1, 5, 2, 4));
    }

    @Test
    void shouldSeeAWriteBeforeWhatWasToldEarlier()
    {
        answer(Operation.Kind.SET_DATA, 9);
        Broken.rule(" was asked after 0:9 was told", () -> answer(Operation.Kind.SET_DATA, 8));
    }

    @Test
    void shouldSeeASyncThatShowsNothing()
    {
        answer(Operation.Kind.SET_DATA, 9);
        Broken.rule(" was asked after 0:9 was told", () -> answer(Operation.Kind.SYNC, 8));
    }

    @Test
    void shouldSeeAReadThatIsNotTheState()
    {
        agree(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-1", 1)));
        final Operation read = new Operation(Operation.Kind.GET_DATA, "/a", 1, 2, SESSION, 0);
        read.zxid = 0;
        read.resultData = "c1-1";
        read.stat = tree.now("/a").stat();
        Broken.rule("a read shows the state at its zxid: ", () -> new ReplyChecker(log, tree, sessions).onReply(read));
    }

    @Test
    void shouldSeeATransactionThatContradictsTheState()
    {
        agree(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-1", 1)));
        Broken.rule("/a is born twice at 0:2", () -> agree(TestTxns.change(2, SESSION, 1, TestTxns.create("/a", "c1-2",
            2))));
        Broken.rule("/b does not exist at 0:3", () -> agree(TestTxns.change(3, SESSION, 1, TestTxns.create("/b/c",
            "c1-3", 1))));
    }

    @Test
    void shouldSeeAnEventThatNobodyWaitsFor()
    {
        final WatchChecker watches = new WatchChecker(log, tree, 1);
        Broken.rule("client 1 is sent ", () -> watches.onEvent(new WatchEvent(1, WatchEvent.CREATED, "/a")));
    }

    @Test
    void shouldSeeAnEventMissedWhileAway()
    {
        agree(TestTxns.change(1, SESSION, 1, TestTxns.create("/a", "c1-1", 1)));
        final Operation again = new Operation(Operation.Kind.SET_WATCHES, "", 1, 3, SESSION, 0);
        again.watches = new WatchSet();
        again.watches.exist.add("/a");
        again.zxid = 1;
        final WatchChecker watches = new WatchChecker(log, tree, 1);
        Broken.rule("client 1 sets watches again at 0:1", () -> watches.onReply(again));
    }

    private void begin()
    {
        sessions.onAgreed(TestTxns.session(1, Txn.Kind.CREATE_SESSION, SESSION, 1, 4000), 0);
    }

    private void agree(final Txn txn)
    {
        tree.apply(txn);
    }

    private void answer(final Operation.Kind kind, final long zxid)
    {
        final Operation operation = new Operation(kind, "/a", 1, 1, SESSION, 0);
        history.onInvoked(operation);
        operation.outcome = Operation.Outcome.ANSWERED;
        operation.zxid = zxid;
        history.onAnswered(operation);
    }
}
