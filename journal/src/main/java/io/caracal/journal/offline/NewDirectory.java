/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.EpochHandler;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoriesAbove;
import io.caracal.journal.disk.DirectoryEntries;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.epoch.FileEpochStore;
import io.caracal.journal.log.Manifest;
import io.caracal.journal.snapshot.SnapshotFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Creates a data directory that holds one state and an empty log after it. Everything is written and forced beside its
 * final place and gets its name at the end. What a crash leaves never looks like data of a server, and the next attempt
 * removes it. A failed attempt leaves none of the directories that it created. A crash between the two renames leaves
 * what {@link HalfMadeDirectory} completes when a server starts.
 *
 * <pre>
 *   caracal-1.new/snapshots/snapshot-Z   epochs   manifest   --- rename, the log's home first ---&gt;   caracal-1
 * </pre>
 */
public final class NewDirectory implements AutoCloseable
{
    private static final String SUFFIX = ".new";

    private final FileSystemCalls calls = new RealFileSystem();
    private final DataLayout target;
    private final DataLayout staging;
    private final MadeDirectories made = new MadeDirectories();
    private DirectoryLock lock;
    private SnapshotFileSink sink;
    private boolean isComplete;

    private NewDirectory(final DataLayout target)
    {
        this.target = target;
        staging = stagingOf(target);
    }

    /** The layout in which everything lies before it gets its name. */
    static DataLayout stagingOf(final DataLayout target)
    {
        return new DataLayout(beside(target.home()), beside(target.logHome()));
    }

    private static Path beside(final Path home)
    {
        return home.resolveSibling(home.getFileName() + SUFFIX);
    }

    /**
     * Returns what a tool left that ended before its directory was complete, or is still writing. There is no data of a
     * server then, though somebody wanted some to be there.
     *
     * @param layout where a server wants to work.
     * @return its directory; null when there is none, or when {@link HalfMadeDirectory} can complete it.
     */
    public static Path unfinished(final DataLayout layout)
    {
        final Path unfinished = stagingOf(layout).home();

        return Files.exists(unfinished) && !Files.exists(layout.home()) && !Files.exists(layout.logHome()) ?
            unfinished : null;
    }

    /**
     * Begins a directory.
     *
     * @param target where it is to lie; no data of a server may be there.
     * @return to be completed and closed.
     * @throws IOException             when it cannot be created, or something lies there.
     * @throws DirectoryInUseException when a server works there.
     */
    public static NewDirectory begin(final DataLayout target) throws IOException
    {
        refuseWhatIsThere(target.home());
        refuseWhatIsThere(target.logHome());
        final NewDirectory directory = new NewDirectory(target);
        try
        {
            directory.lockStaging();
            directory.makeStaging();
        }
        catch (final IOException | RuntimeException ex)
        {
            directory.close();
            throw ex;
        }

        return directory;
    }

    private static void refuseWhatIsThere(final Path home) throws IOException
    {
        if (!Files.exists(home))
        {
            return;
        }

        try (DirectoryLock held = DirectoryLock.tryLock(DataLayout.lock(home)))
        {
            if (held == null)
            {
                throw new DirectoryInUseException(home + " is in use by a server. Name another directory.");
            }
        }
        throw new IOException(home + " holds data already. Name another directory, or move this one away.");
    }

    private void lockStaging() throws IOException
    {
        made.make(target.home().getParent());
        made.make(target.logHome().getParent());
        calls.createDirectory(staging.home());
        lock = DirectoryLock.tryLock(DataLayout.lock(staging.home()));
        if (lock == null)
        {
            throw new DirectoryInUseException(staging.home() +
                " is being written by another process. Wait for its end.");
        }
    }

    private void makeStaging() throws IOException
    {
        clear(staging.home());
        if (!staging.logHome().equals(staging.home()))
        {
            calls.createDirectory(staging.logHome());
            clear(staging.logHome());
        }
        calls.createDirectory(staging.snapshots());
        calls.createDirectory(staging.segments());
        sink = new SnapshotFileSink(staging.snapshots(), calls);
    }

    /** Removes everything but the lock. */
    private void clear(final Path directory) throws IOException
    {
        for (final Path entry : DirectoryEntries.of(directory))
        {
            if (Files.isDirectory(entry))
            {
                clear(entry);
            }
            if (!entry.equals(DataLayout.lock(staging.home())))
            {
                calls.remove(entry);
            }
        }
    }

    /**
     * The sink that takes the snapshot.
     *
     * @return of this directory.
     */
    public SnapshotFileSink snapshotSink()
    {
        return sink;
    }

    /**
     * The directory into which further files may be put before it is complete.
     *
     * @return its home, under its present name.
     */
    public Path home()
    {
        return staging.home();
    }

    /**
     * Completes the directory after the snapshot was written, so that a server can start from it.
     *
     * @param zxid   of the snapshot.
     * @param epochs of the server.
     * @throws IOException when writing fails.
     */
    public void complete(final long zxid, final StoredData.Epochs epochs) throws IOException
    {
        try (FileEpochStore file = new FileEpochStore(staging.epochs(), calls, new Doorbell(), () ->
        {
        }))
        {
            store(file, epochs);
        }
        try (Manifest manifest = new Manifest(staging.manifest(), calls))
        {
            manifest.beginAfter(zxid);
        }

        calls.forceDirectory(staging.snapshots());
        calls.forceDirectory(staging.segments());
        calls.forceDirectory(staging.home());
        calls.forceDirectory(staging.logHome());
        if (!staging.logHome().equals(staging.home()))
        {
            calls.rename(staging.logHome(), target.logHome());
            calls.forceDirectory(target.logHome().getParent());
        }
        nameHome();
        calls.forceDirectory(target.home().getParent());
        DirectoriesAbove.force(target.home().getParent(), calls);
        DirectoriesAbove.force(target.logHome().getParent(), calls);
        isComplete = true;
    }

    /**
     * Gives the home its name. If that fails, for example because a server has begun in its place, the log's home gets
     * its former name back.
     */
    private void nameHome() throws IOException
    {
        try
        {
            calls.rename(staging.home(), target.home());
        }
        catch (final IOException ex)
        {
            if (!staging.logHome().equals(staging.home()))
            {
                calls.rename(target.logHome(), staging.logHome());
            }
            throw ex;
        }
    }

    private static void store(final FileEpochStore file, final StoredData.Epochs epochs) throws IOException
    {
        final EpochHandler nobody = (accepted, leader, current) ->
        {
        };
        Invariant.check(file.store(epochs.accepted(), epochs.acceptedLeader(), epochs.current()),
            "epochs of a new directory are refused");
        file.doWork();
        file.poll(nobody);
    }

    @Override
    public void close() throws IOException
    {
        if (sink != null)
        {
            sink.close();
        }
        if (lock != null && !isComplete)
        {
            clear(staging.home());
            calls.remove(DataLayout.lock(staging.home()));
            calls.remove(staging.home());
            if (Files.exists(staging.logHome()))
            {
                clear(staging.logHome());
                calls.remove(staging.logHome());
            }
        }
        if (lock != null)
        {
            lock.close();
        }
        if (!isComplete)
        {
            made.removeEmpty();
        }
    }
}
