/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.tree.TestTree;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Loads the records of a snapshot, some of them damaged, missing or duplicated. A snapshot that loads has the digest
 * that was written. Any other is reported as corrupt, and a good snapshot can be loaded afterwards.
 */
class SnapshotLoaderFuzzTest
{
    private static final long ZXID = 9;
    private static final String[] PATHS = { "/a", "/b", "/a/a", "/a/b", "/a/b/c", "/a-name-longer-than-the-record/x" };

    @FuzzTest(maxDuration = "20s", maxExecutions = 9_000)
    void shouldLoadTheSameOrCallItCorrupt(final FuzzedDataProvider data)
    {
        final MemoryLedger ledger = new MemoryLedger();
        try (TestTree written = new TestTree(ledger, TestTree.SEED, true);
            TestTree loaded = new TestTree(ledger, TestTree.SEED + 1, true);
            SnapshotWalk walk = new SnapshotWalk(new RecordedSnapshots(), ledger, written.tree()))
        {
            assertFalse(walk.isRunning());
            final RecordedSnapshots store = snapshot(written, ledger, data);
            final List<byte[]> whole = new ArrayList<>(store.records);
            final SnapshotLoader loader = new SnapshotLoader(loaded.tree(), new AnyTarget());
            damage(store.records, data);
            try
            {
                store.load(loader);
                assertTrue(loader.isLoaded());
                assertEquals(written.tree().digest(), loaded.tree().digest());
                assertEquals(written.tree().nodeCount(), loaded.tree().nodeCount());
            }
            catch (final CorruptionException corrupt)
            {
                assertFalse(loader.isLoaded());
            }

            store.records.clear();
            store.records.addAll(whole);
            store.load(loader);
            assertEquals(written.tree().digest(), loaded.tree().digest());
        }

        LedgerExtension.assertZero(ledger);
    }

    private static RecordedSnapshots snapshot(final TestTree tree, final MemoryLedger ledger,
        final FuzzedDataProvider data)
    {
        tree.create("/a", "1");
        tree.create("/b", null);
        tree.create("/a/b", "22");
        tree.create("/a-name-longer-than-the-record", "4444");
        final String path = data.pickValue(PATHS);
        if (tree.find(path) == 0 && tree.find(path.substring(0, path.lastIndexOf('/'))) != 0)
        {
            tree.create(path, "new");
        }

        final RecordedSnapshots store = new RecordedSnapshots();
        try (SnapshotWalk walk = new SnapshotWalk(store, ledger, tree.tree()))
        {
            assertTrue(walk.begin(ZXID));
            while (walk.isRunning())
            {
                walk.doWork(100, Long.MAX_VALUE);
            }
        }

        return store;
    }

    private static void damage(final List<byte[]> records, final FuzzedDataProvider data)
    {
        for (int i = data.consumeInt(0, 3); i > 0 && !records.isEmpty() && data.remainingBytes() > 3; i--)
        {
            final int index = data.consumeInt(0, records.size() - 1);
            switch (data.consumeInt(0, 4))
            {
                case 0 -> records.remove(index);
                case 1 -> records.add(index, records.get(data.consumeInt(0, records.size() - 1)));
                case 2 -> records.set(index, data.consumeBytes(data.consumeInt(0, 64)));
                case 3 -> records.set(index, shortened(records.get(index), data));
                default -> records.set(index, flipped(records.get(index), data));
            }
        }
    }

    private static byte[] shortened(final byte[] record, final FuzzedDataProvider data)
    {
        final byte[] result = new byte[data.consumeInt(0, record.length)];
        System.arraycopy(record, 0, result, 0, result.length);

        return result;
    }

    private static byte[] flipped(final byte[] record, final FuzzedDataProvider data)
    {
        final byte[] result = record.clone();
        if (result.length > 0)
        {
            result[data.consumeInt(0, result.length - 1)] = data.consumeByte();
        }

        return result;
    }

    /** Accepts anything. */
    private static final class AnyTarget implements SnapshotTarget
    {
        private long sum;

        @Override
        public void onReset()
        {
            sum = 0;
        }

        @Override
        public void onSession(final long sessionId, final int timeoutMs, final long ownerServer,
            final long attachNumber, final boolean isImported)
        {
            sum += sessionId + attachNumber + (isImported ? 1 : 0);
        }

        @Override
        public void onOrigin(final long serverId, final long incarnation, final long sequence)
        {
            sum += sequence;
        }

        @Override
        public void onEpochEnd(final long zxid, final boolean isFirst)
        {
            sum += isFirst ? zxid : -zxid;
        }

        @Override
        public void onSecret(final DirectBuffer buffer, final int offset, final int length)
        {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            sum += new UnsafeBuffer(copy).hashCode();
        }

        @Override
        public String toString()
        {
            return Long.toString(sum);
        }
    }
}
