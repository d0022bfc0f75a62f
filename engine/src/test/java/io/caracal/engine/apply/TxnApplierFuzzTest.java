/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.txn.TxnWriter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies transactions as they come out of a log, sound or damaged. A sound transaction has its effect. Whatever the
 * bytes are, the applier either applies them or stops, does not read beyond them, and leaks no memory.
 */
class TxnApplierFuzzTest
{
    private static final int TXNS_MAX = 16;
    private static final String[] PATHS = { "/a", "/b", "/a/a", "/a/b", "/a/b/c", "/zookeeper/quota/a" };

    @FuzzTest(maxDuration = "20s", maxExecutions = 25_000)
    void shouldApplyWhatIsWholeAndStopAtTheRest(final FuzzedDataProvider data)
    {
        final MemoryLedger ledger = new MemoryLedger();
        try (TestTree test = new TestTree(ledger))
        {
            final Replica replica = new Replica(test.tree(), new QuotaTable(test.tree(), false));
            final TxnApplier applier = new TxnApplier(replica, new SilentEvents());
            final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
            long zxid = 0;
            for (int i = data.consumeInt(1, TXNS_MAX); i > 0 && data.remainingBytes() > 0; i--)
            {
                zxid++;
                write(txn, data, test, zxid);
                final UnsafeBuffer bytes = copy(txn);
                if (damage(bytes, data))
                {
                    applyOrStop(applier, zxid, bytes);
                    break;
                }

                applyWhole(applier, zxid, bytes, test.tree());
            }
            replica.restore().close();
        }

        LedgerExtension.assertZero(ledger);
    }

    private static void write(final TxnWriter txn, final FuzzedDataProvider data, final TestTree test, final long zxid)
    {
        final UnsafeBuffer path = bytes(data.pickValue(PATHS));
        final byte[] payload = data.consumeBytes(data.consumeInt(0, 64));
        final DirectBuffer acl = test.tree().acls().view(test.tree().aclId(test.tree().root()));
        final boolean exists = test.tree().find(path, 0, path.capacity()) != DataTree.NONE;
        final boolean hasParent = test.tree().find(path, 0, lastSlash(path)) != DataTree.NONE;
        txn.begin(7, 1000 + zxid, 1, 1, 0, 0, 0);
        if (!exists && hasParent)
        {
            txn.create(path, 0, path.capacity(), acl, 0, acl.capacity(), new UnsafeBuffer(payload), 0, payload.length,
                0,
                1, data.consumeBoolean());
        }
        else if (exists)
        {
            txn.setData(path, 0, path.capacity(), new UnsafeBuffer(payload), 0, payload.length, data.consumeInt());
        }
        else
        {
            txn.error(-101);
        }
    }

    private static int lastSlash(final UnsafeBuffer path)
    {
        int at = path.capacity() - 1;
        while (path.getByte(at) != '/')
        {
            at--;
        }

        return at;
    }

    private static UnsafeBuffer bytes(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static UnsafeBuffer copy(final TxnWriter txn)
    {
        final byte[] bytes = new byte[txn.length()];
        txn.buffer().getBytes(0, bytes);

        return new UnsafeBuffer(bytes);
    }

    private static boolean damage(final UnsafeBuffer bytes, final FuzzedDataProvider data)
    {
        boolean isDamaged = false;
        for (int i = data.consumeInt(0, 3); i > 0 && data.remainingBytes() > 1; i--)
        {
            final int at = data.consumeInt(0, bytes.capacity() - 1);
            final byte with = data.consumeByte();
            isDamaged |= bytes.getByte(at) != with;
            bytes.putByte(at, with);
        }

        return isDamaged;
    }

    private static void applyWhole(final TxnApplier applier, final long zxid, final UnsafeBuffer bytes,
        final DataTree tree)
    {
        final Outcome outcome = applier.apply(zxid, bytes, 0, bytes.capacity());
        assertEquals(zxid, outcome.zxid());
        assertEquals(7, outcome.sessionId());
        if (outcome.errorCode() == 0)
        {
            final int pathLength = outcome.pathLength();
            final long node = tree.find(outcome.path(), outcome.pathOffset(), pathLength);
            assertEquals(outcome.node(), node, "the outcome names the znode");
            assertEquals(zxid, tree.stats().mzxid(node));
        }
    }

    private static void applyOrStop(final TxnApplier applier, final long zxid, final UnsafeBuffer bytes)
    {
        try
        {
            assertEquals(zxid, applier.apply(zxid, bytes, 0, bytes.capacity()).zxid());
        }
        catch (final RuntimeException stop) // Whatever it is, it ends the server.
        {
            assertTrue(stop.getMessage() != null, "says why");
        }
    }
}
