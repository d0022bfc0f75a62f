/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.snapshot.FileSnapshotStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bulk thread's side of history for learners. Each turn does a bounded piece of work for some of the open reads. A
 * read whose ring is full is skipped; one that stands still for too long fails.
 */
public final class CatchUpDuty implements Duty, AutoCloseable
{
    /** Bytes read in one turn for all reads together, after which the thread's other duties get their turn. */
    private static final int TURN_LENGTH = 2 * 1024 * 1024;

    private final JournalContext context;
    private final ChronicleJournal journal;
    private final FileSnapshotStore snapshots;
    private final ConcurrentLinkedQueue<OpenRead> opened = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inUse = new AtomicInteger();
    private final List<ReadAhead> reads = new ArrayList<>();
    private final long stallNs;
    private int next;

    /**
     * Creates a duty with no open read.
     *
     * @param context   concluded.
     * @param journal   whose log is read.
     * @param snapshots whose files are read.
     */
    public CatchUpDuty(final JournalContext context, final ChronicleJournal journal, final FileSnapshotStore snapshots)
    {
        this.context = context;
        this.journal = journal;
        this.snapshots = snapshots;
        this.stallNs = TimeUnit.MILLISECONDS.toNanos(context.catchUpStallMs());
    }

    /**
     * The zxid after which nothing may be purged. Called on the bulk thread.
     *
     * @return least zxid that the open reads need; {@link Long#MAX_VALUE} when there is none.
     */
    public long neededZxid()
    {
        begin(System.nanoTime());
        long zxid = Long.MAX_VALUE;
        for (int i = 0; i < reads.size(); i++)
        {
            zxid = Math.min(zxid, reads.get(i).neededZxid());
        }

        return zxid;
    }

    @Override
    public int doWork() throws IOException
    {
        final long nowNs = System.nanoTime();
        begin(nowNs);
        int bytes = 0;

        for (int i = 0; i < reads.size() && bytes < TURN_LENGTH; i++)
        {
            next = next + 1 < reads.size() ? next + 1 : 0;
            bytes += work(reads.get(next), nowNs);
        }

        end();
        if (bytes > 0)
        {
            context.wakeup().run();
        }

        return bytes > 0 ? 1 : 0;
    }

    @Override
    public long idleNs()
    {
        long idleNs = UNTIL_WOKEN;
        final long nowNs = System.nanoTime();
        for (int i = 0; i < reads.size(); i++)
        {
            idleNs = Math.min(idleNs, Math.max(1, stallNs - reads.get(i).stillNs(nowNs)));
        }

        return idleNs;
    }

    /**
     * Fails the reads but keeps their rings. When the journal fails, this thread ends before the engine's, which may
     * still look at the rings.
     */
    @Override
    public void onClose() throws IOException
    {
        for (OpenRead read = opened.poll(); read != null; read = opened.poll())
        {
            read.fail();
        }
        for (final ReadAhead read : reads)
        {
            read.fail();
        }
    }

    /** Frees the rings. The bulk thread must have ended, and the engine must no longer use them. */
    @Override
    public void close() throws IOException
    {
        for (final ReadAhead read : reads)
        {
            read.close();
        }
        reads.clear();
    }

    /**
     * Opens a read; returns false when {@link CatchUp#READS_MAX} reads are open or not freed yet. Called on the
     * engine's thread.
     */
    boolean tryOpen(final OpenRead read)
    {
        if (inUse.get() >= CatchUp.READS_MAX)
        {
            return false;
        }

        inUse.incrementAndGet();
        opened.add(read);
        return true;
    }

    private void begin(final long nowNs)
    {
        OpenRead read = opened.poll();
        while (read != null)
        {
            reads.add(read.isLog() ? new LogReadAhead(read, context, journal, nowNs) : new SnapshotReadAhead(read,
                context, snapshots, nowNs));
            read = opened.poll();
        }
    }

    private int work(final ReadAhead read, final long nowNs) throws IOException
    {
        if (read.isOver())
        {
            return 0;
        }

        try
        {
            final int bytes = read.work(nowNs);
            if (bytes == 0 && read.stillNs(nowNs) > stallNs)
            {
                throw new IOException("a read of history stood still for " + context.catchUpStallMs() + " ms");
            }

            return bytes;
        }
        catch (final IOException | CorruptionException ex)
        {
            if (isUnreadable(ex))
            {
                read.failUnreadable();
            }
            else
            {
                read.fail();
            }
            context.events().onReadFailed(ex);
            context.wakeup().run();
            return 0;
        }
    }

    /** Whether a later attempt would fail as well: the bytes are damaged, or the disk does not give them. */
    private static boolean isUnreadable(final Exception failure)
    {
        return failure instanceof CorruptionException ||
            (failure instanceof FileSystemException && !NoDescriptorException.isBehind(failure));
    }

    private void end() throws IOException
    {
        for (int i = reads.size() - 1; i >= 0; i--)
        {
            if (reads.get(i).isReleased())
            {
                reads.remove(i).close();
                inUse.decrementAndGet();
            }
        }
    }
}
