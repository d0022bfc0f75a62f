/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.journal.offline.MadeDirectories;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the data directory of a ZooKeeper server: one snapshot and the two epochs. There is no log; it begins with the
 * server's first write. A failed export leaves nothing behind.
 */
public final class ZooKeeperExport implements AutoCloseable
{
    private static final String SNAPSHOT = "snapshot.";
    private static final int PACKED_BUFFER_LENGTH = 64 * 1024;

    private static final String TEMPORARY = "export.tmp";

    private final Path home;
    private final MadeDirectories directories = new MadeDirectories();
    private final List<Path> files = new ArrayList<>();
    private boolean isComplete;

    /**
     * Creates an export.
     *
     * @param dataDir data directory of the future ZooKeeper server.
     */
    public ZooKeeperExport(final Path dataDir)
    {
        home = dataDir.resolve(ZooKeeperDirectory.HOME_NAME);
    }

    /**
     * Begins, so that an unusable directory is refused before any work.
     *
     * @throws IOException when the directory cannot be created, or holds data.
     */
    public void begin() throws IOException
    {
        directories.make(home);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(home))
        {
            if (entries.iterator().hasNext())
            {
                throw new IOException(home + " holds data already. Name another directory, or move this one away.");
            }
        }
    }

    /**
     * Writes everything. The snapshot gets its name last.
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
        write(ZooKeeperDirectory.ACCEPTED_EPOCH, acceptedEpoch);
        write(ZooKeeperDirectory.CURRENT_EPOCH, currentEpoch);
        final Path snapshot = home.resolve(SNAPSHOT + Long.toHexString(replica.lastAppliedZxid()) +
            (isPacked ? SnapshotName.GZIP : ""));
        final Path temporary = home.resolve(TEMPORARY);
        try (FileChannel channel = open(temporary))
        {
            writeSnapshot(replica, Channels.newOutputStream(channel), isPacked, progress);
            channel.force(true);
        }
        files.add(snapshot);
        Files.move(temporary, snapshot, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(home, StandardOpenOption.READ))
        {
            directory.force(true);
        }
        isComplete = true;

        return snapshot;
    }

    @Override
    public void close() throws IOException
    {
        if (!isComplete)
        {
            for (final Path file : files)
            {
                Files.deleteIfExists(file);
            }
            directories.removeEmpty();
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
        try (FileChannel channel = open(home.resolve(name)))
        {
            channel.write(ByteBuffer.wrap(Long.toString(epoch).getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    private FileChannel open(final Path file) throws IOException
    {
        files.add(file);
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    }
}
