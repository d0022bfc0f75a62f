/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader removes by itself: histories in which it errs, and permitted ones. */
class ReapingCheckerTest
{
    private static final String DUE = "a leader removes only what is due";
    private static final long SESSION = 77;
    private static final long TTL_MS = 1000;
    private static final long NEVER_USED_MS = 5000;
    private static final long PER_MINUTE_MAX = 300;
    private static final long GAP_MS = 200;
    private static final long NEXT_EPOCH = 1L << 32;

    private final ModelTree tree = new ModelTree();
    private ReapingChecker checker = new ReapingChecker(tree, PER_MINUTE_MAX, 0);
    private long zxid;

    @Test
    void shouldPermitTheEndOfAZnodeWhoseTimeIsOver()
    {
        create("/lease", Owner.ofTtl(TTL_MS), 1, 0);
        assertFalse(checker.isTidy());
        remove("/lease", TTL_MS + 1);
        assertTrue(checker.isTidy());
    }

    @Test
    void shouldSeeTheEndOfAZnodeWhoseTimeIsNotOver()
    {
        create("/lease", Owner.ofTtl(TTL_MS), 1, 0);
        Broken.rule(DUE, () -> remove("/lease", TTL_MS));
    }

    @Test
    void shouldSeeTheEndOfAZnodeThatWasRenewed()
    {
        create("/lease", Owner.ofTtl(TTL_MS), 1, 0);
        apply(SESSION, 10, new Txn.Part(Txn.Change.SET_DATA, "/lease", "", 0, 1));
        Broken.rule(DUE, () -> remove("/lease", TTL_MS + 1));
    }

    @Test
    void shouldSeeTheEndOfWhatGoesNeverByItself()
    {
        create("/plain", Owner.NOBODY, 1, 0);
        create("/ephemeral", SESSION, 2, 0);
        assertTrue(checker.isTidy());
        Broken.rule(DUE, () -> remove("/plain", Integer.MAX_VALUE));
        Broken.rule(DUE, () -> remove("/ephemeral", Integer.MAX_VALUE));
    }

    @Test
    void shouldPermitTheEndOfAContainerThatLostItsLastChild()
    {
        create("/box", Owner.CONTAINER, 1, 0);
        create("/box/a", Owner.NOBODY, 1, 0);
        assertTrue(checker.isTidy());
        apply(SESSION, 0, new Txn.Part(Txn.Change.DELETE, "/box/a", null, 0, 0));
        assertFalse(checker.isTidy());
        remove("/box", 0);
        assertTrue(checker.isTidy());
    }

    @Test
    void shouldSeeTheEndOfAContainerThatNeverHadAChild()
    {
        create("/box", Owner.CONTAINER, 1, 0);
        assertTrue(checker.isTidy());
        Broken.rule(DUE, () -> remove("/box", Integer.MAX_VALUE));
    }

    @Test
    void shouldPermitTheEndOfAContainerThatWaitedLongEnoughForAChild()
    {
        checker = new ReapingChecker(tree, PER_MINUTE_MAX, NEVER_USED_MS);
        create("/box", Owner.CONTAINER, 1, 0);
        create("/other", Owner.CONTAINER, 2, 0);
        assertFalse(checker.isTidy());
        remove("/box", NEVER_USED_MS + 1);
        create("/other/child", Owner.NOBODY, 1, 0);
        assertTrue(checker.isTidy());
    }

    @Test
    void shouldSeeTheEndOfAContainerThatDidNotWaitLongEnoughForAChild()
    {
        checker = new ReapingChecker(tree, PER_MINUTE_MAX, NEVER_USED_MS);
        create("/box", Owner.CONTAINER, 1, 0);
        Broken.rule(DUE, () -> remove("/box", NEVER_USED_MS));
    }

    @Test
    void shouldSeeTooManyInAMinute()
    {
        create("/a", Owner.ofTtl(1), 1, 0);
        create("/b", Owner.ofTtl(1), 2, 0);
        create("/c", Owner.ofTtl(1), 3, 0);
        remove("/a", TTL_MS);
        remove("/b", TTL_MS + GAP_MS - 1);
        Broken.rule("a leader removes no more in a minute than it may", () -> remove("/c", TTL_MS + 2 * GAP_MS - 3));
    }

    @Test
    void shouldNotCountWhatAnotherLeaderRemoved()
    {
        create("/a", Owner.ofTtl(1), 1, 0);
        create("/b", Owner.ofTtl(1), 2, 0);
        remove("/a", TTL_MS);
        zxid += NEXT_EPOCH;
        remove("/b", TTL_MS);
        assertTrue(checker.isTidy());
    }

    @Test
    void shouldTellTheKindsOfOwnersApart()
    {
        assertEquals(TTL_MS, Owner.ttlMs(Owner.ofTtl(TTL_MS)));
        assertTrue(Owner.isTtl(Owner.ofTtl(TTL_MS)) && Owner.isContainer(Owner.CONTAINER) && Owner.isSession(SESSION));
        for (final long owner : new long[]{ Owner.ofTtl(TTL_MS), Owner.CONTAINER, Owner.NOBODY })
        {
            assertFalse(Owner.isSession(owner));
        }
        assertFalse(Owner.isTtl(Owner.CONTAINER) || Owner.isContainer(Owner.ofTtl(TTL_MS)));
    }

    private void create(final String path, final long owner, final int creates, final long timeMs)
    {
        apply(SESSION, timeMs, new Txn.Part(Txn.Change.CREATE, path, "", owner, creates));
    }

    /** A leader removes a znode by itself. */
    private void remove(final String path, final long timeMs)
    {
        apply(0, timeMs, new Txn.Part(Txn.Change.DELETE, path, null, 0, 0));
    }

    private void apply(final long sessionId, final long timeMs, final Txn.Part part)
    {
        zxid++;
        final Txn txn = new Txn(zxid, sessionId, timeMs, new Txn.Origin(1, 1, zxid), Txn.Kind.CHANGE, List.of(part), 0,
            -1, 0, 0);
        tree.apply(txn);
        checker.onAgreed(txn, 0);
    }
}
