/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.journal.JournalContext;
import io.caracal.journal.Removal;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.log.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * The engine's side of the snapshot store. It first loads a snapshot; after that it is a ring to the bulk thread and an
 * outcome coming back from it. The port's methods belong to the engine's thread.
 */
public final class FileSnapshotStore implements SnapshotStore, AutoCloseable
{
    private final ChunkRing ring;
    private final Doorbell bulk;
    private final JournalContext context;
    private final ChronicleJournal journal;
    private final SnapshotFiles files;
    private final Manifest manifest;
    private final Path logHome;
    private final SnapshotWriter writer;
    private final SnapshotReceipt receipt;
    private SnapshotLoad load;
    private long generation;
    private boolean isUnderWay;

    /**
     * Examines what is on disk; starts nothing.
     *
     * @param context  concluded.
     * @param layout   of the files; its directories exist.
     * @param manifest of the log.
     * @param journal  the log.
     * @param bulk     wakes the thread that runs {@link #bulkDuty}.
     */
    public FileSnapshotStore(final JournalContext context, final DataLayout layout, final Manifest manifest,
        final ChronicleJournal journal, final Doorbell bulk)
    {
        this.context = context;
        this.bulk = bulk;
        this.journal = journal;
        this.manifest = manifest;
        this.logHome = layout.logHome();
        files = new SnapshotFiles(layout.snapshots(), context.fileSystem());
        load = new SnapshotLoad(files, manifest, context.fileSystem(), context.events(), false);
        ring = new ChunkRing(context.snapshotRingLength());
        final SnapshotReceiver receiver = new SnapshotReceiver(context, files);
        writer = new SnapshotWriter(context, files, ring, manifest, journal, receiver);
        receipt = new SnapshotReceipt(ring, bulk, journal, receiver, this::loadReceived);
    }

    /**
     * The duty of the bulk thread for snapshots.
     *
     * @return to be run by one thread.
     */
    public Duty bulkDuty()
    {
        return writer;
    }

    @Override
    public int load(final SnapshotHandler handler)
    {
        return load.load(handler);
    }

    @Override
    public boolean begin(final long zxid)
    {
        if (isUnderWay || receipt.isUnderWay() || journal.isNoSpace() || writer.isNoSpace() ||
            !ring.offer(SnapshotWriter.BEGIN, zxid, generation + 1))
        {
            return false;
        }

        generation++;
        isUnderWay = true;
        bulk.ring();
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(isUnderWay, "snapshot record without a snapshot");
        return rung(!ring.isHalfFull() && ring.offer(SnapshotWriter.RECORD, 0, 0, buffer, offset, length));
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(isUnderWay, "before-image without a snapshot");
        return rung(ring.offer(SnapshotWriter.RECORD, 0, 0, buffer, offset, length));
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        Invariant.check(isUnderWay, "end of a snapshot without a snapshot");
        return rung(ring.offer(SnapshotWriter.FINISH, recordCount, digest));
    }

    @Override
    public void abort()
    {
        if (isUnderWay)
        {
            writer.abandon(generation);
            isUnderWay = false;
            bulk.ring();
        }
    }

    @Override
    public boolean beginReceive(final long zxid, final long length)
    {
        Invariant.check(!isUnderWay, "received snapshot beside one under way");
        return !writer.isNoSpace() && receipt.begin(zxid, length);
    }

