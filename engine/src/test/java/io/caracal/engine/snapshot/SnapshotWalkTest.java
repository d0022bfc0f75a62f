/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SnapshotWalkTest
{
    private static final int FRESH_RECORDS = 1 + 2 + 4 + 1;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final RecordedSnapshots store = new RecordedSnapshots();
    private TestTree test;
    private SnapshotWalk walk;

    @BeforeEach
    void create()
    {
        test = new TestTree(memory.ledger());
        walk = new SnapshotWalk(store, memory.ledger(), test.tree());
    }

    @AfterEach
    void close()
    {
        walk.close();
        test.close();
    }

    private void toTheEnd()
    {
        for (int i = 0; i < 10_000 && walk.isRunning(); i++)
        {
            walk.doWork(10, Long.MAX_VALUE);
        }
        assertFalse(walk.isRunning());
        assertEquals(0, memory.ledger().bytes(MemoryTag.SNAPSHOT), "the buffer of the walk is given back");
    }

    private TestTree load()
    {
        final TestTree loaded = new TestTree(memory.ledger());
        final SnapshotLoader loader = new SnapshotLoader(loaded.tree(), new NoTarget());
        store.load(loader);
        assertTrue(loader.isLoaded());

        return loaded;
    }

    @Test
    void shouldWriteEachPartOnce()
    {
        assertTrue(walk.begin(9));
        assertEquals(9, store.zxid);
        toTheEnd();
        assertTrue(store.isFinished);
        assertEquals(FRESH_RECORDS, store.records.size());
        assertEquals(FRESH_RECORDS, store.recordCount);
        assertEquals(store.records.stream().mapToInt(record -> record.length).sum(), walk.byteCount());
        assertEquals(test.tree().digest(), store.digest);
        try (TestTree loaded = load())
        {
            assertEquals(test.tree().digest(), loaded.tree().digest());
        }
    }

    @Test
    void shouldDoNoMoreInASliceThanAsked()
    {
        for (int i = 0; i < 100; i++)
        {
            test.create("/n" + i, "");
        }
        walk.begin(200);
        int slices = 0;
        while (walk.isRunning())
        {
            final int before = store.records.size();
            final int written = walk.doWork(7, Long.MAX_VALUE);
            assertTrue(written <= 7);
            assertEquals(store.records.size() - before, written);
            slices++;
        }
        assertTrue(slices >= (FRESH_RECORDS + 100) / 7);
    }

    @Test
    void shouldWriteWhatChangesOrGoesAsItWas()
    {
        test.create("/kept", "old");
        test.create("/changed", "old");
        test.create("/deleted", "old", 7);
        test.create("/reborn", "old", 7);
        final long digest = test.tree().digest();
        walk.begin(test.zxid());
        test.setData("/changed", "new");
        test.setData("/changed", "newer");
        test.delete("/deleted");
        test.delete("/reborn");
        test.create("/reborn", "new");
        test.create("/born", "new");
        test.create("/born/below", "new");
        toTheEnd();

        try (TestTree loaded = load())
        {
            assertEquals(digest, loaded.tree().digest());
            assertEquals(List.of("zookeeper", "kept", "changed", "deleted", "reborn"), loaded.children("/"));
            assertEquals("old", loaded.data(loaded.find("/changed")));
            assertEquals("old", loaded.data(loaded.find("/reborn")));
            assertEquals(List.of("/deleted", "/reborn"), loaded.ephemerals(7));
        }
    }

    @Test
    void shouldKeepAnAclThatIsReleasedAndWhoseNumberIsUsedAgain()
    {
        final DataTree tree = test.tree();
        final int first = test.acl(1, "digest", "first");
        test.createAt("/a", "", 0, first, 1, 1);
        tree.acls().release(first);
        final String before = test.aclOf(test.find("/a"));
        walk.begin(1);
        test.delete("/a");
        final int second = test.acl(1, "digest", "second");
        assertEquals(first, second, "the number is used again");
        test.createAt("/b", "", 0, second, 3, 1);
        tree.setAcl(test.find("/zookeeper"), second, 1);
        tree.acls().release(second);
        toTheEnd();

        try (TestTree loaded = load())
        {
            assertEquals(before, loaded.aclOf(loaded.find("/a")));
            assertEquals(loaded.aclOf(loaded.tree().root()), loaded.aclOf(loaded.find("/zookeeper")));
            assertEquals(2 + 1, loaded.tree().acls().count());
            loaded.delete("/a");
            assertEquals(2, loaded.tree().acls().count(), "the last znode that had it is gone");
        }
    }

    /** Otherwise its thread would go idle in the middle of the walk. */
    @Test
    void shouldSayThatItWorkedWhenItFoundNothingInAGap()
    {
        for (int i = 0; i < 5000; i++)
        {
            test.create("/n" + i, "");
        }
        for (int i = 0; i < 4999; i++)
        {
            test.delete("/n" + i);
        }
        walk.begin(test.zxid());
        int slices = 0;
        while (walk.isRunning())
        {
            assertTrue(walk.doWork(100, Long.MAX_VALUE) > 0);
            slices++;
        }
        assertTrue(slices > 1, "no gap was met");
        assertTrue(store.isFinished);
    }

    @Test
    void shouldEndASliceWhenItsBytesAreUsedUp()
    {
        test.create("/a", "x".repeat(1000));
        test.create("/b", "x".repeat(1000));
        test.create("/c", "x".repeat(1000));
        walk.begin(test.zxid());
        int slices = 0;
        while (walk.isRunning())
        {
            final long before = walk.byteCount();
            walk.doWork(100, 1500);
            assertTrue(walk.byteCount() - before < 3000);
            slices++;
        }
        assertTrue(slices > 1);
        load().close();
    }

    @Test
    void shouldWaitWhenTheStoreRefusesARecord()
    {
        test.create("/a", "");
        walk.begin(1);
        store.acceptedWrites = 2;
        assertEquals(2, walk.doWork(100, Long.MAX_VALUE));
        assertEquals(0, walk.doWork(100, Long.MAX_VALUE));
        assertTrue(walk.isRunning());
        store.acceptedWrites = Integer.MAX_VALUE;
        store.acceptsFinish = false;
        walk.doWork(100, Long.MAX_VALUE);
        assertTrue(walk.isRunning(), "the end was refused");
        store.acceptsFinish = true;
        toTheEnd();
        assertTrue(store.isFinished);
        assertEquals(0, store.aborts);
        load().close();
    }

    @Test
    void shouldGiveUpTheWalkButNotTheWriteWhenABeforeImageIsRefused()
    {
        test.create("/a", "old");
        walk.begin(1);
        store.acceptedWrites = 0;
        test.setData("/a", "new");
        assertEquals("new", test.data(test.find("/a")));
        assertFalse(walk.isRunning());
        assertEquals(1, store.aborts);
        test.setData("/a", "newer");
        test.delete("/a");
        assertEquals(1, store.aborts);
        assertEquals(0, walk.doWork(100, Long.MAX_VALUE));

        store.acceptedWrites = Integer.MAX_VALUE;
        assertTrue(walk.begin(test.zxid()), "the next one begins anew");
        toTheEnd();
        load().close();
    }

    @Test
    void shouldNotBeginWhenTheStoreRefuses()
    {
        store.acceptsBegin = false;
        assertFalse(walk.begin(1));
        assertFalse(walk.isRunning());
        store.acceptsBegin = true;
        store.acceptedWrites = 0;
        assertFalse(walk.begin(1));
        assertFalse(walk.isRunning());
        assertEquals(1, store.aborts);
        test.create("/a", "");
    }

    @Test
    void shouldStopWhenTheStoreReportsFailure()
    {
        walk.begin(1);
        walk.onFailed(0);
        assertTrue(walk.isRunning(), "that was another one");
        walk.onFailed(1);
        assertFalse(walk.isRunning());
        assertEquals(0, store.aborts, "the store gave it up by itself");
        walk.begin(2);
        assertThrows(BrokenInvariantException.class, () -> walk.begin(3));
        walk.abort();
        walk.abort();
        assertEquals(1, store.aborts);
    }

    @Test
    void shouldCrossWideGapsInBoundedSteps()
    {
        for (int i = 0; i < 20_000; i++)
        {
            test.create("/n" + i, "");
        }
        for (int i = 0; i < 20_000; i++)
        {
            if (i % 5000 != 0)
            {
                test.delete("/n" + i);
            }
        }
        walk.begin(test.zxid());
        toTheEnd();
        try (TestTree loaded = load())
        {
            assertEquals(test.children("/"), loaded.children("/"));
            assertEquals(test.tree().digest(), loaded.tree().digest());
        }
    }

    @Test
    void shouldCarryPayloadsOfManyMegabytes()
    {
        final String payload = "p".repeat(5_000_000);
        test.create("/large", payload);
        walk.begin(1);
        test.setData("/large", "small");
        toTheEnd();
        try (TestTree loaded = load())
        {
            assertEquals(payload, loaded.data(loaded.find("/large")));
        }
    }

    @Test
    void shouldSortAgainWhatWasWrittenOutOfOrder()
    {
        for (int i = 0; i < 100; i++)
        {
            test.create("/n" + i, "", 7);
        }
        for (int i = 0; i < 100; i += 2)
        {
            test.delete("/n" + i);
        }
        for (int i = 100; i < 130; i++)
        {
            test.create("/n" + i, "", 7);
        }
        walk.begin(test.zxid());
        test.setData("/n120", "new");
        toTheEnd();
        try (TestTree loaded = load())
        {
            loaded.createAt("/youngest", "", 7, loaded.tree().aclId(loaded.tree().root()), 1000, 1);
            test.createAt("/youngest", "", 7, test.tree().aclId(test.tree().root()), 1000, 1);
            assertEquals(test.children("/"), loaded.children("/"));
            assertEquals(test.ephemerals(7), loaded.ephemerals(7));
        }
    }
}
