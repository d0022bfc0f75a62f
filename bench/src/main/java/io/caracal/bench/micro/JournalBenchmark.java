/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.JournalContext;
import io.caracal.journal.open.OpenJournal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
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
 * Measures the log on the disk of the working directory. Records are appended, and this thread polls without a pause
 * until all are durable. The score is for the whole batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBenchmark implements DurabilityHandler, ReplayHandler
{
    private static final int RECORD_LENGTH = 240;

    /** Records that wait for one force. */
    @Param({ "1", "128" })
    private int records;

    /** Whether records are forced or only handed to the operating system. */
    @Param({ "true", "false" })
    private boolean forceSync;

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_LENGTH]);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Path dir;
    private OpenJournal journal;
    private boolean isReplayed;
    private long appendedZxid;
    private long durableZxid;

    /**
     * Opens a log.
     *
     * @throws IOException when the directory cannot be created.
     */
    @Setup(Level.Trial)
    public void open() throws IOException
    {
        dir = Files.createTempDirectory(Path.of("").toAbsolutePath(), "caracal-bench-log");
        journal = OpenJournal
            .open(new JournalContext().dataDir(dir).forceSync(forceSync).linger(true).onFailure(failure::set));
        isReplayed = false;
        appendedZxid = 0;
        durableZxid = 0;
        final LoadEnd end = new LoadEnd();
        while (!end.isReached)
        {
            journal.snapshotStore().load(end);
        }
        while (!isReplayed)
        {
            journal.journal().replay(0, this);
        }
    }

    /** Closes the log and removes its files. */
    @TearDown(Level.Trial)
    public void close()
    {
        journal.close();
        IoUtil.delete(dir.toFile(), true);
    }

    /**
     * Measures the append of all records and the force that makes them durable.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public long appendUntilDurable()
    {
        for (int i = 0; i < records; i++)
        {
            appendedZxid++;
            while (!journal.journal().append(appendedZxid, durableZxid, record, 0, RECORD_LENGTH))
            {
                journal.journal().poll(this);
                check();
            }
        }
        while (durableZxid < appendedZxid)
        {
            journal.journal().poll(this);
            check();
        }

        return durableZxid;
    }

    private void check()
    {
        if (failure.get() != null)
        {
            throw new IllegalStateException("the log failed", failure.get());
        }
    }

    @Override
    public void onDurable(final long zxid)
    {
        durableZxid = zxid;
    }

    @Override
    public void onTruncated(final long zxid)
    {
        throw new IllegalStateException("nothing was cut");
    }

    @Override
    public void onSpaceExhausted()
    {
        failure.set(new IllegalStateException("the disk is full"));
    }

    @Override
    public void onSpaceAvailable()
    {
        // this is reported at the start as well
    }

    @Override
    public void onRecord(
        final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset, final int length)
    {
        throw new IllegalStateException("the log is new");
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        isReplayed = true;
    }

    /** Waits for the end of the load; there is no snapshot. */
    private static final class LoadEnd implements SnapshotHandler
    {
        private boolean isReached;

        @Override
        public void onLoadBegin(final long zxid)
        {
            // with zxid 0
        }

        @Override
        public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
        {
            throw new IllegalStateException("the directory is new");
        }

        @Override
        public void onLoadEnd(final long zxid, final long recordCount, final long digest)
        {
            isReached = true;
        }

        @Override
        public void onPublished(final long zxid, final long keepsFrom)
        {
            // none is written
        }

        @Override
        public void onFailed(final long zxid)
        {
            // none is written
        }

        @Override
        public void onReceived(final long zxid)
        {
            // none is received
        }

        @Override
        public void onReceiveFailed(final long zxid)
        {
            // none is received
        }
    }
}
