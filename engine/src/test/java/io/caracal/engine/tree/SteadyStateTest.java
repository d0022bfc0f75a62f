/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.Allocation;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SteadyStateTest
{
    private static final int ROUNDS = 250_000;
    private static final int OPERATIONS_PER_ROUND = 4;
    private static final long SESSION = 7;
    private static final int COMINGS = 20_000;
    private static final int FIRST = 1_000_000;
    private static final long TTL_OWNER = new EphemeralOwner(true, false).ttl(1);

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final UnsafeBuffer path = TestTree.bytes("/app/group-1/node-0000000000");
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[200]);
    private final NewZnode znode = new NewZnode();
    private long zxid = 100;

    @Test
    void shouldAllocateNothingOnTheHeap()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/app", "");
            test.create("/app/group-1", "");
            Allocation.assertNone(ROUNDS * OPERATIONS_PER_ROUND, () -> change(test.tree(), ROUNDS));
        }
    }

    /** Memory grows by chunks, so a leak takes many znodes to show. */
    @Test
    void shouldTakeNoMoreNativeMemoryForZnodesThatComeAndGo()
    {
        try (TestTree test = new TestTree(memory.ledger()))
        {
            test.create("/app", "");
            comeAndGo(test, FIRST);
            final long before = memory.ledger().totalBytes();
            for (int i = 1; i < COMINGS; i++)
            {
                comeAndGo(test, FIRST + i);
            }

            assertEquals(before, memory.ledger().totalBytes());
            assertEquals(0, test.tree().owned().ephemeralCount());
            assertEquals(DataTree.NONE, test.tree().owned().nextOwner(0));
        }
    }

    /** Creates and deletes a znode of each kind, each with a long name, a payload and an ACL that no other has. */
    private static void comeAndGo(final TestTree test, final int number)
    {
        final String path = "/app/a-name-too-long-for-a-record-" + number;
        for (final long owner : new long[]{ EphemeralOwner.NONE, EphemeralOwner.CONTAINER, TTL_OWNER, SESSION +
            number })
        {
            final int acl = test.acl(1, "digest", "user-" + number);
            final long node = test.createAt(path, "payload", owner, acl, test.zxid() + 1, 1);
            test.tree().acls().release(acl);
            test.setData(path, "another payload, of another length class than the one before");
            assertEquals(owner == EphemeralOwner.CONTAINER ? node : DataTree.NONE, test.tree().owned()
                .firstContainer());
            assertEquals(owner == TTL_OWNER ? node : DataTree.NONE, test.tree().owned().firstTtl());
            if (owner == EphemeralOwner.NONE)
            {
                test.create(path + "/child", "");
                test.delete(path + "/child");
                test.tree().setAcl(node, test.tree().aclId(test.tree().root()), 1);
            }
            test.delete(path);
        }
    }

    private void change(final DataTree tree, final int rounds)
    {
        final long parent = tree.find(path, 0, 12);
        for (int i = 0; i < rounds; i++)
        {
            final long owner = i % 2 == 0 ? SESSION : 0;
            znode.name(path, 13, 15).data(payload, 0, i % 200).acl(tree.aclId(parent)).ephemeralOwner(owner);
            final long node = tree.create(parent, znode, tree.stats().cversion(parent) + 1, ++zxid, zxid);
            assertEquals(node, tree.find(path, 0, path.capacity()));
            tree.setData(node, payload, 0, (i + 50) % 200, 1, ++zxid, zxid);
            tree.delete(node, ++zxid);
        }
    }
}
