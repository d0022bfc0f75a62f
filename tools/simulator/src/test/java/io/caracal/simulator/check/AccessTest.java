/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.txn.TxnWriter;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histories in which access control lists are not obeyed, and some in which they are. */
class AccessTest
{
    private static final long SESSION = 77;
    private static final String OUTCOME = "a write comes out as the state before it demands: ";
    private static final String READ = "a read shows the state at its zxid: ";
    private static final String EVENTS = "watch events come in order, before what they tell of can be seen, and only ";
    private static final Identities ALICE = Identities.of(1).with("alice:a");
    private static final Identities NOBODY = Identities.of(2);
    private static final Acl FOR_ALICE = Acl.of(Acl.digest(Acl.ALL, ALICE.digests().get(0)));
    private static final Acl READABLE = Acl.of(Acl.world(Acl.READ), Acl.digest(Acl.ALL, ALICE.digests().get(0)));

    private final AgreedLog log = new AgreedLog();
    private final ModelTree tree = new ModelTree();
    private final ReplyChecker replies = new ReplyChecker(log, tree, new SessionChecker(1, new LeaderNews()));
    private final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
    private long zxid;
    private int number;

    @BeforeEach
    void shouldHaveARoomOfAlice()
    {
        log.add((txn, appendedNs) -> tree.apply(txn));
        log.onStart(1);
        agree(() -> create("/a", FOR_ALICE, 1));
    }

    @Test
    void shouldKnowTheDigestOfAUser()
    {
        assertEquals("u:Jq7wMyA/w2Vd5WIDAKdu4OIIFEQ=", Identities.digestOf("u:p"));
    }

    @Test
    void shouldSeeAWriteThatTheListForbids()
    {
        final Operation set = ask(Operation.Kind.SET_DATA, "/a", NOBODY);
        set.data = "c1-1";
        agree(() -> writer.setData(TestTxns.text("/a"), 0, 2, TestTxns.text("c1-1"), 0, 4, 1));
        Broken.rule(OUTCOME, () -> answer(set, 0));
    }

    @Test
    void shouldSeeARefusalOfWhatTheListPermits()
    {
        final Operation set = ask(Operation.Kind.SET_DATA, "/a", ALICE);
        agree(() -> writer.error(Operation.NO_AUTH));
        Broken.rule(OUTCOME, () -> answer(set, Operation.NO_AUTH));
        set.sentBy(NOBODY);
        answer(set, Operation.NO_AUTH);
    }

    @Test
    void shouldSeeADeletionThatTheListOfTheParentForbids()
    {
        agree(() -> create("/a/b", Acl.OPEN, 1));
        final Operation delete = ask(Operation.Kind.DELETE, "/a/b", NOBODY);
        agree(() -> writer.delete(TestTxns.text("/a/b"), 0, 4, false));
        Broken.rule(OUTCOME, () -> answer(delete, 0));
        delete.sentBy(ALICE);
        answer(delete, 0);
    }

    @Test
    void shouldSeeThatSomebodyIsToldWhatExistsWhoMayNotCreate()
    {
        agree(() -> create("/a/b", Acl.OPEN, 1));
        final Operation create = ask(Operation.Kind.CREATE, "/a/b", NOBODY);
        final Operation delete = ask(Operation.Kind.DELETE, "/a/c", NOBODY);
        agree(() -> writer.error(Operation.NODE_EXISTS));
        Broken.rule(OUTCOME, () -> answer(create, Operation.NODE_EXISTS));
        agree(() -> writer.error(Operation.NO_NODE));
        Broken.rule(OUTCOME, () -> answer(delete, Operation.NO_NODE));
    }

    @Test
    void shouldSeeThatAChangeOfAListIsIgnored()
    {
        agree(() -> setAcl("/a", READABLE, 1));
        final Operation read = ask(Operation.Kind.EXISTS, "/a", NOBODY);
        read.stat = tree.at("/a", 1).stat();
        Broken.rule(READ, () -> replyAt(1, read, 0));
        replyAt(1, read, Operation.NO_AUTH);
        read.stat = tree.at("/a", 2).stat();
        replyAt(2, read, 0);
        Broken.rule(READ, () -> replyAt(2, read, Operation.NO_AUTH));
    }

    @Test
    void shouldSeeAVersionOfAListThatIsNotChecked()
    {
        final Operation set = ask(Operation.Kind.SET_ACL, "/a", ALICE);
        set.acl = READABLE;
        set.version = 1;
        agree(() -> setAcl("/a", READABLE, 1));
        Broken.rule(OUTCOME, () -> answer(set, 0));
        Broken.rule("aversion of /a at 0:3", () -> agree(() -> setAcl("/a", READABLE, 3)));
    }

