/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
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
import java.util.zip.GZIPOutputStream;

/**
 * Writes the data directory of a ZooKeeper server: one snapshot and the two epochs. Its log begins with its first
 * write.
 */
public final class ZooKeeperExport
{
    private static final String SNAPSHOT = "snapshot.";
    private static final int PACKED_BUFFER_LENGTH = 64 * 1024;

    private final Path home;

    /**
     * An export.
     *
     * @param dataDir of the ZooKeeper to be.
     * @throws IOException when it cannot be made, or holds data.
     */
    public ZooKeeperExport(final Path dataDir) throws IOException
    {
        home = dataDir.resolve(ZooKeeperDirectory.HOME_NAME);
        Files.createDirectories(home);
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
     * @param replica       the state.
     * @param acceptedEpoch highest epoch ever promised.
     * @param currentEpoch  epoch of the last leader whose history was adopted.
     * @param isPacked      with gzip.
     * @param progress      hears how far it is.
     * @return the snapshot.
     * @throws IOException when writing fails.
     */
    public Path write(final Replica replica, final long acceptedEpoch, final long currentEpoch, final boolean isPacked,
        final Progress progress) throws IOException
    {
        write(ZooKeeperDirectory.ACCEPTED_EPOCH, acceptedEpoch);
        write(ZooKeeperDirectory.CURRENT_EPOCH, currentEpoch);
        final Path snapshot = home.resolve(SNAPSHOT + Long.toHexString(replica.lastAppliedZxid()) +
            (isPacked ? SnapshotName.GZIP : ""));
        final Path temporary = home.resolve("export.tmp");
        try (FileChannel channel = open(temporary))
        {
            writeSnapshot(replica, Channels.newOutputStream(channel), isPacked, progress);
            channel.force(true);
        }
        Files.move(temporary, snapshot, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(home, StandardOpenOption.READ))
        {
            directory.force(true);
        }

        return snapshot;
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

    private static FileChannel open(final Path file) throws IOException
    {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    }
}
