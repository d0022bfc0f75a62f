/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.log.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;

/**
 * The bulk thread's side of the snapshot store.
 *
 * <pre>
 *             BEGIN            FINISH           log durable
 *   NOTHING --------&gt; WRITING --------&gt; WHOLE --------------&gt; published
 *      ^                 |                |
 *      +-----------------+----------------+  given up by the engine, or failed: the file is removed
 * </pre>
 *
 * What another server sends is passed on to the {@link SnapshotReceiver}. A snapshot that fails, for want of room or
 * for any other reason, harms nothing but itself.
 */
final class SnapshotWriter implements Duty, ControlledMessageHandler
{
    static final int BEGIN = 1;
    static final int RECORD = 2;
    static final int FINISH = 3;
    static final int RECEIVE_BEGIN = 4;
    static final int RECEIVE_BYTES = 5;
    static final int RECEIVE_END = 6;

    private static final int READ_LIMIT = 4096;

    private final JournalContext context;
    private final SnapshotFiles files;
    private final ChunkRing ring;
    private final Manifest manifest;
    private final ChronicleJournal journal;
    private final SnapshotReceiver receiver;
    private final ByteBuffer ringMemory;
    private final AtomicReference<SnapshotOutcome> outcome = new AtomicReference<>();
    private final long retryIntervalNs;
    private volatile long abandonedGeneration;
    private volatile boolean noSpace;
    private long noSpaceUntilNs;
    private SnapshotFileWriter writer;

    /** The file under its temporary name, as long as it may exist. */
    private Path temporary;
    private boolean isWhole;
    private long generation;
    private long zxid;
    private long startNs;

    SnapshotWriter(final JournalContext context, final SnapshotFiles files, final ChunkRing ring,
        final Manifest manifest, final ChronicleJournal journal, final SnapshotReceiver receiver)
    {
        this.context = context;
        this.files = files;
        this.ring = ring;
        this.manifest = manifest;
        this.journal = journal;
        this.receiver = receiver;
        this.ringMemory = ring.memory();
        this.retryIntervalNs = TimeUnit.MILLISECONDS.toNanos(context.spaceRetryIntervalMs());
    }

    /**
     * Notes that the engine gave up a snapshot. Whatever still comes of it is dropped. Called on the engine's thread.
     */
    void abandon(final long abandoned)
    {
        abandonedGeneration = abandoned;
    }

    /** Returns, once, how the last snapshot ended. Called on the engine's thread. */
    SnapshotOutcome takeOutcome()
    {
        return outcome.get() == null ? null : outcome.getAndSet(null);
    }

    /** Whether a snapshot failed a short while ago because the disk was full. May be called by any thread. */
    boolean isNoSpace()
    {
        return noSpace;
    }

    @Override
    public int doWork() throws IOException
    {
        int work = 0;

        if (writer != null && abandonedGeneration >= generation)
        {
            giveUp();
            work++;
        }

        work += ring.read(this, READ_LIMIT);
        if (ring.takeProducerWaits())
        {
            context.wakeup().run();
        }

        if (noSpace && System.nanoTime() - noSpaceUntilNs >= 0)
        {
            noSpace = false;
        }

        return work + receiver.doWork() + publish();
    }

    @Override
    public long idleNs()
    {
        return noSpace ? Math.max(1, noSpaceUntilNs - System.nanoTime()) : UNTIL_WOKEN;
    }

    @Override
    public void finish() throws IOException
    {
        publish();
    }

    @Override
    public void onClose() throws IOException
    {
        giveUp();
        receiver.onClose();
    }

    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (type >= RECEIVE_BEGIN)
        {
            receive(type, buffer, index, length - ChunkRing.PREFIX_LENGTH);
            return Action.CONTINUE;
        }

        try
        {
            dispatch(type, buffer, index, length - ChunkRing.PREFIX_LENGTH);
        }
        catch (final IOException ex)
        {
            fail(ex);
        }

