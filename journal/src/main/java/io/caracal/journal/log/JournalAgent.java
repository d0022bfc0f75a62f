/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.duty.FailureReport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * The work of the journal thread. It takes what waits in the ring, appends it to the segment, forces once for all of
 * it, reports how far the log is durable, and begins again. Batches form by themselves, because whatever arrives during
 * a force waits for the next one. Rotation, truncation and the last cut happen here as well, so that only one thread
 * moves the end of the log.
 */
final class JournalAgent implements Duty, ControlledMessageHandler
{
    /** Ring message: a record. */
    static final int RECORD = 1;

    /** Ring message: cut off the records after a zxid. */
    static final int TRUNCATE = 2;

    /** Ring message: drop the whole log, because a received snapshot replaces it. */
    static final int REPLACE = 3;

    /** A zxid before that of every record. */
    static final long BEFORE_ALL = Long.MIN_VALUE;

    private static final int READ_LIMIT = 65_536;

    /**
     * Maximum number of reads from the ring before each force. A read ends at the end of the ring, and where the
     * segment is full.
     */
    private static final int READS_MAX = 4;
    private static final int NOTHING = -1;

    /** How long a close waits for a spare segment that is being made, and below, how often it looks. */
    private static final long SPARE_WAIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long SPARE_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final JournalContext context;
    private final FailureReport failures;
    private final ChunkRing ring;
    private final SegmentRow row;
    private final Durability durability;
    private final SpaceState space;
    private final LogTail tail;
    private final ChunkHead head = new ChunkHead();
    private final ForceBatch batch = new ForceBatch();
    private final EndCommand endCommand = new EndCommand();
    private volatile Recovered recovered;
    private boolean isDropping;
    private boolean isBegun;
    private long cutPosition;
    private long appendedZxid;
    private int blockedLength = NOTHING;

    JournalAgent(final JournalContext context, final FailureReport failures, final ChunkRing ring,
        final SegmentRow row, final Durability durability, final SpaceState space, final LogTail tail)
    {
        this.context = context;
        this.failures = failures;
        this.ring = ring;
        this.row = row;
        this.durability = durability;
        this.space = space;
        this.tail = tail;
    }

    /** Starts the agent after the recovery, so that appends can come. Called once, on the engine's thread. */
    void begin(final Recovered end)
    {
        durability.forced(end.lastZxid());
        recovered = end;
    }

    /** The command that changes the end of the log; shared with the engine's thread. */
    EndCommand endCommand()
    {
        return endCommand;
    }

    @Override
    public int doWork() throws IOException
    {
        if (recovered == null)
        {
            return 0;
        }

        begin();
        int work = advance();
        work += row.isStarted() ? force() : 0;
        work += tellSpace();

        if (ring.takeProducerWaits())
        {
            context.wakeup().run();
        }

        return work + mark(work);
    }

    @Override
    public long idleNs()
    {
        final long nowNs = System.nanoTime();

        return Math.min(batch.markDelayNs(nowNs, UNTIL_WOKEN), endCommand.delayNs(nowNs, UNTIL_WOKEN));
    }

    @Override
    public boolean expectsWork()
    {
        return context.linger() && batch.isLittleAndRecent();
    }

    /**
     * Appends and forces everything that was accepted, and cuts the segment, so that a clean end leaves nothing to
     * guess. The engine's thread, which normally pumps the ring, has left it to this thread.
     */
    @Override
    public void finish() throws IOException
    {
        if (recovered == null)
        {
            return;
        }

        begin();
        drainAll();
        if (!failures.isFailed())
        {
            forceBatch();
            row.finish(appendedZxid);
            context.wakeup().run();
        }
    }

    @Override
    public void onClose() throws IOException
    {
        row.close();
    }

    /** Handles one message of the ring: a chunk of a record, or the command to change the end of the log. */
    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (type != RECORD)
        {
            endCommand.take(type, ChunkRing.first(buffer, index));
            return Action.BREAK;
        }

        head.recordLength = ChunkRing.recordLength(buffer, index);
        head.chunkOffset = ChunkRing.chunkOffset(buffer, index);
        if (!isDropping && head.chunkOffset == 0 && !row.hasRoom(head.recordLength))
        {
            // If this record will be cut off, so will all that follows it in the ring, up to the command.
            isDropping = endCommand.cutsOff(ChunkRing.first(buffer, index));
            blockedLength = isDropping ? NOTHING : head.recordLength;
        }
        if (isDropping)
        {
            return Action.CONTINUE;
        }
        if (blockedLength != NOTHING)
        {
            return Action.ABORT;
        }

        // What has been collected goes to the file first. The next read begins with this message.
        final int chunkLength = length - ChunkRing.PREFIX_LENGTH;
        if (!row.current().takesChunk(chunkLength))
        {
            return Action.ABORT;
        }

