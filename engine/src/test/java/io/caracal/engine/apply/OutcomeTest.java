/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** There is one outcome for all transactions. It tells of the last one and of nothing before it. */
class OutcomeTest extends ApplierFixture
{
    private static final long SESSION = 7;
    private static final long SERVER = 1;

    private long sequence;

    private void begin(final long server)
    {
        txn.begin(SESSION, 0, server, 1, ++sequence, Outcome.NO_DIGEST, 0);
    }

    private Outcome apply()
    {
        return applier.apply(replica.lastAppliedZxid() + 1, txn.buffer(), 0, txn.length());
    }

    private void assertNextTellsNothing()
    {
        begin(SERVER);
        txn.error(ErrorCode.NO_NODE);
        final Outcome next = apply();

        assertEquals(ErrorCode.NO_NODE, next.errorCode());
        assertNull(next.createdSession());
        assertNull(next.movedSession());
        assertNull(next.closedSession());
        assertEquals(DataTree.NONE, next.node());
    }

    @Test
    void shouldForgetTheSessionsOfEarlierTransactions()
    {
        begin(SERVER);
        txn.createSession(4000);
        assertNotNull(apply().createdSession());
        assertNextTellsNothing();

        begin(SERVER + 1);
        txn.moveSession(1);
        assertNotNull(apply().movedSession());
        assertNextTellsNothing();

        begin(SERVER + 1);
        txn.closeSession(false);
        final Outcome end = apply();
        assertNotNull(end.closedSession());
        assertEquals(ErrorCode.OK, end.errorCode());
        assertNextTellsNothing();
    }

    @Test
    void shouldForgetTheZnodeOfAnEarlierTransaction()
    {
        tree.create("/a", "");
        replica.lastAppliedZxid(tree.zxid());
        final UnsafeBuffer path = TestTree.bytes("/a");
        begin(SERVER);
        txn.setData(path, 0, path.capacity(), path, 0, path.capacity(), 1);
        assertEquals(tree.find("/a"), apply().node());
        assertNextTellsNothing();
    }
}
