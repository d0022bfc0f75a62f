/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.JournalContext;
import io.caracal.journal.Removal;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duties;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.duty.FailureReport;
import io.caracal.journal.duty.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/**
 * The engine's side of the log. It first runs the recovery; after that it is a ring to the journal thread and a few
 * figures coming back from it. All methods of the port belong to the engine's thread. None of them touches a file once
 * the replay has ended.
 */
public final class ChronicleJournal implements Journal, AutoCloseable
{
    private final JournalContext context;
    private final Path segments;
    private final Manifest manifest;
    private final LogTail tail;
    private final ChunkRing ring;
    private final Doorbell journalBell;
    private final Durability durability;
    private final SpaceState space = new SpaceState();
    private final SpareSegment spare;
    private final JournalAgent agent;
    private final EndChange change;
    private final Recovery recovery;
    private final Retention retention;
    private final Jobs jobs;
    private final Removal removal;
    private final List<Path> dropped;
    private long appendedZxid;
    private long toldZxid;
    private boolean toldExhausted;
    private HistoryListener history = HistoryListener.NONE;
    private LongConsumer endCheck = lastZxid ->
    {
    };
    private Runnable afterChecks = () ->
    {
    };
    private boolean isRung;
    private boolean isToRing;

    /**
     * Examines what is on disk; starts nothing.
     *
     * @param context     concluded.
     * @param layout      of the files; its directories exist.
     * @param manifest    of the log.
     * @param failures    is told of final errors.
     * @param journalBell wakes the thread that runs {@link #journalDuty}.
     * @param bulkBell    wakes the thread that runs {@link #bulkDuty}.
     * @throws IOException                                   when the disk fails.
     * @throws io.caracal.engine.port.CorruptionException when the manifest does not name a segment that holds records.
     */
    public ChronicleJournal(final JournalContext context, final DataLayout layout, final Manifest manifest,
        final FailureReport failures, final Doorbell journalBell, final Doorbell bulkBell) throws IOException
    {
        segments = layout.segments();
        if (context.ownsProcess())
        {
            ChronicleSettings.withoutSystemCalls();
        }
        final SegmentSweep sweep = SegmentSweep.of(segments, manifest.state(), layout.manifest());

        this.context = context;
        this.manifest = manifest;
        this.journalBell = journalBell;
        tail = new LogTail(bulkBell);
        durability = new Durability(journalBell, bulkBell);
        jobs = new Jobs(bulkBell);
        removal = new Removal(context);
        dropped = sweep.dropped();
        sweep.unused().forEach(this::leaveToRemove);
        spare = new SpareSegment(context, segments, manifest, sweep.nextOrdinal(), journalBell, bulkBell);
        recovery = new Recovery(segments, manifest.state(), context.fileSystem());
        retention = new Retention(segments, manifest, removal);
        ring = new ChunkRing(context.ringLength());
        agent = new JournalAgent(context, failures, ring, new SegmentRow(context, segments, manifest, spare, jobs,
            tail),
            durability, space, tail);
        change = new EndChange(ring, agent.endCommand(), journalBell);
    }

    /**
     * The duty of the journal thread.
     *
     * @return to be run by one thread.
     */
    public Duty journalDuty()
    {
        return agent;
    }

    /**
     * The duty of the bulk thread for the log: removing and closing segments, and preparing the next one.
     *
     * @return to be run by one thread.
     */
    public Duty bulkDuty()
    {
        return new Duties(jobs, spare);
    }

    /**
     * How far the log is durable.
     *
     * @return shared with all who must wait for it.
     */
    public Durability durability()
    {
        return durability;
    }

    /**
     * Sets the listener that must know when history changes.
     *
     * @param listener told on the engine's thread.
     */
    public void history(final HistoryListener listener)
    {
        history = listener;
    }

    /**
     * Adds a check of where the log ends, made before a server continues from there.
     *
     * @param check takes the last zxid, and throws when it contradicts what is known elsewhere.
     */
    public void endCheck(final LongConsumer check)
    {
        endCheck = endCheck.andThen(check);
    }

    /**
     * Sets an action that runs at the end of the first replay, after no check has refused what was read. To be called
     * before that.
     *
     * @param action may write.
     */
    public void afterChecks(final Runnable action)
    {
        afterChecks = action;
    }

    /**
     * Publishes a snapshot, which must be on the device, with the log durable up to it. Called on the bulk thread.
     *
     * @param zxid of its state.
     * @throws IOException when the switch fails.
     */
    public void publish(final long zxid) throws IOException
    {
        manifest.publish(zxid, tail.near(zxid));
    }

