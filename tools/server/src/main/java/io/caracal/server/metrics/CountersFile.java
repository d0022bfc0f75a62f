/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A file of counters in memory. Other processes can read it even while the server hangs, and after it was killed. The
 * counters have Agrona's layout and follow a header of our own, which is little-endian:
 *
 * <pre>
 *      0  i32  layout version, written last; 0 while the file is being made
 *      4  i32  length of the counters' metadata in bytes
 *      8  i64  process id
 *     16  i64  start time, milliseconds since 1970
 *     24  i32  length of the counters' values in bytes
 *     28  i32  length of the version, then its bytes (UTF-8)
 *    ...  i32  length of the data directory, then its bytes (UTF-8)
 *    ...  i32  length of the name spaces of the process, then their bytes; 0 in files of early versions
 *   4096       metadata, then values, then rows of durations: {@link LatencyRows}, then facts about
 *              sessions
 * </pre>
 */
public final class CountersFile implements AutoCloseable
{
    /** Name of the file in its directory. */
    public static final String NAME = "counters";
    /** Version of the layout that this class writes and reads. */
    public static final int LAYOUT_VERSION = 2;
    /** Maximum number of counters in a file. */
    public static final int COUNTERS_MAX = 256;
    /** Bytes reserved for facts about sessions: a head, and 2<sup>14</sup> entries of equal length. */
    public static final int FACTS_LENGTH = 64 + (1 << 14) * 32;

    private static final int HEADER_LENGTH = 4096;
    private static final int METADATA_LENGTH_OFFSET = 4;
    private static final int PID_OFFSET = 8;
    private static final int START_TIME_OFFSET = 16;
    private static final int VALUES_LENGTH_OFFSET = 24;
    private static final int TEXTS_OFFSET = 28;
    private static final int TEXTS = 3;
    private static final int METADATA_LENGTH = COUNTERS_MAX * CountersReader.METADATA_LENGTH;
    private static final int VALUES_LENGTH = COUNTERS_MAX * CountersReader.COUNTER_LENGTH;
    private static final int ROWS_OFFSET = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH;
    private static final int FACTS_OFFSET = ROWS_OFFSET + LatencyRows.LENGTH;
    private static final int LENGTH = FACTS_OFFSET + FACTS_LENGTH;
    private static final String MADE_ANEW = "; the next start of its server makes it anew";

    private final Path file;
    private final MappedByteBuffer mapping;
    private final UnsafeBuffer buffer;
    private boolean isOwner;

    private CountersFile(final Path file, final MappedByteBuffer mapping, final boolean isOwner)
    {
        this.file = file;
        this.mapping = mapping;
        this.buffer = new UnsafeBuffer(mapping);
        this.isOwner = isOwner;
    }

