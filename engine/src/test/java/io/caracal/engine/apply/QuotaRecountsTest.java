/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.tree.TestTree;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests how the changes of clients affect the usage of a quota, transaction by transaction. */
class QuotaRecountsTest extends ApplierFixture
{
    private static final String QUOTA = "/zookeeper/quota/a";
    private static final String STATS = QUOTA + "/zookeeper_stats";

    private long zxid;

    @BeforeEach
    void makeQuota()
    {
        tree.create("/a", "12345");
        tree.create(QUOTA, null);
        tree.create(QUOTA + "/zookeeper_limits", "count=10,bytes=10");
        zxid = tree.zxid();
        begin();
        create(STATS);
        apply();
        assertEquals("count=1,bytes=5", usage());
    }

    private void begin()
    {
        txn.begin(0, 0, 0, 0, 0, Outcome.NO_DIGEST, 0);
    }

    private void apply()
    {
        applier.apply(++zxid, txn.buffer(), 0, txn.length());
    }

    private void create(final String path)
    {
        final UnsafeBuffer at = TestTree.bytes(path);
        final UnsafeBuffer data = TestTree.bytes("count=77,bytes=77");
        final DirectBuffer acl = tree.tree().acls().view(tree.tree().aclId(tree.tree().root()));
        txn.create(at, 0, at.capacity(), acl, 0, acl.capacity(), data, 0, data.capacity(), 0, 1, false);
    }

    private void delete(final String path)
    {
        final UnsafeBuffer at = TestTree.bytes(path);
        txn.delete(at, 0, at.capacity(), false);
    }

    private void setData(final String path)
    {
        final UnsafeBuffer at = TestTree.bytes(path);
        final UnsafeBuffer data = TestTree.bytes("count=77,bytes=77");
        txn.setData(at, 0, at.capacity(), data, 0, data.capacity(), 1);
    }

    private String usage()
    {
        return tree.data(tree.find(STATS));
    }

    @Test
    void shouldPutBackWhatIsKnown()
    {
        tree.create("/a/untold", "123");
        zxid = tree.zxid() + 1;
        begin();
        setData(STATS);
        apply();

        assertEquals("count=1,bytes=5", usage(), "nothing is counted");
    }

    @Test
    void shouldKnowTheUsageAfterAMultiWithMoreRecountsThanAreMadeAtOnce()
    {
        for (int i = 0; i < QuotaTable.RECOUNTED_MAX; i++)
        {
            tree.create(QUOTA + "/" + i, null);
        }
        zxid = tree.zxid() + 1;

        begin();
        txn.multi();
        for (int i = 0; i < 100; i++)
        {
            delete(STATS);
            create(STATS);
        }
        create("/a/b");
        txn.endMulti(201);
        apply();

        assertEquals("count=2,bytes=22", usage());
    }
}
