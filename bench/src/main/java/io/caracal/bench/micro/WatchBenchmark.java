/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.watch.WatchEventHandler;
import io.caracal.engine.watch.WatchTable;

import java.util.concurrent.TimeUnit;

import org.agrona.concurrent.UnsafeBuffer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the change of one znode with many watchers. The score is for all of them. The set-up prints how much memory
 * a watch takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class WatchBenchmark
{
    private static final long SEED = 0x5EED;

    /** Watchers of the znode. */
    @Param({ "1", "1000", "100000" })
    private int watchers;

    private final MemoryLedger ledger = new MemoryLedger();
    private final UnsafeBuffer path = new UnsafeBuffer("/bench/000012/0000012345".getBytes(US_ASCII));
    private WatchTable persistent;
    private WatchTable once;
    private long told;
    private final WatchEventHandler handler = (watcher, eventType, buffer, offset, length) -> told += watcher;

    /** Sets the watches that stay. */
    @Setup(Level.Trial)
    public void watch()
    {
        final long before = ledger.totalBytes();
        persistent = new WatchTable(ledger, SEED, Integer.MAX_VALUE);
        once = new WatchTable(ledger, SEED, Integer.MAX_VALUE);
        for (int watcher = 0; watcher < watchers; watcher++)
        {
            persistent.addRecursive(watcher, path, 0, path.capacity());
        }
        System.out.println("bytes per watch by the ledger: " + (ledger.totalBytes() - before) / (double)watchers);
    }

    /** Frees the memory. */
    @TearDown(Level.Trial)
    public void close()
    {
        persistent.close();
        once.close();
    }

    /**
     * Fires watches that stay.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long firePersistent()
    {
        return persistent.fireDataChanged(path, 0, path.capacity(), handler) + told;
    }

    /**
     * Sets watches and fires them, which removes them.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long watchAndFireOnce()
    {
        for (int watcher = 0; watcher < watchers; watcher++)
        {
            once.addData(watcher, path, 0, path.capacity());
        }

        return once.fireDataChanged(path, 0, path.capacity(), handler) + told;
    }
}