    /**
     * Opens a reader of the log for learners. Called on the bulk thread.
     *
     * @param afterZxid the first record is the one after this.
     * @return to be closed by the caller.
     */
    public LogReader reader(final long afterZxid)
    {
        return new LogReader(segments, manifest, tail, afterZxid);
    }

    /**
     * Whether the next segment cannot be made for want of room on disk or of descriptors. May be called by any thread.
     *
     * @return true from a failed reservation until the next one that succeeds.
     */
    public boolean isNoSpace()
    {
        return spare.isNoSpace();
    }

    /**
     * Decides which segments may be removed.
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
        spare.begin();
        final int count = recovery.replay(afterZxid, handler);
        final Recovered end = recovery.recovered();

        if (end != null)
        {
            endCheck.accept(end.lastZxid());
            afterChecks.run();
            dropped.forEach(this::leaveToRemove);
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
        if (change.isUnderWay())
        {
            return false;
        }

        Invariant.check(zxid > appendedZxid, "append out of order");
        Invariant.check(length > 0 && length <= context.recordLengthMax(), "record length out of range");

        if (space.isFull() || !ring.offer(JournalAgent.RECORD, zxid, committedZxid, buffer, offset, length))
        {
            return false;
        }

        appendedZxid = zxid;
        ringOnce();
        return true;
    }

    /**
     * Wakes the journal thread at the first append after a poll, so that it begins at once. Later appends leave that to
     * the next poll, because finding out whether a thread has to be woken costs a memory fence each time.
     */
    private void ringOnce()
    {
        if (!isRung)
        {
            isRung = true;
            journalBell.ring();
        }
        else
        {
            isToRing = true;
        }
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

        isToRing |= ring.isStaging() || change.isCommandWaiting();
        ring.pump();
        change.offerCommand();
        if (isToRing)
        {
            journalBell.ring();
        }
        isRung = false;
        isToRing = false;

        work += change.isTruncating() ? tellTruncated(handler) : tellDurable(handler);
        return work + tellSpace(handler);
    }

    @Override
    public boolean truncate(final long zxid)
    {
        Invariant.check(recovery.recovered() != null, "truncation before the end of the replay");
        if (change.isUnderWay())
        {
            return false;
        }

        Invariant.check(zxid >= manifest.baseZxid() && zxid >= manifest.snapshotZxid(),
            "truncation below the base of the journal");
        Invariant.check(zxid <= appendedZxid, "truncation to a record that the journal does not hold");
        change.truncate(zxid);
        history.onTruncate();
        return true;
    }

    /**
     * Stops taking appends and truncations until {@link #goOn}, because a received snapshot is about to replace
     * everything.
     *
     * @return false when refused because a truncation is under way.
     */
    public boolean tryHold()
    {
        return change.tryHold();
    }

    /**
     * Replaces the whole log by a received snapshot, which is on the device. {@link #isReplaced()} tells when the
     * replacement is on the device as well. Only after {@link #tryHold}.
     *
     * @param zxid of the snapshot's state.
     */
    public void replace(final long zxid)
    {
        change.replace(zxid);
        history.onReplace();
    }

    /**
     * Whether the requested replacement is on the device.
     *
     * @return true until {@link #goOn}.
     */
    public boolean isReplaced()
    {
        return change.isReplaced();
    }

    /** Takes appends again: after the last record, or after the snapshot that replaced everything. */
    public void goOn()
    {
        final long replacedZxid = change.goOn();
        if (replacedZxid != EndChange.NOTHING)
        {
            appendedZxid = replacedZxid;
            toldZxid = replacedZxid;
        }
    }

    @Override
    public void release(final long zxid)
    {
        retention.release(zxid);
    }

    /** Frees the ring, and does the work that a failed bulk thread left. Both threads must have ended. */
    @Override
    public void close() throws IOException
    {
        ring.close();
        try
        {
            recovery.close();
        }
        finally
        {
            jobs.onClose();
        }
    }

    private void leaveToRemove(final Path directory)
    {
        jobs.add(() -> removal.tryRemove(directory));
    }

    private int tellTruncated(final DurabilityHandler handler)
    {
        final long zxid = change.takeTruncated();
        if (zxid == EndChange.NOTHING)
        {
            return 0;
        }

        appendedZxid = zxid;
        toldZxid = zxid;
        handler.onTruncated(zxid);
        return 1;
    }

    private int tellDurable(final DurabilityHandler handler)
    {
        final long durableZxid = durability.reportedZxid();
        if (change.isReplacing() || durableZxid <= toldZxid)
        {
            return 0;
        }

        toldZxid = durableZxid;
        handler.onDurable(durableZxid);
        return 1;
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
}