        append(buffer, index, chunkLength);
        return Action.CONTINUE;
    }

    private void append(final MutableDirectBuffer buffer, final int index, final int chunkLength)
    {
        head.isMark = false;
        head.zxid = ChunkRing.first(buffer, index);
        head.committedZxid = ChunkRing.second(buffer, index);
        head.lastDurableZxid = durability.forcedZxid();
        row.current().append(head, buffer, index + ChunkRing.PREFIX_LENGTH, chunkLength);
        batch.onChunk();

        if (head.chunkOffset + chunkLength == head.recordLength)
        {
            appendedZxid = head.zxid;
            batch.onRecord(head.recordLength);
        }
    }

    private void begin()
    {
        if (!isBegun)
        {
            isBegun = true;
            appendedZxid = recovered.lastZxid();
            cutPosition = recovered.cutPosition();
            row.recovered(cutPosition);
        }
    }

    private int advance() throws IOException
    {
        return startRow() + drain();
    }

    private int startRow() throws IOException
    {
        return !row.isStarted() && row.tryStart(appendedZxid, cutPosition) ? 1 : 0;
    }

    /** Reads the ring. Even without a segment to append to, a command to change the end of the log gets through. */
    private int drain() throws IOException
    {
        int work = 0;
        blockedLength = NOTHING;

        for (int i = 0; i < READS_MAX && !endCommand.isTaken(); i++)
        {
            final int messages = ring.read(this, READ_LIMIT);
            work += messages;
            if (messages > 0)
            {
                tail.publish();
            }

            if (blockedLength == NOTHING ? messages == 0 : !makeRoom())
            {
                break;
            }
            blockedLength = NOTHING;
        }

        return work + changeEnd();
    }

    /**
     * Makes room for the next record, which needs more than the segment gives freely: rotates, or else uses what was
     * kept back.
     */
    private boolean makeRoom() throws IOException
    {
        if (!row.isStarted())
        {
            return startRow() > 0;
        }

        if (row.isSpareReady())
        {
            forceBatch();
            return row.rotate(appendedZxid);
        }

        return row.useReserve(blockedLength);
    }

    private int force() throws IOException
    {
        if (batch.isEmpty() && !durability.isForceAwaited(appendedZxid))
        {
            return 0;
        }

        if (context.forceSync() || durability.isForceAwaited(appendedZxid))
        {
            forceBatch();
        }
        else
        {
            durability.reported(appendedZxid);
            batch.clear();
        }

        context.wakeup().run();
        return 1;
    }

    /** Forces the batch. What was appended before the force is durable after it; nothing is appended in between. */
    private void forceBatch() throws IOException
    {
        if (row.current() == null)
        {
            return;
        }

        final long zxid = appendedZxid;
        final long startNs = System.nanoTime();
        row.current().force();
        final long endNs = System.nanoTime();
        durability.forced(zxid);
        context.events().onForced(endNs - startNs, batch.records(), batch.bytes());
        batch.onForced(endNs);
    }

    /** Writes a mark behind the last batch, if it is due. It is not forced; the system writes it in its own time. */
    private int mark(final int work) throws IOException
    {
        if (work > 0 || !batch.isMarkDue())
        {
            return 0;
        }

        batch.onMarked();
        if (row.current() == null || !row.hasRoom(0))
        {
            return 0;
        }

        head.isMark = true;
        head.zxid = appendedZxid;
        head.committedZxid = 0;
        head.lastDurableZxid = durability.forcedZxid();
        head.recordLength = 0;
        head.chunkOffset = 0;
        row.current().append(head, row.nothing(), 0, 0);
        tail.publish();
        return 1;
    }

    private int tellSpace()
    {
        final boolean exhausted = isExhausted();
        final boolean full = exhausted && (blockedLength != NOTHING || !row.isStarted());
        if (space.set(exhausted, full))
        {
            context.wakeup().run();
            return 1;
        }

        return 0;
    }

    /**
     * Whether room is exhausted. A long record may find no room where shorter ones would, but these wait behind it all
     * the same.
     */
    private boolean isExhausted()
    {
        return row.isExhausted() || (blockedLength != NOTHING && row.isNoSpace());
    }

    private int changeEnd() throws IOException
    {
        if (!endCommand.isTaken() || endCommand.isPostponed(System.nanoTime()))
        {
            return 0;
        }

        if (!endCommand.isTruncation())
        {
            row.replace(endCommand.zxid());
            cutPosition = 0;
        }
        else if (!tryTruncate())
        {
            return 0;
        }

        appendedZxid = endCommand.zxid();
        batch.onEndChanged();
        durability.forced(appendedZxid);
        isDropping = false;
        endCommand.done();
        context.wakeup().run();
        return 1;
    }

    /**
     * Tries to truncate. If too many files are open, the truncation waits, as the next segment does, and the learner
     * waits with it.
     */
    private boolean tryTruncate() throws IOException
    {
        try
        {
            truncate();
            return true;
        }
        catch (final NoDescriptorException ex)
        {
            final long pauseNs = TimeUnit.MILLISECONDS.toNanos(context.spaceRetryIntervalMs());

            if (endCommand.postpone(System.nanoTime() + pauseNs))
            {
                context.events().onTruncationWaits(ex);
            }
            return false;
        }
    }

    /** Truncates the log. What stays is forced before the cut, or instead of it if there is nothing to cut off. */
    private void truncate() throws IOException
    {
        if (durability.forcedZxid() < appendedZxid)
        {
            forceBatch();
        }

        if (endCommand.zxid() < appendedZxid)
        {
            row.truncate(endCommand.zxid());
            cutPosition = 0;
        }
    }

    /**
     * Takes what is left in the ring, as far as there is room or the bulk thread, while it lives, makes room in time.
     */
    private void drainAll() throws IOException
    {
        final long deadlineNs = System.nanoTime() + SPARE_WAIT_NS;

        while ((!ring.pump() || ring.size() > 0) && !failures.isFailed() && System.nanoTime() - deadlineNs < 0)
        {
            if (advance() == 0)
            {
                if (isExhausted())
                {
                    break;
                }

                LockSupport.parkNanos(SPARE_POLL_NS);
            }
        }
    }
}
