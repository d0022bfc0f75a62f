/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.SnapshotHeadDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The snapshot files of a directory, read by tools: nothing is written, and a server may work there. */
public final class StoredSnapshots
{
    private final SnapshotFiles files;

    /**
     * The snapshots of a directory.
     *
     * @param directory holds them.
     * @param calls     to the file system.
     */
    public StoredSnapshots(final Path directory, final FileSystemCalls calls)
    {
        files = new SnapshotFiles(directory, calls);
    }

    /**
     * Zxids of the files with a final name.
     *
     * @return newest first; one that no manifest names may be among them.
     * @throws IOException when the directory cannot be read.
     */
    public List<Long> zxids() throws IOException
    {
        return files.all();
    }

    /**
     * Where the snapshot of a zxid lies.
     *
     * @param zxid of it.
     * @return its path.
     */
    public Path file(final long zxid)
    {
        return files.file(zxid);
    }

    /**
     * The zxid in a file's name.
     *
     * @param file path of a snapshot.
     * @return the zxid, -1 when the name is none of a snapshot.
     */
    public static long zxid(final Path file)
    {
        return SnapshotFiles.zxidOf(file);
    }

    /**
     * The zxid that a file itself says it is of, whatever its name. Nothing of it is checked by this.
     *
     * @param file to look into.
     * @return the zxid.
     * @throws IOException when it cannot be read, or does not begin as a snapshot of ours does.
     */
    public static long zxidWithin(final Path file) throws IOException
    {
        final int headLength = SnapshotBlock.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH +
            SnapshotHeadDecoder.BLOCK_LENGTH;
        final UnsafeBuffer bytes;
        try (InputStream in = Files.newInputStream(file))
        {
            bytes = new UnsafeBuffer(in.readNBytes(headLength));
        }

        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        if (bytes.capacity() == headLength)
        {
            header.wrap(bytes, SnapshotBlock.HEADER_LENGTH);
        }
        if (bytes.capacity() < headLength || bytes.getInt(SnapshotBlock.KIND_OFFSET) != SnapshotBlock.HEAD ||
            header.schemaId() != SnapshotHeadDecoder.SCHEMA_ID || header
                .templateId() != SnapshotHeadDecoder.TEMPLATE_ID)
        {
            throw new IOException(file + " does not begin as a snapshot of Caracal does");
        }

        return new SnapshotHeadDecoder().wrap(bytes, SnapshotBlock.HEADER_LENGTH + header.encodedLength(), header
            .blockLength(), header.version()).zxid();
    }

    /**
     * Reads a file from its beginning to its end and checks every block.
     *
     * @param file    its name tells its zxid.
     * @param handler receives the records.
     * @throws IOException                                    when it cannot be read.
     * @throws io.caracal.engine.port.CorruptionException when it is damaged; names file, offset and what is wrong.
     */
    public static void read(final Path file, final SnapshotHandler handler) throws IOException
    {
        final long zxid = zxid(file);
        if (zxid < 0)
        {
            throw new IOException(file + " is not named as a snapshot is: snapshot- and sixteen hexadecimal digits");
        }

        read(file, zxid, handler);
    }

    /**
     * The same with a file of another name.
     *
     * @param file    any name.
     * @param zxid    it is of.
     * @param handler receives the records.
     * @throws IOException                                    when it cannot be read.
     * @throws io.caracal.engine.port.CorruptionException when it is damaged; names file, offset and what is wrong.
     */
    public static void read(final Path file, final long zxid, final SnapshotHandler handler) throws IOException
    {
        try (SnapshotFileReader reader = new SnapshotFileReader(file, zxid))
        {
            handler.onLoadBegin(zxid);
            while (reader.next())
            {
                handler.onLoadRecord(reader.buffer(), reader.offset(), reader.length());
            }
            handler.onLoadEnd(zxid, reader.recordCount(), reader.digest());
        }
        catch (final SnapshotDamage ex)
        {
            throw Corruption.in(ex.getMessage());
        }
    }
}
