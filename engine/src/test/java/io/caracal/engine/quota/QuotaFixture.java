/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tree and its quotas, changed together as in a server. */
abstract class QuotaFixture
{
    static final String EMPTY_USAGE = "count=0,bytes=0";
    static final String UNKNOWN_USAGE = "count=-1,bytes=-1";
    static final String STATS_OF_A = "/zookeeper/quota/a/zookeeper_stats";

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    TestTree tree;
    QuotaTable quotas;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        quotas = new QuotaTable(tree.tree(), true);
    }

    @AfterEach
    void close()
    {
        tree.close();
    }

    void create(final String path, final String data)
    {
        tree.create(path, data);
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onCreated(buffer, 0, buffer.capacity(), data == null ? -1 : data.length());
    }

    void delete(final String path)
    {
        final int dataLength = tree.tree().dataLength(tree.find(path));
        tree.delete(path);
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onDeleted(buffer, 0, buffer.capacity(), dataLength);
    }

    void setData(final String path, final String data)
    {
        final int previousLength = tree.tree().dataLength(tree.find(path));
        final UnsafeBuffer buffer = TestTree.bytes(path);
        quotas.onDataChanging(buffer, 0, buffer.capacity(), tree.find(path));
        tree.setData(path, data);
        quotas.onDataChanged(buffer, 0, buffer.capacity(), previousLength, data == null ? -1 : data.length());
    }

    boolean permits(final String path, final long bytesDelta, final long countDelta)
    {
        final UnsafeBuffer buffer = TestTree.bytes(path);
        return quotas.permits(buffer, 0, buffer.capacity(), bytesDelta, countDelta);
    }

    void limit(final String path, final String limits)
    {
        String parent = "/zookeeper/quota";

        for (final String segment : path.substring(1).split("/", -1))
        {
            parent = parent + "/" + segment;

            if (tree.find(parent) == DataTree.NONE)
            {
                create(parent, null);
            }
        }

        create(parent + "/zookeeper_limits", limits);
        create(parent + "/zookeeper_stats", EMPTY_USAGE);
    }

    String usage(final String path)
    {
        return tree.data(tree.find("/zookeeper/quota" + path + "/zookeeper_stats"));
    }
}
