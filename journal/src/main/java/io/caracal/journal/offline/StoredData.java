/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.epoch.FileEpochStore;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a data directory for a tool: alone under the lock of a server, or beside a server that goes on working, or as
 * it is found. Nothing is changed.
 */
public final class StoredData implements AutoCloseable
{
    private final DataLayout layout;
    private final FileSystemCalls calls = new RealFileSystem();
    private final List<DirectoryLock> locks = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private final Access access;
    private boolean isLive;
    private StoredLog log;

    /** How servers are dealt with. */
    private enum Access
    {
        /** None may work here, and none may begin. */
        ALONE,
        /** One may work here. */
        BESIDE,
        /** One may work here, and none is kept from beginning. */
        AS_FOUND
    }

    /** The epochs of a server. */
    public record Epochs(long accepted, long acceptedLeader, long current)
    {
    }

    private StoredData(final DataLayout layout, final Access access)
    {
        this.layout = layout;
        this.access = access;
        isLive = access == Access.BESIDE;
    }

    /**
     * Opens a directory in which no server works.
     *
     * @param layout of the files.
     * @return to be closed.
     * @throws IOException             when it cannot be read.
     * @throws DirectoryInUseException when a server works there.
     */
    public static StoredData openAlone(final DataLayout layout) throws IOException
    {
        return open(layout, Access.ALONE);
    }

    /**
     * Opens a directory in which a server may work.
     *
     * @param layout of the files.
     * @return to be closed.
     * @throws IOException when it cannot be read.
     */
    public static StoredData openBesideServer(final DataLayout layout) throws IOException
    {
        return open(layout, Access.BESIDE);
    }

    /**
     * Opens a directory as it is found. If no server works there, all of the log is read, up to a torn end. A server
     * may begin there meanwhile: a tool that takes long, or whose output somebody reads page by page, must not keep a
     * server from starting. {@link #hasChanged} tells whether that explains what looks like damage.
     *
     * @param layout of the files.
     * @return to be closed.
     * @throws IOException when it cannot be read.
     */
    public static StoredData open(final DataLayout layout) throws IOException
    {
        return open(layout, Access.AS_FOUND);
    }

    private static StoredData open(final DataLayout layout, final Access access) throws IOException
    {
        final StoredData data = new StoredData(layout, access);
        try
        {
            data.openAll();
        }
        catch (final IOException | RuntimeException ex)
        {
            data.close();
            throw ex;
        }

        return data;
    }

    private void openAll() throws IOException
    {
        if (access == Access.ALONE)
        {
            lock(layout.home());
            if (!layout.home().equals(layout.logHome()))
            {
                lock(layout.logHome());
            }
        }

        refresh();
    }

    private void lock(final Path directory) throws IOException
    {
        final Path file = DataLayout.lock(directory);
        if (!Files.exists(file) && !Files.isWritable(directory))
        {
            // A copy in which no server could work either.
            return;
        }

        final DirectoryLock lock = DirectoryLock.tryShare(file);
        if (lock == null)
        {
            throw new DirectoryInUseException(directory + " is in use by a server. Stop it first.");
        }

        locks.add(lock);
    }

    /**
     * Looks again: at whether a server works here, and at the manifest, which it may have changed.
     *
     * @throws IOException when it cannot be read.
     */
    public void refresh() throws IOException
    {
        isLive = access == Access.BESIDE || (access == Access.AS_FOUND && isServerHere());
        final StoredLog found = StoredLog.open(layout.manifest(), layout.segments(), calls, isLive);
        found.endCheck(lastZxid -> checkEnd(found.snapshotZxid(), lastZxid));
        log = found;
    }

    private void checkEnd(final long publishedZxid, final long lastZxid) throws IOException
    {
        if (Files.isDirectory(layout.snapshots()))
        {
            files().checkEnd(publishedZxid, lastZxid, layout.logHome());
        }
    }

    /**
     * Whether a server has begun to work here since the last look, or has changed what belongs to its log.
     *
     * @return true when what was found since then may be of two different states.
     * @throws IOException when that cannot be read.
     */
    public boolean hasChanged() throws IOException
    {
        return access != Access.ALONE && (isLive != (access == Access.BESIDE || isServerHere()) || !log.isSameAs(
            StoredLog.open(layout.manifest(), layout.segments(), calls, isLive)));
    }

