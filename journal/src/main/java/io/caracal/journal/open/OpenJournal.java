/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.catchup.CatchUpDuty;
import io.caracal.journal.catchup.FileCatchUp;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoriesAbove;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.FileSystemKind;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duties;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.duty.DutyThread;
import io.caracal.journal.duty.FailureReport;
import io.caracal.journal.epoch.FileEpochStore;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.log.FileWatch;
import io.caracal.journal.log.Manifest;
import io.caracal.journal.offline.HalfMadeDirectory;
import io.caracal.journal.offline.HomePair;
import io.caracal.journal.snapshot.FileSnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An open journal: the four adapters, their two threads, and the lock on the directories.
 *
 * <pre>
 *   engine's thread          journal thread                bulk thread
 *   ChronicleJournal  -----&gt; JournalAgent: append, force   Jobs, SpareSegment
 *   FileEpochStore    -----&gt; epochs
 *   FileSnapshotStore ------------------------------------&gt; SnapshotWriter, SnapshotReceiver, PurgeDuty, FileWatch
 *   FileCatchUp       &lt;------------------------------------ CatchUpDuty
 * </pre>
 *
 * A server loads a snapshot, replays the journal after it, and then appends. The first segment is prepared during the
 * replay.
 */
public final class OpenJournal implements AutoCloseable
{
    private static final int GLANCES_MAX = 20;
    private static final long GLANCE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Doorbell journalBell = new Doorbell();
    private final Doorbell bulkBell = new Doorbell();
    private ChronicleJournal journal;
    private FileSnapshotStore snapshotStore;
    private FileEpochStore epochStore;
    private FileCatchUp catchUp;
    private PurgeDuty purge;
    private Path epochsFile;

    private OpenJournal()
    {
    }

    /**
     * Locks the directories, examines what is there, and starts both threads.
     *
     * @param context concluded by this call, if it is not concluded yet.
     * @return to be closed by the caller.
     * @throws DirectoryInUseException  when another server works there.
     * @throws CorruptionException      when what is there contradicts itself; the message says what to do.
     * @throws UncheckedIOException     when the disk fails or has no room for a new server.
     * @throws IllegalArgumentException when a value of the context is out of its range.
     */
    public static OpenJournal open(final JournalContext context)
    {
        final OpenJournal result = new OpenJournal();

        try
        {
            result.openAll(context.conclude());
            return result;
        }
        catch (final IOException ex)
        {
            result.closeAfter(ex);
            throw new UncheckedIOException("the data directory cannot be opened: " + ex.getMessage(), ex);
        }
        catch (final RuntimeException | Error ex)
        {
            result.closeAfter(ex);
            throw ex;
        }
    }

    /**
     * The transaction log.
     *
     * @return used by the engine's thread.
     */
    public Journal journal()
    {
        return journal;
    }

    /**
     * The snapshots.
     *
     * @return used by the engine's thread.
     */
    public SnapshotStore snapshotStore()
    {
        return snapshotStore;
    }

    /**
     * The epochs.
     *
     * @return used by the engine's thread.
     */
    public EpochStore epochStore()
    {
        return epochStore;
    }

    /**
     * Makes the replay refuse a log with records of an epoch that was never accepted. An epoch is accepted before
     * anything of it is written. A server that has forgotten it could accept the same epoch once more, from another
     * leader. To be called before the replay, if the zxids contain epochs.
     */
    public void requireEpochs()
    {
        journal.endCheck(lastZxid ->
        {
            final long epoch = Zxid.epoch(lastZxid);
            if (epochStore.acceptedEpoch() < epoch)
            {
                throw Corruption.at(epochsFile, 0, "knows of no epoch after " + epochStore.acceptedEpoch() +
                    ", but the journal holds records of epoch " + epoch);
            }
        });
    }

    /**
     * The history for learners.
     *
     * @return used by the engine's thread.
     */
    public CatchUp catchUp()
    {
        return catchUp;
    }

    /**
     * Removes all snapshots except the newest ones, and all segments that the engine has released and that neither a
     * kept snapshot nor an open read needs. May be called by any thread; the bulk thread does the work and then calls
     * {@code JournalEvents.onPurged}. Apart from this, history is removed only by a truncation and by a received
     * snapshot.
     *
     * @param retainCount how many snapshots stay, raised to {@link JournalContext#SNAP_RETAIN_COUNT_MIN}.
     */
    public void purge(final int retainCount)
    {
        purge.request(Math.max(JournalContext.SNAP_RETAIN_COUNT_MIN, retainCount));
        bulkBell.ring();
    }

    /**
     * Appends and forces what was accepted, cuts the last segment, ends both threads and releases every mapping,
     * descriptor and lock. The engine must no longer use the adapters. The second call has no effect.
     */
    @Override
    public void close()
    {
        RuntimeException failure = null;

        while (!opened.isEmpty())
        {
            try
            {
                opened.pop().close();
            }
            catch (final Exception ex)
            {
                final RuntimeException next = new IllegalStateException("closing the journal failed", ex);
                if (failure == null)
                {
                    failure = next;
                }
                else
                {
                    failure.addSuppressed(next);
                }
            }
        }

        if (failure != null)
        {
            throw failure;
        }
    }

