/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.testing.RealStorage;
import io.caracal.simulator.contract.StorageDriver;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In steady state, neither the engine's thread nor the journal's allocates per record. */
class AllocationTest
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int ROUNDS = 12;
    private static final int MEASURED = 20_000;
    private static final int LENGTH = 100;
    private static final double BYTES_PER_RECORD_MAX = 0.1;

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[LENGTH]);
    private final Durable durable = new Durable();

    /**
     * One segment holds all measured records, because a rotation is not steady state. The fault-injecting file system
     * would itself allocate objects.
     */
    private final RealStorage storage = RealStorage.fresh(context -> context.segmentLength(128 << 20)
        .fileSystem(new RealFileSystem()));

    @AfterEach
    void end()
    {
        storage.close();
    }

    @Test
    void shouldAllocateNothingForARecord()
    {
        storage.open();
        new StorageDriver(storage).start();
        final long journalId = journalThread();
        double engine = Double.MAX_VALUE;
        double journal = Double.MAX_VALUE;

        // Steady state begins when the compilers are done. An allocation per record would show in every round.
        for (int round = 0; round < ROUNDS && Math.max(engine, journal) >= BYTES_PER_RECORD_MAX; round++)
        {
            final long engineBefore = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            final long journalBefore = threads.getThreadAllocatedBytes(journalId);
            append((long)round * MEASURED + 1, (round + 1L) * MEASURED);
            engine = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - engineBefore;
            engine /= MEASURED;
            journal = threads.getThreadAllocatedBytes(journalId) - journalBefore;
            journal /= MEASURED;
        }

        assertTrue(engine < BYTES_PER_RECORD_MAX, "engine's thread: " + engine);
        assertTrue(journal < BYTES_PER_RECORD_MAX, "journal thread: " + journal);
    }

    private void append(final long first, final long last)
    {
        final Journal journal = storage.journal();
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        for (long zxid = first; zxid <= last; zxid++)
        {
            while (!journal.append(zxid, zxid - 1, record, 0, LENGTH))
            {
                await(deadlineNs, "waited in vain for room in the ring");
            }

            journal.poll(durable);
        }

        while (durable.zxid < last)
        {
            await(deadlineNs, "waited in vain for the last record to be durable");
        }
    }

    /** Allocates nothing, because that would be measured too. */
    private void await(final long deadlineNs, final String inVain)
    {
        assertTrue(System.nanoTime() - deadlineNs < 0, inVain);
        storage.journal().poll(durable);
        Thread.onSpinWait();
    }

    private long journalThread()
    {
        for (final long id : threads.getAllThreadIds())
        {
            final var info = threads.getThreadInfo(id);
            if (info != null && "caracal-journal".equals(info.getThreadName()))
            {
                return id;
            }
        }

        throw new AssertionError("no journal thread");
    }

    private static final class Durable implements DurabilityHandler
    {
        private long zxid;

        @Override
        public void onDurable(final long durableZxid)
        {
            zxid = durableZxid;
        }

        @Override
        public void onTruncated(final long zxid)
        {
            throw new AssertionError("nothing is truncated");
        }

        @Override
        public void onSpaceExhausted()
        {
            throw new AssertionError("no room");
        }

        @Override
        public void onSpaceAvailable()
        {
            throw new AssertionError("room");
        }
    }
}
