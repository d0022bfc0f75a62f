/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.bench.micro.memory.MemoryClients;
import io.caracal.bench.micro.memory.MemoryEnsemble;

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
 * Measures a write from the client at the leader until its reply: proposal, acknowledgement and commit between three
 * engines that take turns on one thread, with links and logs in memory. The score is what three servers compute for a
 * write, without network and disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProposeCommitBenchmark
{
    /** Writes that are under way together. The score is for all of them. */
    @Param({ "1", "64" })
    private int writes;

    private final UnsafeBuffer path = new UnsafeBuffer("/znode".getBytes(US_ASCII));
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    private MemoryEnsemble ensemble;
    private MemoryClients client;
    private long wanted;
    private final MemoryEnsemble.Condition isAnswered = () -> client.replies() == wanted;

    /** Starts the servers. */
    @Setup(Level.Trial)
    public void start()
    {
        ensemble = new MemoryEnsemble(3);
        client = ensemble.start();
        wanted = client.replies() + 1;
        client.create(path, path.capacity(), payload);
        ensemble.runUntil(isAnswered);
    }

    /** Frees the memory. */
    @TearDown(Level.Trial)
    public void close()
    {
        ensemble.close();
    }

    /**
     * Measures writes from request to commit and reply.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long proposeToCommit()
    {
        for (int i = 0; i < writes; i++)
        {
            client.setData(path, payload);
        }
        wanted += writes;
        ensemble.runUntil(isAnswered);
        return wanted;
    }
}
