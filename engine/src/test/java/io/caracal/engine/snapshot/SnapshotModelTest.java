/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.tree.ModelTree;
import io.caracal.engine.tree.RandomChanges;
import io.caracal.engine.tree.TestTree;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotModelTest
{
    private static final int ROUNDS = 12;
    private static final int TXNS_BETWEEN = 250;
    private static final int TXNS_AFTER_LOAD = 50;
    private static final int SLICE_MAX = 20;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final RecordedSnapshots store = new RecordedSnapshots();

    @ParameterizedTest
    @ValueSource(longs = { 11, 12, 13, 14 })
    void shouldLoadExactlyTheTreeAtWhichTheWalkBegan(final long seed)
    {
        final SeededRandom random = new SeededRandom(seed);
        try (TestTree test = new TestTree(memory.ledger(), seed, true);
            SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), test.tree()))
        {
            final RandomChanges changes = new RandomChanges(test, seed);
            for (int round = 0; round < ROUNDS; round++)
            {
                for (int i = 0; i < TXNS_BETWEEN; i++)
                {
                    changes.apply();
                }

                final ModelTree atBegin = new ModelTree(changes.model());
                final long zxid = changes.zxid();
                store.acceptedWrites = Integer.MAX_VALUE;
                assertTrue(walk.begin(zxid));
                final boolean isAborted = round % 4 == 3 && abortAtABeforeImage(walk, changes, random);
                walkToTheEnd(walk, changes, random);

                assertEquals(!isAborted, store.isFinished);
                changes.model().assertEqualTo(test);
                if (!isAborted)
                {
                    assertLoads(atBegin, zxid, seed + round);
                }
            }
        }
    }

    /** Alternates changes and slices. Now and then the store refuses a record, but never a before-image. */
    private void walkToTheEnd(final SnapshotWalk walk, final RandomChanges changes, final SeededRandom random)
    {
        while (walk.isRunning())
        {
            store.acceptedWrites = Integer.MAX_VALUE;
            for (int i = random.nextInt(4); i > 0; i--)
            {
                changes.apply();
            }
            store.acceptedWrites = random.nextInt(3) == 0 ? random.nextInt(SLICE_MAX) : Integer.MAX_VALUE;
            store.acceptsFinish = random.nextInt(3) != 0;
            walk.doWork(1 + random.nextInt(SLICE_MAX), Long.MAX_VALUE);
        }
    }

    private boolean abortAtABeforeImage(final SnapshotWalk walk, final RandomChanges changes, final SeededRandom random)
    {
        walk.doWork(1 + random.nextInt(SLICE_MAX), Long.MAX_VALUE);
        final int abortsBefore = store.aborts;
        store.acceptedWrites = random.nextInt(10);
        for (int i = 0; i < TXNS_BETWEEN && walk.isRunning(); i++)
        {
            changes.apply();
        }
        assertFalse(walk.isRunning());
        assertEquals(abortsBefore + 1, store.aborts);

        return true;
    }

    private void assertLoads(final ModelTree expected, final long zxid, final long seed)
    {
        try (TestTree loaded = new TestTree(memory.ledger(), seed, true))
        {
            loaded.create("/forgotten", "by the load");
            final SnapshotLoader loader = new SnapshotLoader(loaded.tree(), new NoTarget());
            store.load(loader);
            assertTrue(loader.isLoaded());
            assertEquals(zxid, loader.zxid());
            expected.assertEqualTo(loaded);

            final RandomChanges further = new RandomChanges(loaded, seed, expected, zxid);
            for (int i = 0; i < TXNS_AFTER_LOAD; i++)
            {
                further.apply();
            }
            expected.assertEqualTo(loaded);
        }
    }
}
