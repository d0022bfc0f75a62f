/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.tree.LookAhead;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.txn.TxnWriter;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TxnsAheadTest
{
    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final TxnWriter writer = new TxnWriter(new ExpandableArrayBuffer());
    private TestTree test;
    private LookAhead tree;
    private TxnsAhead ahead;
    private long sum;

    /**
     * Creates znodes without payload. Touching such a znode adds the zxid of its creation to the sum of what was
     * touched.
     */
    @BeforeEach
    void plant()
    {
        test = new TestTree(memory.ledger());
        plant("/a", 1);
        plant("/b", 10);
        plant("/c", 100);
        plant("/d", 1000);
        tree = test.tree().lookAhead();
        ahead = new TxnsAhead(tree);
    }

    private void plant(final String path, final long zxid)
    {
        test.createAt(path, null, 0, test.tree().aclId(test.tree().root()), zxid, 1);
    }

    @AfterEach
    void close()
    {
        test.close();
    }

    private void begin()
    {
        writer.begin(5, 1000, 1, 1, 7, 0, 0);
    }

    private void setData(final String path)
    {
        final UnsafeBuffer bytes = TestTree.bytes(path);
        writer.setData(bytes, 0, bytes.capacity(), bytes, 0, bytes.capacity(), 1);
    }

    private void delete(final String path)
    {
        final UnsafeBuffer bytes = TestTree.bytes(path);
        writer.delete(bytes, 0, bytes.capacity(), false);
    }

    private void setAcl(final String path)
    {
        final UnsafeBuffer bytes = TestTree.bytes(path);
        writer.setAcl(bytes, 0, bytes.capacity(), bytes, 0, 0, 1);
    }

    private void create(final String path)
    {
        final UnsafeBuffer bytes = TestTree.bytes(path);
        writer.create(bytes, 0, bytes.capacity(), bytes, 0, 0, bytes, 0, -1, 0, 1, false);
    }

    /** Adds the transaction in the writer, which lies somewhere in a buffer. */
    private void add()
    {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[24 + writer.length()]);
        payload.putBytes(24, writer.buffer(), 0, writer.length());
        ahead.add(payload, 24, writer.length());
    }

    /** Returns the sum of what was touched since the last call. */
    private long touched()
    {
        final long before = sum;
        sum = tree.touch();

        return sum - before;
    }

    /** Returns the sum for these paths. It may include other znodes that precede them in their buckets. */
    private long expected(final String... paths)
    {
        touched();
        for (final String path : paths)
        {
            final UnsafeBuffer bytes = TestTree.bytes(path);
            tree.add(bytes, 0, bytes.capacity());
        }

        final long expected = touched();
        assertTrue(expected >= paths.length, "each of them touches something");

        return expected;
    }

    @Test
    void shouldFindThePathOfEachTransaction()
    {
        final long expected = expected("/a", "/b", "/c", "/d");
        begin();
        setData("/a");
        add();
        begin();
        delete("/b");
        add();
        begin();
        setAcl("/c");
        add();
        begin();
        create("/d");
        add();

        assertEquals(expected, touched());
        assertEquals(0, touched(), "what was added is forgotten");
    }

    @Test
    void shouldFetchAndForget()
    {
        begin();
        setData("/a");
        add();
        ahead.fetch();

        final long after = tree.touch();
        assertEquals(after, tree.touch());
        assertTrue(after > 0);
    }

    @Test
    void shouldFindThePathsOfAMulti()
    {
        final long expected = expected("/a", "/c");
        begin();
        writer.multi();
        setData("/a");
        writer.check();
        delete("/c");
        writer.endMulti(3);
        add();

        assertEquals(expected, touched());
    }

    @Test
    void shouldPassOverWhatNamesNoZnode()
    {
        begin();
        writer.error(-101);
        add();
        begin();
        writer.closeSession(true);
        add();
        begin();
        writer.createSession(4000);
        add();
        begin();
        writer.multiError(2, 1, -110);
        add();

        assertEquals(0, touched());
    }

    @Test
    void shouldStopAMultiOfManyParts()
    {
        final long expected = LookAhead.PATHS_MAX * expected("/a");
        begin();
        writer.multi();
        final int parts = LookAhead.PATHS_MAX + 10;
        for (int i = 0; i < parts; i++)
        {
            setData("/a");
        }
        writer.endMulti(parts);
        add();
        begin();
        setData("/b");
        add();

        assertEquals(expected, touched(), "there is no room for the second transaction");
    }
}
