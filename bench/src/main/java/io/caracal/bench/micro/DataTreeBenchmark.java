/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.NewZnode;
import io.caracal.engine.tree.TreeOptions;

import org.agrona.concurrent.UnsafeBuffer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the tree alone: finding one of many znodes by its path and copying or replacing its payload, and creating,
 * deleting and listing a thousand siblings. Keys are drawn uniformly, so that with a million znodes nearly every
 * look-up misses the caches. The set-up prints how much memory the tree takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataTreeBenchmark
{
    private static final long HASH_SEED = 0x5EED;
    private static final int GROUP_LENGTH = 1000;
    private static final int PAYLOAD_LENGTH = 100;
    private static final int GROUP_PATH_LENGTH = 7;
    private static final int PATH_LENGTH = GROUP_PATH_LENGTH + 11;

    /** Znodes with payload. Their parents, one per thousand, come in addition. */
    @Param({ "10000", "1000000" })
    private int znodes;

    private final MemoryLedger ledger = new MemoryLedger();
    private final SplittableRandom random = new SplittableRandom(42);
    private final UnsafeBuffer path = new UnsafeBuffer("/000000/0000000000".getBytes(US_ASCII));
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
    private final UnsafeBuffer target = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
    private final NewZnode znode = new NewZnode();
    private DataTree tree;
    private long zxid;
    private int aclId;
    private int cversion = GROUP_LENGTH;

    /** Builds the tree. */
    @Setup(Level.Trial)
    public void build()
    {
        tree = new DataTree(ledger, new TreeOptions(HASH_SEED, true, new EphemeralOwner(false, false)));
        aclId = openAcl();
        final long before = ledger.totalBytes();
        long group = DataTree.NONE;
        for (int key = 0; key < znodes; key++)
        {
            putPath(key);
            if (key % GROUP_LENGTH == 0)
            {
                group =
                    tree.create(tree.root(), znode.name(path, 1, GROUP_PATH_LENGTH - 1).data(payload, 0, 0).acl(aclId),
                        key / GROUP_LENGTH + 1, ++zxid, 0);
            }
            znode.name(path, GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1).data(payload, 0,
                PAYLOAD_LENGTH).acl(aclId);
            tree.create(group, znode, key % GROUP_LENGTH + 1, ++zxid, 0);
        }
        System.out.println("bytes per znode by the ledger: " + (ledger.totalBytes() - before) / (double)znodes);
    }

    private int openAcl()
    {
        final UnsafeBuffer acl = new UnsafeBuffer(new byte[64]);
        final UnsafeBuffer words = new UnsafeBuffer("worldanyone".getBytes(US_ASCII));
        final JuteWriter writer = new JuteWriter();
        writer.wrap(acl, 0);
        writer.writeInt(1).writeInt(Perms.ALL).writeRange(words, 0, 5).writeRange(words, 5, 6);
        return tree.acls().intern(acl, 0, writer.position());
    }

    private void putPath(final int key)
    {
        path.putNaturalPaddedIntAscii(1, GROUP_PATH_LENGTH - 1, key / GROUP_LENGTH);
        path.putNaturalPaddedIntAscii(GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1, key);
    }

    /** Frees the memory. */
    @TearDown(Level.Trial)
    public void close()
    {
        tree.close();
    }

    /**
     * Measures what a getData asks of the tree.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long findAndCopyData()
    {
        putPath(random.nextInt(znodes));
        final long node = tree.find(path, 0, PATH_LENGTH);
        return tree.copyData(node, target, 0) + tree.stats().mzxid(node) + tree.stats().version(node);
    }

    /**
     * Measures what a setData asks of the tree.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long findAndSetData()
    {
        putPath(random.nextInt(znodes));
        final long node = tree.find(path, 0, PATH_LENGTH);
        tree.setData(node, payload, 0, PAYLOAD_LENGTH, 1, ++zxid, 0);
        return node;
    }

    /**
     * Measures what a getChildren asks of the tree: the names of a thousand siblings. The score is per name.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(GROUP_LENGTH)
    public long list()
    {
        putPath(random.nextInt(znodes));
        long length = 0;
        for (long child = tree.firstChild(tree.find(path, 0, GROUP_PATH_LENGTH)); child != DataTree.NONE; child =
            tree.nextSibling(child))
        {
            length += tree.copyName(child, target, 0);
        }

        return length;
    }

    /**
     * Measures what a create asks of the tree: finding the parent, looking for the name in vain, and creating the
     * znode.
     *
     * @param siblings that do not exist yet.
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(GROUP_LENGTH)
    public long create(final AbsentSiblings siblings)
    {
        createAll();
        return tree.nodeCount() - siblings.before;
    }

    /**
     * Measures what a delete asks of the tree: finding and removing the znode.
     *
     * @param siblings that exist.
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(GROUP_LENGTH)
    public long delete(final PresentSiblings siblings)
    {
        deleteAll();
        return tree.nodeCount() - siblings.before;
    }

    private void createAll()
    {
        for (int i = 0; i < GROUP_LENGTH; i++)
        {
            putSibling(i);
            final long parent = tree.find(path, 0, GROUP_PATH_LENGTH);
            if (tree.find(path, 0, PATH_LENGTH) == DataTree.NONE)
            {
                tree.create(parent, znode.name(path, GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1)
                    .data(payload, 0, PAYLOAD_LENGTH).acl(aclId), ++cversion, ++zxid, 0);
            }
        }
    }

    private void deleteAll()
    {
        for (int i = 0; i < GROUP_LENGTH; i++)
        {
            putSibling(i);
            tree.delete(tree.find(path, 0, PATH_LENGTH), ++zxid);
        }
    }

    /** Writes the path of a child of the first group that belongs to no key. */
    private void putSibling(final int i)
    {
        putPath(0);
        path.putNaturalPaddedIntAscii(GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1, znodes + i);
    }

    /** A thousand znodes that do not exist when they are created. */
    @State(Scope.Benchmark)
    public static class AbsentSiblings
    {
        private long before;

        /**
         * Counts the other znodes.
         *
         * @param benchmark whose tree it is.
         */
        @Setup(Level.Invocation)
        public void count(final DataTreeBenchmark benchmark)
        {
            before = benchmark.tree.nodeCount();
        }

        /**
         * Removes the znodes, so that they can be created again.
         *
         * @param benchmark whose tree it is.
         */
        @TearDown(Level.Invocation)
        public void remove(final DataTreeBenchmark benchmark)
        {
            benchmark.deleteAll();
        }
    }

    /** A thousand znodes that exist when they are deleted. */
    @State(Scope.Benchmark)
    public static class PresentSiblings
    {
        private long before;

        /**
         * Creates the znodes.
         *
         * @param benchmark whose tree it is.
         */
        @Setup(Level.Invocation)
        public void make(final DataTreeBenchmark benchmark)
        {
            before = benchmark.tree.nodeCount();
            benchmark.createAll();
        }
    }
}