    @Override
    public boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        return receipt.receive(buffer, offset, length);
    }

    @Override
    public boolean endReceive()
    {
        return receipt.end();
    }

    @Override
    public void abortReceive()
    {
        receipt.abort();
    }

    /** Prepares the next load, which is that of a received snapshot now in place. */
    private void loadReceived()
    {
        load = new SnapshotLoad(files, manifest, context.fileSystem(), context.events(), true);
    }

    @Override
    public int poll(final SnapshotHandler handler)
    {
        if (ring.isStaging())
        {
            ring.pump();
            bulk.ring();
        }

        return (isUnderWay ? pollOwn(handler) : 0) + receipt.poll(handler);
    }

    private int pollOwn(final SnapshotHandler handler)
    {
        final SnapshotOutcome outcome = writer.takeOutcome();
        if (outcome == null || outcome.generation() != generation)
        {
            return 0;
        }

        isUnderWay = false;
        if (outcome.isPublished())
        {
            handler.onPublished(outcome.zxid(), outcome.keepsFrom());
        }
        else
        {
            writer.abandon(generation);
            handler.onFailed(outcome.zxid());
        }

        return 1;
    }

    /**
     * Finishes what an earlier process left. Called before anything is started.
     *
     * @throws IOException when the disk fails.
     */
    public void sweep() throws IOException
    {
        files.sweep(manifest.snapshotZxid());
    }

    /**
     * Checks the snapshots against the end of the log, and removes those that do not count. Called when the log was
     * read and has proved to be the one that the manifest means. That includes snapshots that an earlier process
     * renamed but did not publish.
     * <p>
     * A snapshot gets its name only when the log is durable up to it, and what a received snapshot replaced is gone by
     * now. So a snapshot later than the end of the log shows that the log, even an empty one, is an older copy.
     *
     * @param lastZxid of the log.
     * @throws io.caracal.engine.port.CorruptionException when there is a later snapshot.
     * @throws UncheckedIOException                       when the disk fails.
     */
    public void checkEnd(final long lastZxid)
    {
        final long newestZxid = manifest.snapshotZxid();
        try
        {
            files.removeForGood(files.unpublished(newestZxid, lastZxid, logHome));
            files.removeUseless(newestZxid, manifest.baseZxid());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the snapshots cannot be looked at: " + ex, ex);
        }
    }

    /**
     * Removes all published snapshots except the newest ones. One that comes back after a power cut precedes the log by
     * then, and does not count. Called on the bulk thread.
     *
     * @param retainCount how many stay.
     * @return how many were removed.
     * @throws IOException when the directory cannot be read.
     */
    public int purge(final int retainCount) throws IOException
    {
        final Removal removal = new Removal(context);
        return (int)files.purgeable(manifest.snapshotZxid(), retainCount).stream().filter(removal::tryRemove).count();
    }

    /**
     * Returns the oldest of the newest published snapshots.
     *
     * @param retainCount how many of them.
     * @return its zxid; 0 when there is none.
     * @throws IOException when the disk fails.
     */
    public long oldestKept(final int retainCount) throws IOException
    {
        return files.oldestKept(manifest.snapshotZxid(), retainCount);
    }

    /**
     * Opens the file of the newest published snapshot for a learner. It can be read to its end even if its name is
     * removed. Called on the bulk thread.
     *
     * @return to be closed by the caller.
     * @throws IOException when it cannot be opened.
     */
    public SnapshotBytes newestBytes() throws IOException
    {
        final long zxid = manifest.snapshotZxid();
        return new SnapshotBytes(files.file(zxid), zxid);
    }

    /**
     * Checks whether a start would find a snapshot from which the log continues. Called on the bulk thread.
     *
     * @return null when there is one or none is needed; otherwise where the newest one should lie.
     * @throws IOException when the directory cannot be read.
     */
    public Path missing() throws IOException
    {
        final long baseZxid = manifest.baseZxid();
        final long newestZxid = manifest.snapshotZxid();
        return baseZxid == 0 || files.isAnyFrom(baseZxid, newestZxid) ? null : files.file(newestZxid);
    }

    /**
     * Whether there are files of published snapshots. Called before anything is started.
     *
     * @return true when there is one after zxid 0.
     * @throws IOException when the disk fails.
     */
    public boolean hasFiles() throws IOException
    {
        return files.all().stream().anyMatch(zxid -> zxid > 0);
    }

    /** Frees the ring. Both threads must have ended. */
    @Override
    public void close() throws IOException
    {
        load.close();
        ring.close();
    }

    private boolean rung(final boolean accepted)
    {
        bulk.ring();
        return accepted;
    }
}