    /** Takes a glance at the locks: takes each that is free, and gives it back at once. */
    private boolean isServerHere() throws IOException
    {
        return isLocked(layout.home()) || isLocked(layout.logHome());
    }

    private static boolean isLocked(final Path directory) throws IOException
    {
        final Path file = DataLayout.lock(directory);
        if (!Files.exists(file))
        {
            return false;
        }

        try (DirectoryLock lock = DirectoryLock.tryShare(file))
        {
            return lock == null;
        }
    }

    /**
     * Makes sure that the log belongs to these data. Zxids would not show that it is the log of another member.
     *
     * @return this.
     * @throws IOException         when that cannot be read.
     * @throws CorruptionException when it is the log of another server.
     */
    public StoredData requirePair() throws IOException
    {
        HomePair.check(layout);
        return this;
    }

    /**
     * Whether a server may work in the directory.
     *
     * @return false when this object has the lock, or when none worked there at the last look.
     */
    public boolean isLive()
    {
        return isLive;
    }

    /**
     * Where the files lie.
     *
     * @return the layout.
     */
    public DataLayout layout()
    {
        return layout;
    }

    /**
     * The log.
     *
     * @return as of the last look at the manifest.
     */
    public StoredLog log()
    {
        return log;
    }

    /**
     * The snapshots that count.
     *
     * @return zxids, newest first, up to the one that the manifest names.
     * @throws IOException when the directory cannot be read.
     */
    public List<Long> snapshots() throws IOException
    {
        final List<Long> zxids = files().zxids();
        zxids.removeIf(zxid -> zxid > log.snapshotZxid());

        return zxids;
    }

    /**
     * The snapshot files.
     *
     * @return of the directory.
     */
    public StoredSnapshots files()
    {
        return new StoredSnapshots(layout.snapshots(), calls);
    }

    /**
     * The epochs.
     *
     * @return as stored; zeros when nothing was stored.
     * @throws IOException when they cannot be read.
     */
    public Epochs epochs() throws IOException
    {
        if (!Files.exists(layout.epochs()))
        {
            return new Epochs(0, 0, 0);
        }

        final FileEpochStore.Epochs stored = FileEpochStore.read(layout.epochs());
        return new Epochs(stored.acceptedEpoch(), stored.acceptedLeader(), stored.currentEpoch());
    }

    /**
     * Loads the newest whole snapshot of a state that is not later than a zxid. If the log reaches back to the first
     * transaction, no snapshot may be needed.
     *
     * @param limitZxid the latest zxid that is acceptable.
     * @param handler   receives the records.
     * @throws IOException         when a file cannot be read.
     * @throws CorruptionException when there is no whole snapshot from which the log continues.
     */
    public void load(final long limitZxid, final SnapshotHandler handler) throws IOException
    {
        for (final long zxid : snapshots())
        {
            if (zxid <= limitZxid && zxid >= log.baseZxid() && isLoaded(zxid, handler))
            {
                return;
            }
        }

        if (log.baseZxid() > 0)
        {
            throw Corruption.at(layout.snapshots(), 0,
                "no whole snapshot at or before zxid 0x" + Long.toHexString(limitZxid) + " from which the log goes on" +
                    (damages.isEmpty() ? "" : ": " + damages));
        }

        handler.onLoadBegin(0);
        handler.onLoadEnd(0, 0, 0);
    }

    private boolean isLoaded(final long zxid, final SnapshotHandler handler) throws IOException
    {
        try
        {
            StoredSnapshots.read(files().file(zxid), handler);

            return true;
        }
        catch (final NoSuchFileException ex)
        {
            damages.add(ex.getFile() + " is missing");
        }
        catch (final CorruptionException ex)
        {
            damages.add(ex.damage());
        }

        return false;
    }

    /**
     * The damaged snapshots that were skipped.
     *
     * @return what is wrong with each.
     */
    public List<String> damages()
    {
        return List.copyOf(damages);
    }

    @Override
    public void close() throws IOException
    {
        for (final DirectoryLock lock : locks)
        {
            lock.close();
        }
        locks.clear();
    }
}
