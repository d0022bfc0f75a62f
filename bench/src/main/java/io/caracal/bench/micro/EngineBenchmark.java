/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.caracal.bench.micro.memory.MemoryClients;
import io.caracal.bench.micro.memory.MemoryEnsemble;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

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
 * Measures the engine alone, with all that it does for a request from frame to reply, over a port in memory. Keys are
 * drawn uniformly from all znodes. Each duty cycle receives 64 requests, as from a busy socket.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark
{
    private static final int BATCH = 64;
    private static final int GROUP_LENGTH = 1000;
    private static final int GROUP_PATH_LENGTH = 7;
    private static final int PATH_LENGTH = GROUP_PATH_LENGTH + 11;

    /** Znodes with payload. Their parents, one per thousand, come in addition. */
    @Param({ "1000000" })
    private int znodes;

    private final SplittableRandom random = new SplittableRandom(42);
    private final UnsafeBuffer path = new UnsafeBuffer("/000000/0000000000".getBytes(US_ASCII));
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
    private MemoryEnsemble ensemble;
    private MemoryClients client;
    private long wanted;
    private final MemoryEnsemble.Condition isAnswered = () -> client.replies() == wanted;

    /** Starts the server and fills its tree with requests of a client. */
    @Setup(Level.Trial)
    public void fill()
    {
        ensemble = new MemoryEnsemble(1);
        client = ensemble.start();
        wanted = client.replies();
        for (int key = 0; key < znodes; key++)
        {
            putPath(key);
            if (key % GROUP_LENGTH == 0)
            {
                client.create(path, GROUP_PATH_LENGTH, payload);
                wanted++;
            }
            client.create(path, PATH_LENGTH, payload);
            wanted++;
            if (key % BATCH == BATCH - 1 || key == znodes - 1)
            {
                ensemble.runUntil(isAnswered);
            }
        }
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
        ensemble.close();
    }

    /**
     * Measures a getData from frame to reply, and the cost of making the frame.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long getData()
    {
        askForData();

        return run();
    }

    /**
     * Measures what the client spends on a getData: drawing a znode and writing the request. The engine does not see
     * the request.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int makeGetData()
    {
        askForData();

        return client.discard();
    }

    private void askForData()
    {
        for (int i = 0; i < BATCH; i++)
        {
            putPath(random.nextInt(znodes));
            client.getData(path);
        }
    }

    /**
     * Measures a setData from frame to reply, and the cost of making the frame. The log accepts it at once.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long setData()
    {
        for (int i = 0; i < BATCH; i++)
        {
            putPath(random.nextInt(znodes));
            client.setData(path, payload);
        }

        return run();
    }

    private long run()
    {
        wanted += BATCH;
        ensemble.runUntil(isAnswered);
        return wanted;
    }
}