    /**
     * Creates the file, replacing one that an earlier process left. Closing it removes it.
     *
     * @param directory existing directory.
     * @param header    describes the process that keeps the file.
     * @return the file.
     * @throws IOException when it cannot be made.
     */
    public static CountersFile create(final Path directory, final CountersHeader header) throws IOException
    {
        final Path file = directory.resolve(NAME);
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
            StandardOpenOption.WRITE))
        {
            final CountersFile counters = new CountersFile(file, reserve(channel, file), true);
            counters.writeHeader(header);
            return counters;
        }
    }

    /**
     * Writes zeros to the whole file, so that a lack of memory is found now. Otherwise the first access to a page of
     * the mapping could fail with a fault.
     */
    private static MappedByteBuffer reserve(final FileChannel channel, final Path file) throws IOException
    {
        try
        {
            final ByteBuffer zeros = ByteBuffer.allocate(LENGTH);
            while (zeros.hasRemaining())
            {
                channel.write(zeros);
            }

            return channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH);
        }
        catch (final IOException ex)
        {
            Files.deleteIfExists(file);
            throw ex;
        }
    }

    /**
     * Opens a file for reading.
     *
     * @param directory that holds it.
     * @return the file; closing it does not remove it.
     * @throws IOException when it is missing, is no counters file, is damaged, or has a layout of another version.
     */
    public static CountersFile open(final Path directory) throws IOException
    {
        final Path file = directory.resolve(NAME);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            if (channel.size() < HEADER_LENGTH)
            {
                throw new IOException(file + " is too short to be a counters file");
            }

            final MappedByteBuffer mapping = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            final CountersFile counters = new CountersFile(file, mapping, false);
            counters.check();
            return counters;
        }
    }

    private void writeHeader(final CountersHeader header)
    {
        buffer.putInt(METADATA_LENGTH_OFFSET, METADATA_LENGTH, LITTLE_ENDIAN);
        buffer.putLong(PID_OFFSET, header.pid(), LITTLE_ENDIAN);
        buffer.putLong(START_TIME_OFFSET, header.startTimeMs(), LITTLE_ENDIAN);
        buffer.putInt(VALUES_LENGTH_OFFSET, VALUES_LENGTH, LITTLE_ENDIAN);
        final int next = TEXTS_OFFSET + putText(TEXTS_OFFSET, header.version());
        putText(next + putText(next, header.dataDir()), header.nameSpaces().text());
        buffer.putIntRelease(0, LAYOUT_VERSION);
    }

    private int putText(final int offset, final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int length = Math.max(0, Math.min(bytes.length, HEADER_LENGTH - offset - 2 * Integer.BYTES));
        buffer.putInt(offset, length, LITTLE_ENDIAN);
        buffer.putBytes(offset + Integer.BYTES, bytes, 0, length);
        return Integer.BYTES + length;
    }

    /** Anybody may have changed the file. What the readers trust is checked here, once for all of them. */
    private void check() throws IOException
    {
        final String fault = fault();
        if (fault != null)
        {
            close();
            throw new IOException(file + fault);
        }
    }

    private String fault()
    {
        final int version = buffer.getIntVolatile(0);
        if (version != LAYOUT_VERSION)
        {
            return " has layout " + version + ", this program reads layout " + LAYOUT_VERSION;
        }
        if (buffer.capacity() < LENGTH)
        {
            return " has " + buffer.capacity() + " bytes, fewer than the " + LENGTH + " of layout " + LAYOUT_VERSION +
                MADE_ANEW;
        }

        return areTextsWhole() && areLabelsWhole() ? null : " is damaged" + MADE_ANEW;
    }

    /** Whether the texts of the header end within it. */
    private boolean areTextsWhole()
    {
        int offset = TEXTS_OFFSET;
        for (int text = 0; text < TEXTS; text++)
        {
            final int length = buffer.getInt(offset, LITTLE_ENDIAN);
            offset += Integer.BYTES;
            if (length < 0 || length > HEADER_LENGTH - offset)
            {
                return false;
            }
            offset += length;
        }

        return true;
    }

    /** Whether the name of each counter ends within what describes the counter. */
    private boolean areLabelsWhole()
    {
        for (int counter = 0; counter < COUNTERS_MAX; counter++)
        {
            final int length = buffer.getInt(HEADER_LENGTH + CountersReader.metaDataOffset(counter) +
                CountersReader.LABEL_OFFSET);
            if (length < 0 || length > CountersReader.MAX_LABEL_LENGTH)
            {
                return false;
            }
        }

        return true;
    }

    /**
     * Reads the header, which describes the process that keeps the file.
     *
     * @return the header.
     */
    public CountersHeader header()
    {
        final int versionLength = buffer.getInt(TEXTS_OFFSET, LITTLE_ENDIAN);
        final int dataDirOffset = TEXTS_OFFSET + Integer.BYTES + versionLength;
        final int dataDirLength = buffer.getInt(dataDirOffset, LITTLE_ENDIAN);
        final int nameSpacesOffset = dataDirOffset + Integer.BYTES + dataDirLength;
        return new CountersHeader(buffer.getLong(PID_OFFSET, LITTLE_ENDIAN),
            buffer.getLong(START_TIME_OFFSET, LITTLE_ENDIAN), text(TEXTS_OFFSET, versionLength),
            text(dataDirOffset, dataDirLength), NameSpaces.parse(text(nameSpacesOffset, buffer.getInt(nameSpacesOffset,
                LITTLE_ENDIAN))));
    }

    private String text(final int offset, final int length)
    {
        return buffer.getStringWithoutLengthUtf8(offset + Integer.BYTES, length);
    }

    /**
     * Begins to keep counters in the file. Called once, by the process that created it.
     *
     * @return the manager that allocates counters.
     */
    public CountersManager manager()
    {
        return new CountersManager(metadata(), values(), StandardCharsets.US_ASCII);
    }

    /**
     * Reads the counters.
     *
     * @return a reader; not to be used after {@link #close}.
     */
    public CountersReader reader()
    {
        return new CountersReader(metadata(), values(), StandardCharsets.US_ASCII);
    }

    /**
     * Returns the rows of durations. Only the process that created the file may write them; any process may read them.
     *
     * @return the rows; not to be used after {@link #close}.
     */
    public LatencyRows rows()
    {
        return new LatencyRows(new UnsafeBuffer(buffer, ROWS_OFFSET, LatencyRows.LENGTH));
    }

    /**
     * Returns the memory for facts about sessions.
     *
     * @return {@link #FACTS_LENGTH} bytes; not to be used after {@link #close}.
     */
    public UnsafeBuffer facts()
    {
        return new UnsafeBuffer(buffer, FACTS_OFFSET, FACTS_LENGTH);
    }

    private UnsafeBuffer metadata()
    {
        return new UnsafeBuffer(buffer, HEADER_LENGTH, METADATA_LENGTH);
    }

    private UnsafeBuffer values()
    {
        return new UnsafeBuffer(buffer, HEADER_LENGTH + METADATA_LENGTH, VALUES_LENGTH);
    }

    /**
     * Removes the file, so that the next server can create its own. The mapping remains, so this server can still write
     * its figures.
     */
    public void withdraw()
    {
        if (isOwner)
        {
            isOwner = false;
            IoUtil.deleteIfExists(file.toFile());
        }
    }

    @Override
    public void close()
    {
        withdraw();
        buffer.wrap(0, 0);
        IoUtil.unmap(mapping);
    }
}