    @Test
    void shouldSeeThatAnotherListIsStored()
    {
        final Operation set = ask(Operation.Kind.SET_ACL, "/a", ALICE);
        set.acl = Acl.of(Acl.auth(Acl.READ));
        agree(() -> setAcl("/a", FOR_ALICE, 1));
        Broken.rule("a write is answered by its transaction: ", () -> answer(set, 0));
        agree(() -> setAcl("/a", Acl.of(Acl.digest(Acl.READ, ALICE.digests().get(0))), 2));
        answer(set, 0);
    }

    @Test
    void shouldSeeAListThatStandsForNobody()
    {
        final Operation create = ask(Operation.Kind.CREATE, "/x/y", NOBODY);
        create.acl = Acl.of(Acl.auth(Acl.ALL));
        agree(() -> writer.error(Operation.NO_NODE));
        Broken.rule(OUTCOME, () -> answer(create, Operation.NO_NODE));
        agree(() -> writer.error(Operation.INVALID_ACL));
        answer(create, Operation.INVALID_ACL);
    }

    @Test
    void shouldSeeAPartThatTheListOfAnEarlierPartForbids()
    {
        final Operation multi = ask(Operation.Kind.MULTI, "", NOBODY);
        multi.parts.add(new Operation(Operation.Kind.CREATE, "/b", 1, 1, SESSION, 0));
        multi.parts.add(new Operation(Operation.Kind.CREATE, "/b/c", 1, 1, SESSION, 0));
        multi.parts.forEach(part -> part.data = "");
        multi.parts.get(0).acl = FOR_ALICE;
        multi.sentBy(NOBODY);
        agree(() ->
        {
            writer.multi();
            create("/b", FOR_ALICE, 2);
            create("/b/c", Acl.OPEN, 1);
            writer.endMulti(2);
        });
        multi.partErrors.add(0);
        multi.partErrors.add(0);
        Broken.rule(OUTCOME, () -> answer(multi, 0));
        multi.sentBy(ALICE);
        answer(multi, 0);
    }

    @Test
    void shouldSeeAHashThatIsShownToAReader()
    {
        agree(() -> setAcl("/a", READABLE, 1));
        final Operation read = ask(Operation.Kind.GET_ACL, "/a", NOBODY);
        read.resultAcl = READABLE;
        read.stat = tree.now("/a").stat();
        Broken.rule(READ, () -> answer(read, 0));
        read.resultAcl = Acl.of(Acl.world(Acl.READ), Acl.digest(Acl.ALL, "alice:x"));
        answer(read, 0);
        read.sentBy(ALICE);
        Broken.rule(READ, () -> answer(read, 0));
    }

    @Test
    void shouldPermitEverythingToASuperUserAndAnAddressWhatItsEntrySays()
    {
        final Identities root = NOBODY.with(Identities.SUPER_CREDENTIALS);
        final Operation read = ask(Operation.Kind.GET_ACL, "/a", root);
        read.resultAcl = FOR_ALICE;
        read.stat = tree.now("/a").stat();
        answer(read, 0);
        agree(() -> setAcl("/a", Acl.of(Acl.address(Acl.READ, "10.0.0.2")), 1));
        read.resultAcl = Acl.of(Acl.address(Acl.READ, "10.0.0.2"));
        read.stat = tree.now("/a").stat();
        read.sentBy(NOBODY);
        answer(read, 0);
        read.sentBy(ALICE);
        Broken.rule(READ, () -> answer(read, 0));
    }

    @Test
    void shouldKnowTheListThatARestoreBringsBack()
    {
        agree(() -> setAcl("/a", READABLE, 1));
        tree.onRestoreSent(7, 1);
        tree.apply(TestTxns.session(3, Txn.Kind.RESTORE, 0, 1, 7));
        tree.apply(TestTxns.session(4, Txn.Kind.RESTORED, 0, 1, 7));
        assertEquals(READABLE, tree.at("/a", 3).acl());
        assertEquals(FOR_ALICE, tree.at("/a", 4).acl());
    }

    @Test
    void shouldSeeAnEventForSomebodyWhoMayNotRead()
    {
        final WatchChecker watches = watching("/a");
        agree(() -> create("/a/b", Acl.OPEN, 1));
        Broken.rule(EVENTS, () -> watches.onEvent(new WatchEvent(2, WatchEvent.CHILDREN_CHANGED, "/a")));
    }

