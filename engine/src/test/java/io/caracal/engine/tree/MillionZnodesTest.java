/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MillionZnodesTest
{
    private static final int PARENTS = 1000;
    private static final int CHILDREN = 1000;
    private static final int NAME_LENGTH = 10;
    private static final int PAYLOAD_LENGTH = 100;
    private static final int BYTES_PER_ZNODE_MAX = 250;
    private static final long SESSION = 7;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final UnsafeBuffer name = new UnsafeBuffer(new byte[16]);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
    private final NewZnode znode = new NewZnode();

    private int name(final String prefix, final int number)
    {
        final int length = name.putStringWithoutLengthAscii(0, prefix);

        name.putNaturalPaddedIntAscii(length, NAME_LENGTH - length, number);

        return NAME_LENGTH;
    }

    private long create(final DataTree tree, final long parent, final int nameLength, final long owner, final long zxid)
    {
        znode.name(name, 0, nameLength).data(payload, 0, PAYLOAD_LENGTH).acl(tree.aclId(tree.root()))
            .ephemeralOwner(owner);

        return tree.create(parent, znode, tree.stats().cversion(parent) + 1, zxid, zxid);
    }

    @Test
    void shouldTakeNoMoreThanTheTargetForEachZnodeAndNeverPauseToGrow()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final DataTree tree = test.tree();
            final HashBuckets buckets = tree.index.buckets();
            long zxid = 0;
            long movesAtOnce = 0;
            for (int i = 0; i < PARENTS; i++)
            {
                final long parent = create(tree, tree.root(), name("p", i), 0, ++zxid);
                for (int j = 0; j < CHILDREN; j++)
                {
                    final long before = buckets.moves();
                    create(tree, parent, name("n", j), 0, ++zxid);
                    movesAtOnce = Math.max(movesAtOnce, buckets.moves() - before);
                }
            }

            assertTrue(movesAtOnce <= HashBuckets.SPLITS_MAX, "the index moved more buckets at once than it may");
            assertTrue(buckets.bucketCount() >= tree.nodeCount(), "the index grew along");
            final double bytesPerZnode = (double)memory.ledger().totalBytes() / tree.nodeCount();
            assertTrue(bytesPerZnode <= BYTES_PER_ZNODE_MAX, () -> bytesPerZnode + " bytes for each znode");
            assertEquals(PARENTS * (CHILDREN + 1) + 4, tree.nodeCount());
            assertEveryChildIsFound(test);
        }
    }

    private void assertEveryChildIsFound(final TestTree test)
    {
        final UnsafeBuffer path = new UnsafeBuffer(new byte[32]);
        for (long parent = test.child(test.tree().root(), "p000000000"); parent != DataTree.NONE; parent = test.tree()
            .nextSibling(parent))
        {
            for (long child = test.tree().firstChild(parent); child != DataTree.NONE; child = test.tree()
                .nextSibling(child))
            {
                assertEquals(child, test.tree().find(path, 0, test.tree().copyPath(child, path, 0)));
            }
        }
    }

    @Test
    void shouldHoldAMillionEphemeralsOfOneSessionUnderOneParentAndGiveThemUp()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final DataTree tree = test.tree();
            final long empty = memory.ledger().totalBytes();
            final long parent = test.create("/members", "");
            final int count = PARENTS * CHILDREN;
            for (int i = 0; i < count; i++)
            {
                create(tree, parent, name("e", i), SESSION, 10 + i);
            }
            assertEquals(count, tree.owned().ephemeralCount(SESSION));

            final HashBuckets buckets = tree.index.buckets();
            long movesAtOnce = 0;
            int deleted = 0;
            long node = tree.owned().firstOfSession(SESSION);
            while (node != DataTree.NONE)
            {
                final long next = tree.owned().next(node);
                assertNotEquals(next, node);
                final long before = buckets.moves();
                tree.delete(node, 10 + count);
                movesAtOnce = Math.max(movesAtOnce, buckets.moves() - before);
                deleted++;
                node = next;
            }

            assertEquals(count, deleted);
            assertTrue(movesAtOnce <= HashBuckets.MERGES_MAX, "the index moved more buckets at once than it may");
            assertEquals(0, tree.childCount(parent));
            assertEquals(0, tree.owned().ephemeralCount());
            final long kept = memory.ledger().totalBytes() - empty;
            assertTrue(kept <= 16 * 256 * 1024, () -> "memory is given back, but " + kept + " bytes");
            assertTrue(memory.ledger().bytes(MemoryTag.INDEX) <= 2 * 256 * 1024, "the index shrank along");
        }
    }
}
