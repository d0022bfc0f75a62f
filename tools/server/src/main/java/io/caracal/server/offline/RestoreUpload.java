/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.snapshot.StoredSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A snapshot file that was sent to be restored. It has been read completely and checked, and is held in memory. Its
 * sessions are ignored. Their ephemeral znodes are deleted in {@link #write}, when the zxid of the restore is known.
 */
public final class RestoreUpload implements AutoCloseable
{
    /** Directory in the home directory of a server that holds a file while it is received. */
    public static final String DIRECTORY = "restore";

    /** Highest epoch that is accepted. After a higher one, the server could run out of epochs. */
    private static final long EPOCH_MAX = 1L << 30;
    /** Space that is left for the server, which goes on meanwhile. */
    private static final long ROOM_LEFT = 256L << 20;
    private static final int PIECE_LENGTH = 64 * 1024;

    private final OfflineReplica offline;
    private final long zxid;

    /** Thrown when a file is refused. The message says what is wrong with it. */
    public static final class RefusedException extends Exception
    {
        private static final long serialVersionUID = 1L;

        RefusedException(final String message)
        {
            super(message);
        }
    }

    private RestoreUpload(final OfflineReplica offline, final long zxid)
    {
        this.offline = offline;
        this.zxid = zxid;
    }

    /**
     * Receives a file.
     *
     * @param in        the file.
     * @param directory holds the file meanwhile; created when it is missing. A file of an earlier upload is
     *                  overwritten, and none is left behind.
     * @return the content of the file, to be closed.
     * @throws RefusedException when the file is not a snapshot of Caracal, or is damaged.
     * @throws IOException      when it cannot be read or written, or there is not enough room for it.
     */
    public static RestoreUpload take(final InputStream in, final Path directory) throws IOException, RefusedException
    {
        Files.createDirectories(directory);
        final Path file = fileIn(directory);
        try
        {
            copy(in, file);
            return load(file);
        }
        catch (final CorruptionException ex)
        {
            throw new RefusedException("the file that was sent is damaged: " + ex.damage());
        }
        catch (final BrokenInvariantException ex)
        {
            throw new RefusedException("the file that was sent is damaged: " + ex.getMessage());
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
        finally
        {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Removes the file that a server left when it was killed while receiving it.
     *
     * @param directory the directory given to {@link #take}; may be missing.
     * @throws IOException when it cannot be removed.
     */
    public static void sweep(final Path directory) throws IOException
    {
        Files.deleteIfExists(fileIn(directory));
    }

    private static Path fileIn(final Path directory)
    {
        return directory.resolve("upload");
    }

    private static void copy(final InputStream in, final Path file) throws IOException, RefusedException
    {
        final byte[] piece = new byte[PIECE_LENGTH];
        final long free = file.getParent().toFile().getUsableSpace();
        long left = free / 2 - ROOM_LEFT;
        try (var out = Files.newOutputStream(file))
        {
            for (int length = in.read(piece); length >= 0; length = in.read(piece))
            {
                left -= length;
                if (left < 0)
                {
                    throw new IOException("there is no room for it in " + file.getParent() + ", where " + (free >> 20) +
                        " MB are free: it takes twice its length and " + ((2 * ROOM_LEFT) >> 20) + " MB");
                }
                out.write(piece, 0, length);
            }
        }
    }

    private static RestoreUpload load(final Path file) throws IOException, RefusedException
    {
        final long zxid = zxid(file);
        if (zxid < 0 || Zxid.epoch(zxid) > EPOCH_MAX)
        {
            throw new RefusedException("the file is of an impossible epoch");
        }

        final OfflineReplica offline = new OfflineReplica();
        boolean isLoaded = false;
        try
        {
            StoredSnapshots.read(file, zxid, offline.loader());
            offline.loaded();
            isLoaded = true;
            return new RestoreUpload(offline, zxid);
        }
        finally
        {
            if (!isLoaded)
            {
                offline.close();
            }
        }
    }

    private static long zxid(final Path file) throws IOException, RefusedException
    {
        try
        {
            return StoredSnapshots.zxidWithin(file);
        }
        catch (final IOException ex)
        {
            throw new RefusedException("this is no snapshot of Caracal: send what the command snapshot has answered (" +
                ex.getMessage() + ")");
        }
    }

    /**
     * Returns the last transaction in the snapshot.
     *
     * @return its zxid; none of its znodes has a later one.
     */
    public long zxid()
    {
        return zxid;
    }

    /**
     * Looks for znodes with a TTL, which only servers with extended types can load.
     *
     * @return path of the oldest such znode, null when there is none.
     */
    public String znodeWithTtl()
    {
        final DataTree tree = offline.replica().tree();
        final long znode = tree.owned().firstTtl();
        if (znode == DataTree.NONE)
        {
            return null;
        }

        final TreeCursor cursor = new TreeCursor(tree);
        cursor.begin(znode);
        cursor.next();

        return cursor.text();
    }

    /**
     * Writes the tree without ephemeral znodes.
     *
     * @param atZxid transaction that ended their sessions, later than everything in the snapshot.
     * @param sink   receives the records; it must never refuse.
     */
    public void write(final long atZxid, final SnapshotSink sink)
    {
        final DataTree tree = offline.replica().tree();
        for (long owner = tree.owned().nextOwner(0); owner != DataTree.NONE; owner = tree.owned().nextOwner(0))
        {
            tree.delete(tree.owned().firstOfSession(tree.owned().ownerAt(owner)), atZxid);
        }
        offline.writeTree(atZxid, sink);
    }

    @Override
    public void close()
    {
        offline.close();
    }
}