    @Test
    void shouldMissAnEventForSomebodyWhoMayRead()
    {
        final WatchChecker watches = watching("/a");
        watches.onAuthenticated(ALICE);
        watches.onReply(at(1));
        agree(() -> create("/a/b", Acl.OPEN, 1));
        Broken.rule(EVENTS, () -> watches.onReply(at(2)));
    }

    @Test
    void shouldJudgeEventsByTheListsAtTheTime()
    {
        final WatchChecker watches = watching("/b");
        agree(() ->
        {
            writer.multi();
            create("/b", READABLE, 2);
            create("/b/c", FOR_ALICE, 1);
            writer.delete(TestTxns.text("/b/c"), 0, 4, false);
            writer.endMulti(3);
        });
        watches.onEvent(new WatchEvent(2, WatchEvent.CREATED, "/b"));
        watches.onEvent(new WatchEvent(2, WatchEvent.CHILDREN_CHANGED, "/b"));
        watches.onEvent(new WatchEvent(2, WatchEvent.CHILDREN_CHANGED, "/b"));
        agree(() -> setAcl("/b", FOR_ALICE, 1));
        agree(() -> writer.delete(TestTxns.text("/b"), 0, 2, false));
        Broken.rule(EVENTS, () -> watches.onEvent(new WatchEvent(4, WatchEvent.DELETED, "/b")));
    }

    /** Nobody knows whether the server took the credentials before or after it applied the first two transactions. */
    @Test
    void shouldPermitThatEventsAreMissedWhichComeTogetherWithCredentials()
    {
        final WatchChecker watches = watching("/a");
        agree(() -> create("/a/b", Acl.OPEN, 1));
        agree(() -> create("/a/c", Acl.OPEN, 2));
        watches.onAuthenticated(ALICE);
        watches.onEvent(new WatchEvent(3, WatchEvent.CHILDREN_CHANGED, "/a"));
        agree(() -> create("/a/d", Acl.OPEN, 3));
        Broken.rule(EVENTS, () -> watches.onReply(at(4)));
    }

    @Test
    void shouldSeeThatAnEventIsMissedBehindOneThatNeedsTheCredentials()
    {
        final WatchChecker watches = watching("/a");
        agree(() ->
        {
            writer.multi();
            create("/a/b", Acl.OPEN, 1);
            create("/a/c", Acl.OPEN, 2);
            writer.endMulti(2);
        });
        watches.onAuthenticated(ALICE);
        watches.onEvent(new WatchEvent(2, WatchEvent.CHILDREN_CHANGED, "/a"));
        Broken.rule(EVENTS, () -> watches.onReply(at(2)));
    }

    /** A persistent watch of a client that has proven nothing. */
    private WatchChecker watching(final String path)
    {
        final WatchChecker watches = new WatchChecker(log, tree, 2);
        final Operation watch = at(1);
        watches.onReply(watch);
        final Operation add = new Operation(Operation.Kind.ADD_WATCH, path, 2, 1, SESSION, 0);
        add.zxid = 1;
        watches.onReply(add);

        return watches;
    }

    private Operation at(final long replyZxid)
    {
        final Operation operation = new Operation(Operation.Kind.SYNC, "/", 2, 1, SESSION, 0);
        operation.zxid = replyZxid;

        return operation;
    }

    private Operation ask(final Operation.Kind kind, final String path, final Identities who)
    {
        final Operation operation = new Operation(kind, path, 1, number++, SESSION, 0);
        operation.sentBy(who);

        return operation;
    }

    private void answer(final Operation operation, final int error)
    {
        replyAt(zxid, operation, error);
    }

    private void replyAt(final long replyZxid, final Operation operation, final int error)
    {
        operation.outcome = Operation.Outcome.ANSWERED;
        operation.zxid = replyZxid;
        operation.error = error;
        replies.onReply(operation);
    }

    private void agree(final Runnable body)
    {
        zxid++;
        writer.begin(SESSION, 0, 1, 1, zxid, -1, 0);
        body.run();
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        log.onLogged(1, zxid, bytes, 0);
        log.onApplied(1, zxid);
    }

    private void create(final String path, final Acl acl, final int creates)
    {
        final UnsafeBuffer list = TestTxns.list(acl);
        writer.create(TestTxns.text(path), 0, path.length(), list, 0, list.capacity(), TestTxns.text(""), 0, 0, 0,
            creates, true);
    }

    private void setAcl(final String path, final Acl acl, final int aversion)
    {
        final UnsafeBuffer list = TestTxns.list(acl);
        writer.setAcl(TestTxns.text(path), 0, path.length(), list, 0, list.capacity(), aversion);
    }
}
