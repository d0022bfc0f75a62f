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

/** The snapshot files of a directory, for tools. Nothing is written, and a server may work there. */
public final class StoredSnapshots
{
    private final SnapshotFiles files;

    /**
     * Reads the snapshots of a directory.
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
     * @return newest first; some may not be named by a manifest.
     * @throws IOException when the directory cannot be read.
     */
    public List<Long> zxids() throws IOException
    {
        return files.all();
    }

    /**
     * Makes sure that a log reaches as far as the snapshots, once it was read to its end. A start does the same.
     *
     * @param publishedZxid the newest snapshot that its manifest names.
     * @param lastZxid      of the log.
     * @param logHome       where it lies, for messages to people.
     * @throws IOException                                when the directory cannot be read.
     * @throws io.caracal.engine.port.CorruptionException when there is a later snapshot: the log is an older copy.
     */
    public void checkEnd(final long publishedZxid, final long lastZxid, final Path logHome) throws IOException
    {
        // Where the received snapshot has not got its name yet, a start first removes all others, which it replaces.
        if (!Files.exists(files.received(publishedZxid)))
        {
            files.unpublished(publishedZxid, lastZxid, logHome);
        }
    }

    /**
     * Path of the snapshot of a zxid.
     *
     * @param zxid of its state.
     * @return its path.
     */
    public Path file(final long zxid)
    {
        return files.file(zxid);
    }

    /**
     * Returns the zxid in a file's name.
     *
     * @param file path of a snapshot.
     * @return the zxid; -1 when the name is not that of a snapshot.
     */
    public static long zxid(final Path file)
    {
        return SnapshotFiles.zxidOf(file);
    }

    /**
     * Returns the zxid that the contents of a file give, whatever its name. Does not check the file otherwise.
     *
     * @param file to look into.
     * @return the zxid.
     * @throws IOException when it cannot be read, or does not begin like a snapshot of Caracal.
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
            header.schemaId() != SnapshotHeadDecoder.SCHEMA_ID ||
            header.templateId() != SnapshotHeadDecoder.TEMPLATE_ID)
        {
            throw new IOException(file + " does not begin as a snapshot of Caracal does");
        }

        return new SnapshotHeadDecoder().wrap(bytes, SnapshotBlock.HEADER_LENGTH + header.encodedLength(),
            header.blockLength(), header.version()).zxid();
    }

    /**
     * Reads a file from beginning to end and checks every block.
     *
     * @param file    its name gives its zxid.
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
     * Reads a file of any name from beginning to end and checks every block.
     *
     * @param file    any name.
     * @param zxid    of the snapshot.
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
