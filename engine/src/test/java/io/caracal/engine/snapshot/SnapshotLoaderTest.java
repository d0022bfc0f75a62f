/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.snapshot.codec.ZnodeImageDecoder;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotLoaderTest
{
    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int SCHEMA_ID_OFFSET = 4;
    private static final int BODY_OFFSET = 8;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final RecordedSnapshots store = new RecordedSnapshots();
    private final NoTarget target = new NoTarget();
    private TestTree loaded;
    private SnapshotLoader loader;
    private long digest;

    @BeforeEach
    void create()
    {
        try (TestTree test = new TestTree(memory.ledger());
            SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), test.tree()))
        {
            test.create("/a", "payload");
            test.create("/a/b", "payload");
            digest = test.tree().digest();
            walk.begin(5);
            while (walk.isRunning())
            {
                walk.doWork(100, Long.MAX_VALUE);
            }
        }
        loaded = new TestTree(memory.ledger());
        loader = new SnapshotLoader(loaded.tree(), target);
    }

    @AfterEach
    void close()
    {
        loaded.close();
    }

    private int indexOfZnode(final int number)
    {
        int seen = 0;
        for (int i = 0; i < store.records.size(); i++)
        {
            final UnsafeBuffer record = new UnsafeBuffer(store.records.get(i));
            if (record.getShort(TEMPLATE_ID_OFFSET) == ZnodeImageDecoder.TEMPLATE_ID && seen++ == number)
            {
                return i;
            }
        }
        throw new AssertionError("no such znode");
    }

    private void assertCorrupt()
    {
        assertThrows(CorruptionException.class, () -> store.load(loader));
        assertFalse(loader.isLoaded());
    }

    @Test
    void shouldBeginFreshWhereThereIsNoSnapshot()
    {
        loaded.create("/a", "");
        loader.onLoadBegin(0);
        loader.onLoadEnd(0, 0, 0);
        assertTrue(loader.isLoaded());
        assertEquals(0, loader.zxid());
        assertEquals(DataTree.NONE, loaded.find("/a"));
        assertEquals(4, loaded.tree().nodeCount());
    }

    @Test
    void shouldForgetADamagedFileThatWasPassedOver()
    {
        loader.onLoadBegin(5);
        store.deliver(loader, store.records.size() - 2);
        store.load(loader);
        assertTrue(loader.isLoaded());
        assertEquals(2, target.resets);
        assertEquals(5, loader.zxid());
        assertEquals(digest, loaded.tree().digest());
        store.load(loader);
        assertEquals(digest, loaded.tree().digest(), "and again");
    }

    @Test
    void shouldTakeZnodesInAnyOrder()
    {
        final List<byte[]> znodes = store.records.subList(indexOfZnode(0), store.records.size() - 1);
        Collections.reverse(znodes);
        final List<byte[]> acls = new ArrayList<>();
        znodes.removeIf(
            record -> new UnsafeBuffer(record).getShort(TEMPLATE_ID_OFFSET) != ZnodeImageDecoder.TEMPLATE_ID &&
                acls.add(record));
        store.records.addAll(1, acls);
        store.load(loader);
        assertEquals(digest, loaded.tree().digest());
        assertEquals(List.of("zookeeper", "a"), loaded.children("/"));
        assertEquals("payload", loaded.data(loaded.find("/a/b")));
    }

    /** Before-images can put younger children first: a few of them, or more than a child is moved forward at most. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 64, 65, 150, 199 })
    void shouldKeepTheOrderOfChildrenWhicheverCameFirst(final int early)
    {
        final int count = 200;
        try (TestTree test = new TestTree(memory.ledger());
            SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), test.tree()))
        {
            test.create("/p", "");
            for (int i = 0; i < count; i++)
            {
                test.create("/p/" + i, "");
            }
            store.records.clear();
            walk.begin(test.zxid());
            while (walk.isRunning())
            {
                walk.doWork(100, Long.MAX_VALUE);
            }
            final int end = store.records.size() - 1;
            Collections.rotate(store.records.subList(end - count, end), early);
            store.load(loader);
            assertEquals(test.children("/p"), loaded.children("/p"));
            loaded.delete("/p/0");
            loaded.delete("/p/" + (count - 1));
            test.delete("/p/0");
            test.delete("/p/" + (count - 1));
            assertEquals(test.children("/p"), loaded.children("/p"));
            assertEquals(test.tree().nodeCount(), loaded.tree().nodeCount());
        }
    }

    @Test
    void shouldRefuseAMissingZnode()
    {
        store.records.remove(indexOfZnode(5));
        store.recordCount--;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAMissingParent()
    {
        store.records.remove(indexOfZnode(4));
        store.recordCount--;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAMissingRoot()
    {
        store.records.remove(indexOfZnode(0));
        store.recordCount--;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAZnodeThatComesTwice()
    {
        store.records.add(indexOfZnode(5), store.records.get(indexOfZnode(5)));
        store.recordCount++;
        assertCorrupt();
    }

    @Test
    void shouldRefuseACircle()
    {
        final UnsafeBuffer a = new UnsafeBuffer(store.records.get(indexOfZnode(4)));
        final UnsafeBuffer b = new UnsafeBuffer(store.records.get(indexOfZnode(5)));
        a.putLong(BODY_OFFSET + 8, b.getLong(BODY_OFFSET));
        assertCorrupt();
    }

    @Test
    void shouldRefuseANumberOutOfRange()
    {
        new UnsafeBuffer(store.records.get(indexOfZnode(5))).putLong(BODY_OFFSET, Integer.MAX_VALUE);
        assertCorrupt();
    }

    @Test
    void shouldRefuseAnotherPayloadByTheDigest()
    {
        final byte[] record = store.records.get(indexOfZnode(5));
        record[record.length - 1] ^= 1;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAnotherStatByTheDigest()
    {
        store.records.get(indexOfZnode(5))[BODY_OFFSET + 24] ^= 1;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAnAclThatNeverCame()
    {
        store.records.remove(1);
        store.recordCount--;
        assertCorrupt();
    }

    @Test
    void shouldRefuseAMissingTrailerOrHeader()
    {
        final byte[] trailer = store.records.remove(store.records.size() - 1);
        store.recordCount--;
        assertCorrupt();
        store.records.add(trailer);
        store.records.remove(0);
        assertCorrupt();
    }

    @Test
    void shouldRefuseAFurtherRecordOfAnotherKindOrInAnotherPlace()
    {
        final byte[] record = store.records.get(1).clone();
        final byte kind = record[TEMPLATE_ID_OFFSET];
        store.records.add(2, record);
        store.recordCount++;
        record[TEMPLATE_ID_OFFSET] = 99;
        assertCorrupt();
        record[TEMPLATE_ID_OFFSET] = kind;
        record[SCHEMA_ID_OFFSET]++;
        assertCorrupt();
        record[SCHEMA_ID_OFFSET]--;
        store.records.add(store.records.remove(2));
        assertCorrupt();
    }

    @Test
    void shouldRefuseASecondHeaderAndThatOfAnotherSnapshot()
    {
        store.records.add(1, store.records.get(0));
        store.recordCount++;
        assertCorrupt();
        store.records.remove(1);
        store.recordCount--;
        new UnsafeBuffer(store.records.get(0)).putLong(BODY_OFFSET, store.zxid + 1);
        assertCorrupt();
    }

    @Test
    void shouldRefuseAnotherCountOrDigestOfTheStore()
    {
        store.recordCount++;
        assertCorrupt();
        store.recordCount--;
        store.digest++;
        assertCorrupt();
        store.digest--;
        store.load(loader);
        assertTrue(loader.isLoaded());
    }

    @Test
    void shouldLoadWithoutADigestWhereNoneIsKept()
    {
        try (TestTree plain = new TestTree(memory.ledger(), 1, false);
            SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), plain.tree()))
        {
            plain.create("/x", "");
            walk.begin(6);
            while (walk.isRunning())
            {
                walk.doWork(100, Long.MAX_VALUE);
            }
            store.load(loader);
            assertTrue(loaded.tree().digest() != 0, "the loading server keeps one");
            store.load(new SnapshotLoader(plain.tree(), target));
            assertEquals(0, plain.tree().digest());
        }
    }

    @Test
    void shouldHandOverTheRestOfTheState()
    {
        final byte[] secret = { 1, 2, 3, 4 };
        final SnapshotRecords records = new SnapshotRecords();
        final SnapshotSource source = new SnapshotSource()
        {
            private int rows;

            @Override
            public boolean onWalkBegin(final SnapshotOutput output, final int walk)
            {
                return output.write(records.secret(output, secret)) && output.write(records.origin(output, 1, 2, 3)) &&
                    output.write(records.origin(output, 4, 5, 6));
            }

            @Override
            public boolean walk(final SnapshotOutput output)
            {
                while (rows < 50 && output.hasRoom() && output.write(records.session(output, 1000 + rows, 4000, 1,
                    rows, rows % 2 == 1)))
                {
                    rows++;
                }

                return rows == 50;
            }

            @Override
            public void onWalkEnd()
            {
                rows = -1;
            }
        };
        final List<String> seen = new ArrayList<>();
        final SnapshotTarget rest = new SnapshotTarget()
        {
            @Override
            public void onReset()
            {
                seen.clear();
            }

            @Override
            public void onSession(final long sessionId, final int timeoutMs, final long ownerServer,
                final long attachNumber, final boolean isImported)
            {
                seen.add("session " + sessionId + " " + timeoutMs + " " + ownerServer + " " + attachNumber + " " +
                    isImported);
            }

            @Override
            public void onOrigin(final long serverId, final long incarnation, final long sequence)
            {
                seen.add("origin " + serverId + " " + incarnation + " " + sequence);
            }

            @Override
            public void onEpochEnd(final long zxid, final boolean isFirst)
            {
                seen.add("epoch end " + zxid + " " + isFirst);
            }

            @Override
            public void onSecret(final DirectBuffer buffer, final int offset, final int length)
            {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                assertArrayEquals(secret, bytes);
                seen.add("secret");
            }
        };

        try (TestTree test = new TestTree(memory.ledger());
            SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), test.tree(), source))
        {
            walk.begin(7);
            while (walk.isRunning())
            {
                walk.doWork(8, Long.MAX_VALUE);
            }
        }
        store.load(new SnapshotLoader(loaded.tree(), rest));
        final List<String> expected = new ArrayList<>(List.of("secret", "origin 1 2 3", "origin 4 5 6"));
        for (int i = 0; i < 50; i++)
        {
            expected.add("session " + (1000 + i) + " 4000 1 " + i + " " + (i % 2 == 1));
        }
        assertEquals(expected, seen);
    }
}
