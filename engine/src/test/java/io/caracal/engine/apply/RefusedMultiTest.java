/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.txn.TxnWriter;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the results of a failed multi. There is one for each part, derived from three numbers of its transaction. */
class RefusedMultiTest
{
    private static final int NO_NODE = -101;
    private static final int PART = 13;
    private static final int END = 9;

    private final MemoryLedger ledger = new MemoryLedger();
    private final TestTree test = new TestTree(ledger);
    private final Replica replica = new Replica(test.tree(), new QuotaTable(test.tree(), false));
    private final TxnApplier applier = new TxnApplier(replica, new SilentEvents());
    private long zxid;

    @AfterEach
    void closeTree()
    {
        replica.restore().close();
        test.close();
        LedgerExtension.assertZero(ledger);
    }

    @Test
    void shouldSayOfEachPartWhatBecameOfIt()
    {
        final Outcome outcome = apply(3, 1);
        final UnsafeBuffer reply = new UnsafeBuffer(new byte[3 * PART + END]);
        final JuteWriter writer = new JuteWriter();
        writer.wrap(reply, 0);

        assertEquals(reply.capacity(), outcome.multiResult().length());
        outcome.multiResult().write(writer);
        assertEquals(reply.capacity(), writer.position());

        final DirectBuffer begin = outcome.multiResult().firstBytes(reply.capacity());
        for (int i = 0; i < reply.capacity(); i++)
        {
            assertEquals(reply.getByte(i), begin.getByte(i), "at " + i);
        }
    }

    /** Every server applies the transaction, although no reply could hold the results. */
    @Test
    void shouldTakeNoMemoryForResultsThatNobodyWants()
    {
        final Outcome outcome = apply(Integer.MAX_VALUE, 0);

        assertEquals((long)Integer.MAX_VALUE * PART + END, outcome.multiResult().length());
        assertTrue(outcome.multiResult().firstBytes(100).capacity() < 1000);
    }

    @Test
    void shouldRefuseLessThanNoParts()
    {
        assertThrows(BrokenInvariantException.class, () -> apply(-1, 0));
    }

    private Outcome apply(final int partCount, final int failedPart)
    {
        final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
        txn.begin(7, 1000, 1, 1, 0, 0, 0);
        txn.multiError(partCount, failedPart, NO_NODE);

        return applier.apply(++zxid, txn.buffer(), 0, txn.length());
    }
}
