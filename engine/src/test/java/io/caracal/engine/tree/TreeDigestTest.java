/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.caracal.engine.memory.LedgerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TreeDigestTest
{
    private static final long SESSION = 0x0100_0016_a044_0000L;
    private static final long TIME_MS = 0x1a1_f9f9_b400L;
    private static final long FRESH = 0x51c6_d660L;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    @Test
    void shouldKeepTheDigestsThatZooKeeperRecorded()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final DataTree tree = test.tree();
            final int open = tree.aclId(tree.root());
            assertEquals(FRESH, tree.digest());

            test.createAt("/a", "hi", 0, open, 2, TIME_MS + 0x57);
            assertEquals(0x1_0ca2_7fa2L, tree.digest());
            test.setDataAt("/a", "yo", 1, 3, TIME_MS + 0x6b);
            assertEquals(0x1_0034_d51cL, tree.digest());
            test.createAt("/c", "", EphemeralOwner.CONTAINER, open, 5, TIME_MS + 0x6f);
            assertEquals(0x1_f27f_29acL, tree.digest());
            test.createAt("/t", "", tree.ownerKinds().ttl(60_000), open, 6, TIME_MS + 0x72);
            assertEquals(0x2_6955_ae1dL, tree.digest());
            test.createAt("/e", "", SESSION, open, 7, TIME_MS + 0x73);
            assertEquals(0x3_9c61_b4a8L, tree.digest());
            test.createAt("/m", "", 0, open, 8, TIME_MS + 0x76);
            assertEquals(0x3_edf6_8affL, tree.digest());
            final int readOnly = test.acl(1, "world", "anyone");
            tree.setAcl(test.find("/a"), readOnly, 1);
            tree.acls().release(readOnly);
            assertEquals(0x3_f69b_96beL, tree.digest());
            tree.delete(test.find("/e"), 0xa);
            assertEquals(0x3_007d_a723L, tree.digest());
        }
    }

    @Test
    void shouldLeaveOutWhatLiesBelowTheReservedZnode()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final DataTree tree = test.tree();
            test.create("/zookeeper/quota/app", "x");
            final long before = tree.digest();
            test.create("/zookeeper/quota/app/zookeeper_stats", "count=1,bytes=0");
            test.setData("/zookeeper/quota/app", "y");
            tree.replaceData(test.find("/zookeeper/quota/app/zookeeper_stats"), TestTree.bytes("z"), 0, 1);
            test.delete("/zookeeper/quota/app/zookeeper_stats");
            assertEquals(before, tree.digest());

            test.create("/zookeeper/other", "x");
            assertNotEquals(before, tree.digest(), "the reserved znode itself counts");
            final long after = tree.digest();
            test.create("/zookeeperly", "x");
            test.create("/a", "x");
            test.create("/a/zookeeper", "x");
            final long withOthers = tree.digest();
            test.create("/a/zookeeper/b", "x");
            assertNotEquals(after, withOthers);
            assertNotEquals(withOthers, tree.digest());
        }
    }

    @Test
    void shouldNotKeepADigestWhenNotAsked()
    {
        try (TestTree test = new TestTree(memory.ledger(), TestTree.SEED, false))
        {
            test.create("/a", "x");
            assertEquals(0, test.tree().digest());
        }
    }

    @Test
    void shouldComeBackToTheSameDigestWhenPayloadsAreSetBack()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final String path = "/" + "long-name-".repeat(1000);
            final String payload = "p".repeat(100_000);
            test.createAt(path, payload, 0, test.tree().aclId(test.tree().root()), 1, 1);
            final long before = test.tree().digest();
            test.setDataAt(path, "short", 0, 1, 1);
            assertNotEquals(before, test.tree().digest());
            test.setDataAt(path, payload, 0, 1, 1);
            assertEquals(before, test.tree().digest());
        }
    }

    @Test
    void shouldKeepThePathsOfSiblingsApartFromThePayloadOfTheRoot()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            final int acl = test.tree().aclId(test.tree().root());
            test.createAt("/parent", "", 0, acl, 1, 1);
            test.createAt("/parent/first", "x", 0, acl, 2, 2);
            test.createAt("/parent/second", "x", 0, acl, 3, 3);
            test.setDataAt("/parent/first", "y", 1, 4, 4);
            final long before = test.tree().digest();
            test.setDataAt("/", "a payload that is longer than the path of the parent", 0, 0, 0);
            test.setDataAt("/parent/second", "z", 1, 5, 5);
            test.setDataAt("/parent/second", "x", 0, 3, 3);
            test.setDataAt("/", "", 0, 0, 0);
            assertEquals(before, test.tree().digest());
        }
    }
}