        return Action.CONTINUE;
    }

    private void receive(final int type, final MutableDirectBuffer buffer, final int index, final int length)
    {
        try
        {
            if (type == RECEIVE_BEGIN)
            {
                receiver.begin(ChunkRing.first(buffer, index), ChunkRing.second(buffer, index));
            }
            else if (type == RECEIVE_BYTES)
            {
                final int start = index + ChunkRing.PREFIX_LENGTH;
                receiver.write(ringMemory.limit(start + length).position(start));
            }
            else
            {
                receiver.end();
            }
        }
        catch (final IOException | SnapshotDamage ex)
        {
            noticeNoSpace(ex);
            receiver.fail(ex);
        }
    }

    private void dispatch(final int type, final MutableDirectBuffer buffer, final int index, final int length)
        throws IOException
    {
        if (type == BEGIN)
        {
            begin(ChunkRing.first(buffer, index), ChunkRing.second(buffer, index));
        }
        else if (writer == null || isWhole)
        {
            return;
        }
        else if (type == RECORD)
        {
            if (ChunkRing.chunkOffset(buffer, index) == 0)
            {
                writer.beginRecord(ChunkRing.recordLength(buffer, index));
            }

            writer.append(buffer, index + ChunkRing.PREFIX_LENGTH, length);
        }
        else
        {
            writer.finish(ChunkRing.first(buffer, index), ChunkRing.second(buffer, index));
            isWhole = true;
        }
    }

    private void begin(final long newZxid, final long newGeneration) throws IOException
    {
        zxid = newZxid;
        generation = newGeneration;
        startNs = System.nanoTime();
        isWhole = false;
        drop();
        if (abandonedGeneration < generation)
        {
            temporary = files.temporary(zxid);
            writer = new SnapshotFileWriter(temporary, context.fileSystem(), zxid);
        }
    }

    /**
     * Publishes a whole snapshot. It gets its name only when the log is on the device up to its zxid, because a
     * snapshot must never hold more than the log.
     */
    private int publish() throws IOException
    {
        if (writer == null || !isWhole || abandonedGeneration >= generation || !journal.durability().isForced(zxid))
        {
            return 0;
        }

        final long bytes = writer.position();
        try
        {
            closeWriter();
            context.fileSystem().rename(temporary, files.file(zxid));
            temporary = null;
            context.fileSystem().forceDirectory(files.directory());
        }
        catch (final IOException ex)
        {
            fail(ex);
            return 1;
        }

        journal.publish(zxid);
        context.events().onSnapshot(zxid, bytes, System.nanoTime() - startNs);
        tell(true, keepsFrom());
        return 1;
    }

    /**
     * The zxid of the oldest snapshot to keep. While no file can be opened, it is 0, so nothing is declared unneeded;
     * the next snapshot will do that.
     */
    private long keepsFrom() throws IOException
    {
        try
        {
            return files.oldestKept(manifest.snapshotZxid(), context.snapRetainCount());
        }
        catch (final NoDescriptorException ex)
        {
            return 0;
        }
    }

    private void noticeNoSpace(final Exception cause)
    {
        if (cause instanceof NoSpaceException)
        {
            noSpaceUntilNs = System.nanoTime() + retryIntervalNs;
            noSpace = true;
        }
    }

    private void fail(final IOException cause)
    {
        noticeNoSpace(cause);
        try
        {
            drop();
        }
        catch (final IOException ex)
        {
            cause.addSuppressed(ex);
        }

        context.events().onSnapshotFailed(zxid, cause);
        tell(false, 0);
    }

    private void tell(final boolean isPublished, final long keepsFrom)
    {
        outcome.set(new SnapshotOutcome(generation, zxid, isPublished, keepsFrom));
        context.wakeup().run();
    }

    /** Gives up the snapshot. A file that cannot be removed stays until the next snapshot begins, and stops nobody. */
    private void giveUp()
    {
        try
        {
            drop();
        }
        catch (final IOException ex)
        {
            context.events().onRemoveFailed(temporary.toString(), ex);
        }
    }

    /** Closes the last file, and removes it if it did not get its name. */
    private void drop() throws IOException
    {
        closeWriter();
        if (temporary != null)
        {
            context.fileSystem().remove(temporary);
            temporary = null;
        }
    }

    private void closeWriter() throws IOException
    {
        if (writer != null)
        {
            final SnapshotFileWriter closing = writer;
            writer = null;
            closing.close();
        }
    }
}
