/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DirectoriesAbove;
import io.caracal.journal.disk.DirectoryEntries;
import io.caracal.journal.disk.DirectoryLock;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.offline.MadeDirectories;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the data directory of a ZooKeeper server: one snapshot and the two epochs. There is no log; it begins with the
 * server's first write. Everything is written beside its final place and gets its name at the end, because ZooKeeper
 * would start empty on a directory without the snapshot. A failed export leaves nothing behind; what a killed one
 * leaves, the next one removes.
 *
 * <pre>
 *   version-2.new/snapshot.Z   acceptedEpoch   currentEpoch   lock   --- rename, remove lock ---&gt;   version-2
 * </pre>
 */
public final class ZooKeeperExport implements AutoCloseable
{
    private static final String SNAPSHOT = "snapshot.";
    private static final int PACKED_BUFFER_LENGTH = 64 * 1024;

    private static final String STAGING = ZooKeeperDirectory.HOME_NAME + ".new";
    private static final String LOCK = "lock";

    private final Path home;
    private final Path staging;
    private final MadeDirectories directories = new MadeDirectories();
    private DirectoryLock lock;
    private boolean isComplete;

    /**
     * Creates an export.
     *
     * @param dataDir data directory of the future ZooKeeper server.
     */
    public ZooKeeperExport(final Path dataDir)
    {
        home = dataDir.resolve(ZooKeeperDirectory.HOME_NAME);
        staging = dataDir.resolve(STAGING);
    }

    /**
     * Begins, so that an unusable directory is refused before any work.
     *
     * @throws IOException             when the directory cannot be created, or holds data.
     * @throws DirectoryInUseException when another export writes there.
     */
    public void begin() throws IOException
    {
        requireFree();
        directories.make(staging);
        lock = DirectoryLock.tryLock(staging.resolve(LOCK));
        if (lock == null)
        {
            throw new DirectoryInUseException(staging + " is being written by another process. Wait for its end.");
        }
        requireFree();
    }

    /** Another export may have ended since the first look. */
    private void requireFree() throws IOException
    {
        if (Files.exists(home) && (!Files.isDirectory(home) || !DirectoryEntries.of(home).isEmpty()))
        {
            throw new IOException(home + " holds data already. Name another directory, or move this one away.");
        }
    }

    /**
     * Writes everything. The directory gets its name last.
     *
     * @param replica       the state to write.
     * @param acceptedEpoch highest epoch ever promised.
     * @param currentEpoch  epoch of the last leader whose history was adopted.
     * @param isPacked      whether to pack the snapshot with gzip.
     * @param progress      receives the progress.
     * @return the snapshot file.
     * @throws IOException when writing fails.
     */
    public Path write(final Replica replica, final long acceptedEpoch, final long currentEpoch, final boolean isPacked,
        final Progress progress) throws IOException
    {
        final String snapshot = SNAPSHOT + Long.toHexString(replica.lastAppliedZxid()) + (isPacked ?
            SnapshotName.GZIP : "");
        clear();
        write(ZooKeeperDirectory.ACCEPTED_EPOCH, acceptedEpoch);
        write(ZooKeeperDirectory.CURRENT_EPOCH, currentEpoch);
        try (FileChannel channel = open(snapshot))
        {
            writeSnapshot(replica, Channels.newOutputStream(channel), isPacked, progress);
            channel.force(true);
        }
        force(staging);
        // With its lock, so that no other export can take the directory for its own before it has its name.
        Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
        isComplete = true;
        Files.delete(home.resolve(LOCK));
        force(home);
        DirectoriesAbove.force(home, new RealFileSystem());

        return home.resolve(snapshot);
    }

    private static void force(final Path directory) throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory))
        {
            channel.force(true);
        }
    }

    /** Removes what a killed export has left. The lock stays. */
    private void clear() throws IOException
    {
        for (final Path file : DirectoryEntries.of(staging))
        {
            if (!file.endsWith(LOCK))
            {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException
    {
        if (lock != null)
        {
            leaveNothing();
            lock.close();
        }
        directories.removeEmpty();
    }

    private void leaveNothing() throws IOException
    {
        if (!isComplete)
        {
            clear();
            Files.deleteIfExists(staging.resolve(LOCK));
            Files.delete(staging);
        }
    }

    private static void writeSnapshot(final Replica replica, final OutputStream out, final boolean isPacked,
        final Progress progress) throws IOException
    {
        if (isPacked)
        {
            final GZIPOutputStream packed = new GZIPOutputStream(new BufferedOutputStream(out, PACKED_BUFFER_LENGTH),
                PACKED_BUFFER_LENGTH);
            SnapshotWriter.write(replica, packed, progress);
            packed.finish();
            packed.flush();
        }
        else
        {
            SnapshotWriter.write(replica, out, progress);
        }
    }

    private void write(final String name, final long epoch) throws IOException
    {
        try (FileChannel channel = open(name))
        {
            channel.write(ByteBuffer.wrap(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private FileChannel open(final String name) throws IOException
    {
        return FileChannel.open(staging.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
