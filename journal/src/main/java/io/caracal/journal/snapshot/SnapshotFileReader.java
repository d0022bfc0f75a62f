/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.disk.FileWindow;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.SnapshotHeadDecoder;
import io.caracal.journal.format.SnapshotTrailerDecoder;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;

/** Reads one snapshot file and checks each block of it. Used by one thread. */
final class SnapshotFileReader implements AutoCloseable
{
    /** Length of whole blocks, few enough that what was read is still in the cache when it is checked and loaded. */
    private static final int WINDOW_LENGTH = 2 * (SnapshotBlock.HEADER_LENGTH + SnapshotBlock.CONTENT_LENGTH_MAX);

    private final Path file;
    private final long zxid;
    private final FileWindow window;
    private final SnapshotBlock blocks;
    private final ExpandableDirectByteBuffer assembly = new ExpandableDirectByteBuffer();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotTrailerDecoder trailer = new SnapshotTrailerDecoder();
    private long position;
    private long number;
    private int kind;
    private int blockOffset;
    private int blockEnd;
    private long recordCount;
    private long byteCount;
    private DirectBuffer buffer;
    private int offset;
    private int length;

    SnapshotFileReader(final Path file, final long zxid) throws IOException, SnapshotDamage
    {
        this.file = file;
        this.zxid = zxid;
        this.window = new FileWindow(file, WINDOW_LENGTH);
        this.blocks = new SnapshotBlock(zxid);
        try
        {
            readHead();
        }
        catch (final IOException | SnapshotDamage ex)
        {
            window.close();
            throw ex;
        }
    }

    /**
     * Advances to the next record.
     *
     * @return false at the end; count and digest are then known, and the count was checked.
     * @throws SnapshotDamage when the file is not whole.
     */
    boolean next() throws IOException, SnapshotDamage
    {
        if (blockOffset == blockEnd && kind != SnapshotBlock.TRAILER)
        {
            nextBlock();
        }

        if (kind == SnapshotBlock.TRAILER)
        {
            checkTrailer();
            return false;
        }

        final int recordLength = nextLength();
        byteCount += Integer.BYTES + (long)recordLength;
        recordCount++;

        if (blockEnd - blockOffset >= recordLength)
        {
            buffer = window.buffer();
            offset = blockOffset;
            blockOffset += recordLength;
        }
        else
        {
            assemble(recordLength);
            buffer = assembly;
            offset = 0;
        }

        length = recordLength;
        return true;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int offset()
    {
        return offset;
    }

    int length()
    {
        return length;
    }

    long recordCount()
    {
        return recordCount;
    }

    long digest()
    {
        return trailer.digest();
    }

    @Override
    public void close() throws IOException
    {
        window.close();
    }

    private void readHead() throws IOException, SnapshotDamage
    {
        nextBlock();
        check(kind == SnapshotBlock.HEAD, "does not begin with its head");
        final SnapshotHeadDecoder head = new SnapshotHeadDecoder();
        header.wrap(window.buffer(), blockOffset);
        head.wrap(window.buffer(), blockOffset + header.encodedLength(), header.blockLength(), header.version());
        check(head.zxid() == zxid, "is of another zxid than its name says");
        blockOffset = blockEnd;
    }

    private void nextBlock() throws IOException, SnapshotDamage
    {
        check(isLoaded(SnapshotBlock.HEADER_LENGTH), "ends before its trailer");
        int start = window.offset(position);
        kind = window.buffer().getInt(start + SnapshotBlock.KIND_OFFSET);
        final int contentLength = window.buffer().getInt(start + SnapshotBlock.LENGTH_OFFSET);
        check(contentLength > 0 && contentLength <= SnapshotBlock.CONTENT_LENGTH_MAX,
            "has a block of impossible length");
        check(window.buffer().getInt(start + SnapshotBlock.RESERVED_OFFSET) == 0, "has a block with a damaged header");
        check(isLoaded(SnapshotBlock.HEADER_LENGTH + contentLength), "ends within a block");

        start = window.offset(position);
        final int checksum = blocks.checksum(number, window.memory(), start, contentLength);
        check(window.buffer().getInt(start + SnapshotBlock.CRC_OFFSET) == checksum,
            "has a block with a wrong checksum");
        position += SnapshotBlock.HEADER_LENGTH + contentLength;
        number++;
        blockOffset = start + SnapshotBlock.HEADER_LENGTH;
        blockEnd = blockOffset + contentLength;
    }

    /** Loads bytes into the window. An unreadable sector is treated as damage, like one that returns other bytes. */
    private boolean isLoaded(final int count) throws IOException, SnapshotDamage
    {
        try
        {
            return window.load(position, count);
        }
        catch (final ClosedChannelException ex)
        {
            throw ex;
        }
        catch (final IOException ex)
        {
            throw new SnapshotDamage(file + ", offset " + position + ": cannot be read (" + ex.getMessage() + ")");
        }
    }

    private void checkTrailer() throws SnapshotDamage
    {
        header.wrap(window.buffer(), blockOffset);
        trailer.wrap(window.buffer(), blockOffset + header.encodedLength(), header.blockLength(), header.version());
        check(trailer.recordCount() == recordCount && trailer.byteCount() == byteCount,
            "holds " + recordCount + " records, its trailer says " + trailer.recordCount());
        check(position == window.fileLength(), "goes on after its trailer");
    }

    private int nextLength() throws IOException, SnapshotDamage
    {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE)
        {
            moreRecords();
            value |= (window.buffer().getByte(blockOffset) & 0xFF) << shift;
            blockOffset++;
        }

        check(value >= 0, "has a record of impossible length");
        return value;
    }

    private void assemble(final int recordLength) throws IOException, SnapshotDamage
    {
        int done = 0;
        while (done < recordLength)
        {
            moreRecords();
            final int part = Math.min(recordLength - done, blockEnd - blockOffset);
            assembly.putBytes(done, window.buffer(), blockOffset, part);
            blockOffset += part;
            done += part;
        }
    }

    private void moreRecords() throws IOException, SnapshotDamage
    {
        if (blockOffset == blockEnd)
        {
            nextBlock();
            check(kind == SnapshotBlock.RECORDS, "ends within a record");
        }
    }

    private void check(final boolean holds, final String what) throws SnapshotDamage
    {
        if (!holds)
        {
            throw new SnapshotDamage(file + ", offset " + position + ": " + what);
        }
    }
}
