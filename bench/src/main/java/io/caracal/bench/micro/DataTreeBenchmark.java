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
 * The tree alone: finding one of many znodes by its path and copying its payload, replacing its payload, creating and
 * deleting a thousand siblings, listing as many. Keys are drawn uniformly, so that at a million znodes nearly every
 * look misses the caches. At set-up it prints what the tree weighs.
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

    /** Znodes with payload; their parents, one per thousand, come on top. */
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
                group = tree.create(tree.root(), znode.name(path, 1, GROUP_PATH_LENGTH - 1).data(payload, 0, 0).acl(
                    aclId), key / GROUP_LENGTH + 1, ++zxid, 0);
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

    /** Gives the memory back. */
    @TearDown(Level.Trial)
    public void close()
    {
        tree.close();
    }

    /**
     * What a getData asks of the tree.
     *
     * @return what JMH must not optimise away.
     */
    @Benchmark
    public long findAndCopyData()
    {
        putPath(random.nextInt(znodes));
        final long node = tree.find(path, 0, PATH_LENGTH);
        return tree.copyData(node, target, 0) + tree.stats().mzxid(node) + tree.stats().version(node);
    }

    /**
     * What a setData asks of the tree.
     *
     * @return what JMH must not optimise away.
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
     * What a getChildren asks of the tree: the names of a thousand siblings; for each of them.
     *
     * @return what JMH must not optimise away.
     */
    @Benchmark
    @OperationsPerInvocation(GROUP_LENGTH)
    public long list()
    {
        putPath(random.nextInt(znodes));
        long length = 0;
        for (long child = tree.firstChild(tree.find(path, 0, GROUP_PATH_LENGTH)); child != DataTree.NONE; child = tree
            .nextSibling(child))
        {
            length += tree.copyName(child, target, 0);
        }

        return length;
    }

    /**
     * What a create asks of the tree: the parent is found, the name is looked for in vain, the znode is made.
     *
     * @param siblings that are not there.
     * @return what JMH must not optimise away.
     */
    @Benchmark
    @OperationsPerInvocation(GROUP_LENGTH)
    public long create(final AbsentSiblings siblings)
    {
        createAll();
        return tree.nodeCount() - siblings.before;
    }

    /**
     * What a delete asks of the tree: the znode is found and removed.
     *
     * @param siblings that are there.
     * @return what JMH must not optimise away.
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
                tree.create(parent, znode.name(path, GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1).data(
                    payload, 0, PAYLOAD_LENGTH).acl(aclId), ++cversion, ++zxid, 0);
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

    /** Children of the first group that no key stands for. */
    private void putSibling(final int i)
    {
        putPath(0);
        path.putNaturalPaddedIntAscii(GROUP_PATH_LENGTH + 1, PATH_LENGTH - GROUP_PATH_LENGTH - 1, znodes + i);
    }

    /** A thousand znodes that are not there when they are created. */
    @State(Scope.Benchmark)
    public static class AbsentSiblings
    {
        private long before;

        /**
         * Counts the others.
         *
         * @param benchmark whose tree it is.
         */
        @Setup(Level.Invocation)
        public void count(final DataTreeBenchmark benchmark)
        {
            before = benchmark.tree.nodeCount();
        }

        /**
         * Removes them, so that they can be made again.
         *
         * @param benchmark whose tree it is.
         */
        @TearDown(Level.Invocation)
        public void remove(final DataTreeBenchmark benchmark)
        {
            benchmark.deleteAll();
        }
    }

    /** A thousand znodes that are there when they are deleted. */
    @State(Scope.Benchmark)
    public static class PresentSiblings
    {
        private long before;

        /**
         * Makes them.
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
