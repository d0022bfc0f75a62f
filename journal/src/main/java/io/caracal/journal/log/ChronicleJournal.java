/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.DataLayout;
import io.caracal.journal.JournalContext;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duties;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.duty.FailureReport;
import io.caracal.journal.duty.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The engine's side of the log: recovery at first, then a ring to the journal thread and a few figures back from it.
 * All methods of the port, and {@link #truncate}, belong to the engine's thread; none touches a file once the replay
 * has ended.
 */
public final class ChronicleJournal implements Journal, AutoCloseable
{
    private final JournalContext context;
    private final ChunkRing ring;
    private final Doorbell journalBell;
    private final Durability durability;
    private final SpaceState space = new SpaceState();
    private final SpareSegment spare;
    private final JournalAgent agent;
    private final Recovery recovery;
    private final Retention retention;
    private final Jobs jobs;
    private long appendedZxid;
    private long toldZxid;
    private boolean toldExhausted;

    /**
     * Looks at what is on disk; starts nothing.
     *
     * @param context     concluded.
     * @param layout      where what lies; its directories exist.
     * @param manifest    of the log.
     * @param failures    told what is final.
     * @param journalBell wakes the thread that runs {@link #journalDuty}.
     * @param bulkBell    wakes the thread that runs {@link #bulkDuty}.
     * @throws IOException                                   when the disk fails.
     * @throws io.caracal.engine.port.CorruptionException when a segment with records is not named by the manifest.
     */
    public ChronicleJournal(final JournalContext context, final DataLayout layout, final Manifest manifest,
        final FailureReport failures, final Doorbell journalBell, final Doorbell bulkBell) throws IOException
    {
        final Path segments = layout.segments();
        final List<Path> garbage = SegmentSweep.garbage(segments, manifest.state(), layout.manifest());

        this.context = context;
        this.journalBell = journalBell;
        durability = new Durability(journalBell, bulkBell);
        jobs = new Jobs(bulkBell);
        jobs.add(() -> SegmentSweep.remove(garbage, context.fileSystem()));
        spare = new SpareSegment(context, segments, nextOrdinal(manifest, garbage), journalBell, bulkBell);
        recovery = new Recovery(segments, manifest.state(), context.fileSystem());
        retention = new Retention(segments, manifest, context.fileSystem());
        ring = new ChunkRing(context.ringLength());
        agent = new JournalAgent(context, failures, ring, new SegmentRow(context, segments, manifest, spare, jobs),
            durability, space);
    }

    /**
     * What the journal thread does.
     *
     * @return to be run by one thread.
     */
    public Duty journalDuty()
    {
        return agent;
    }

    /**
     * What the bulk thread does for the log: removing, closing, preparing the next segment.
     *
     * @return to be run by one thread.
     */
    public Duty bulkDuty()
    {
        return new Duties(jobs, spare);
    }

    /**
     * How far the log is safe.
     *
     * @return shared with whoever must wait for it.
     */
    public Durability durability()
    {
        return durability;
    }

    /**
     * Whether the disk has no room for the next segment. Any thread.
     *
     * @return true from a failed reservation until the next one that succeeds.
     */
    public boolean isNoSpace()
    {
        return spare.isNoSpace();
    }

    /**
     * Which segments may go.
     *
     * @return used by a purge.
     */
    public Retention retention()
    {
        return retention;
    }

    @Override
    public int replay(final long afterZxid, final ReplayHandler handler)
    {
        final int count = recovery.replay(afterZxid, handler);
        final Recovered end = recovery.recovered();

        if (end != null)
        {
            appendedZxid = end.lastZxid();
            toldZxid = end.lastZxid();
            agent.begin(end);
            journalBell.ring();
        }

        return count;
    }

    @Override
    public boolean append(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        Invariant.check(recovery.recovered() != null, "append before the end of the replay");
        Invariant.check(zxid > appendedZxid, "append out of order");
        Invariant.check(length > 0 && length <= context.recordLengthMax(), "record length out of range");

        if (space.isFull() || agent.isTruncating() ||
            !ring.offer(JournalAgent.RECORD, zxid, committedZxid, buffer, offset, length))
        {
            return false;
        }

        appendedZxid = zxid;
        journalBell.ring();
        return true;
    }

    @Override
    public int recordLengthMax()
    {
        return context.recordLengthMax();
    }

    @Override
    public int poll(final DurabilityHandler handler)
    {
        int work = 0;

        if (ring.isStaging())
        {
            ring.pump();
            journalBell.ring();
        }

        // In this order: when the truncation is over, what is reported is what it left.
        final boolean truncating = agent.isTruncating();
        final long durableZxid = durability.reportedZxid();
        if (!truncating && durableZxid > toldZxid)
        {
            toldZxid = durableZxid;
            handler.onDurable(durableZxid);
            work++;
        }

        return work + tellSpace(handler);
    }

    @Override
    public void release(final long zxid)
    {
        retention.release(zxid);
    }

    /**
     * Forgets every record after a zxid, as a learner must that has records the leader never had. Asynchronous: nothing
     * can be appended before {@link #isTruncating()} is false again; then the cut is on the device.
     *
     * @param zxid last record that stays; not below the newest snapshot.
     * @return false when refused because the ring is full.
     */
    public boolean truncate(final long zxid)
    {
        Invariant.check(recovery.recovered() != null, "truncation before the end of the replay");
        agent.truncating();
        if (!ring.offer(JournalAgent.TRUNCATE, zxid, 0))
        {
            agent.truncationRefused();
            return false;
        }

        appendedZxid = Math.min(appendedZxid, zxid);
        toldZxid = Math.min(toldZxid, zxid);
        journalBell.ring();
        return true;
    }

    /**
     * Whether a truncation is under way.
     *
     * @return false when the last one is durable.
     */
    public boolean isTruncating()
    {
        return agent.isTruncating();
    }

    /** Frees the ring. Both threads have ended. */
    @Override
    public void close() throws IOException
    {
        recovery.close();
        ring.close();
    }

    private int tellSpace(final DurabilityHandler handler)
    {
        final boolean exhausted = space.isExhausted();
        if (exhausted == toldExhausted)
        {
            return 0;
        }

        toldExhausted = exhausted;
        if (exhausted)
        {
            handler.onSpaceExhausted();
        }
        else
        {
            handler.onSpaceAvailable();
        }

        return 1;
    }

    /** Never the number of a directory that lies there, named or not. */
    private static long nextOrdinal(final Manifest manifest, final List<Path> garbage)
    {
        long next = manifest.state().nextOrdinal();
        for (final Path directory : garbage)
        {
            final String name = directory.getFileName().toString();
            next = Math.max(next, Long.parseLong(name.substring(0, name.indexOf('-'))) + 1);
        }

        return next;
    }
}