    private void openAll(final JournalContext context) throws IOException
    {
        final DataLayout layout = context.layout();
        final FileSystemCalls calls = context.fileSystem();
        final FailureReport failures = new FailureReport(context.onFailure());

        if (HalfMadeDirectory.complete(layout, calls))
        {
            context.events().onDirectoryCompleted(layout.home().toString());
        }
        makeDirectories(layout, calls);
        lock(layout);
        judge(layout, context.events());

        epochStore = opened(new FileEpochStore(layout.epochs(), calls, journalBell, context.wakeup()));
        requireAlone(epochStore.isLocked(), layout.epochs());
        checkLogIsThere(layout);
        final HomePair pair = HomePair.of(layout, calls, context.segmentIds());
        final Manifest manifest = opened(new Manifest(layout.manifest(), calls));
        requireAlone(manifest.isLocked(), layout.manifest());
        journal = opened(new ChronicleJournal(context, layout, manifest, failures, journalBell, bulkBell));
        snapshotStore = opened(new FileSnapshotStore(context, layout, manifest, journal, bulkBell));
        checkManifestExists(manifest, layout);
        epochsFile = layout.epochs();
        snapshotStore.sweep();
        journal.endCheck(snapshotStore::checkEnd);
        journal.afterChecks(pair::seal);

        final CatchUpDuty reads = opened(new CatchUpDuty(context, journal, snapshotStore));
        catchUp = new FileCatchUp(manifest, reads, bulkBell);
        journal.history(catchUp);
        purge = new PurgeDuty(snapshotStore, journal.retention(), reads, context.events());
        final Duty bulk = new Duties(journal.bulkDuty(), snapshotStore.bulkDuty(), reads, purge, new FileWatch(layout,
            manifest, snapshotStore::missing, context.events()));
        start("caracal-bulk", bulk, bulkBell, context, failures);
        start("caracal-journal", new Duties(epochStore, journal.journalDuty()), journalBell, context, failures);
    }

    private static void makeDirectories(final DataLayout layout, final FileSystemCalls calls) throws IOException
    {
        calls.createDirectory(layout.snapshots());
        calls.createDirectory(layout.segments());
        calls.forceDirectory(layout.home().getParent());
        calls.forceDirectory(layout.home());
        calls.forceDirectory(layout.logHome().getParent());
        calls.forceDirectory(layout.logHome());
        if (!Files.exists(layout.manifest()))
        {
            DirectoriesAbove.force(layout.home().getParent(), calls);
            DirectoriesAbove.force(layout.logHome().getParent(), calls);
        }
    }

    private void lock(final DataLayout layout) throws IOException
    {
        lock(layout.home());
        if (!layout.logHome().equals(layout.home()))
        {
            lock(layout.logHome());
        }
    }

    private void lock(final Path directory) throws IOException
    {
        final DirectoryLock lock = lockAfterGlances(DataLayout.lock(directory));
        if (lock == null)
        {
            throw new DirectoryInUseException(directory +
                " is in use by another server, or read by a tool such as caracal export. End that one, or give this " +
                "server a directory of its own.");
        }

        opened(lock);
    }

    /**
     * Takes the lock. A tool that wants to know whether a server works here has it for a moment, and that must not end
     * a start.
     */
    private static DirectoryLock lockAfterGlances(final Path file) throws IOException
    {
        DirectoryLock lock = DirectoryLock.tryLock(file);
        for (int i = 0; lock == null && i < GLANCES_MAX; i++)
        {
            LockSupport.parkNanos(GLANCE_NS);
            lock = DirectoryLock.tryLock(file);
        }

        return lock;
    }

    /**
     * Refuses a file that another server has locked. That server also holds the lock of the directory, unless the lock
     * file was removed meanwhile.
     */
    private static void requireAlone(final boolean isLocked, final Path file)
    {
        if (!isLocked)
        {
            throw new DirectoryInUseException(file +
                " is in use by another server, though the file named lock beside it is not: it was removed while " +
                "that server runs. End that one, or give this server a directory of its own.");
        }
    }

    private static void judge(final DataLayout layout, final JournalEvents events) throws IOException
    {
        judge(layout.home(), events);
        if (!layout.logHome().equals(layout.home()))
        {
            judge(layout.logHome(), events);
        }
    }

    private static void judge(final Path directory, final JournalEvents events) throws IOException
    {
        final String concern = FileSystemKind.of(directory).concern();
        if (concern != null)
        {
            events.onUnsuitableFileSystem(directory.toString(), concern);
        }
    }

    /**
     * Refuses a missing manifest beside stored epochs. A manifest is created before the first epoch is stored. If it is
     * missing nevertheless, the log lies elsewhere, and an empty log in its place would be taken for the whole history.
     */
    private void checkLogIsThere(final DataLayout layout)
    {
        if (epochStore.acceptedEpoch() > 0 && !Files.exists(layout.manifest()))
        {
            throw Corruption.at(layout.manifest(), 0, "is missing, but " + layout.epochs() + " knows of epoch " +
                epochStore.acceptedEpoch() +
                "; its disk may not be mounted, or dataLogDir may be another one than before");
        }
    }

    /**
     * Refuses a blank manifest beside snapshots. Without its manifest a journal would look empty, and what lies there
     * would look like garbage.
     */
    private void checkManifestExists(final Manifest manifest, final DataLayout layout) throws IOException
    {
        if (manifest.isBlank() && snapshotStore.hasFiles())
        {
            throw Corruption.at(layout.manifest(), 0, "is blank, but " + layout.snapshots() + " holds snapshots");
        }
    }

    private void start(final String name, final Duty duty, final Doorbell bell, final JournalContext context,
        final FailureReport failures)
    {
        final DutyThread thread = opened(new DutyThread(context.threadFactory(), name, duty, context.idleMode(),
            failures));
        bell.connect(thread);
        thread.start();
    }

    /**
     * Registers a resource to be closed. Resources are closed in the reverse order of opening: the threads first, the
     * journal thread before the bulk thread; the locks last.
     */
    private <T extends AutoCloseable> T opened(final T resource)
    {
        opened.push(resource);
        return resource;
    }

    private void closeAfter(final Throwable cause)
    {
        try
        {
            close();
        }
        catch (final RuntimeException ex)
        {
            cause.addSuppressed(ex);
        }
    }
}
