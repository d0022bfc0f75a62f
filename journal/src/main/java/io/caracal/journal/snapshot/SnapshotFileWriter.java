/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.format.MessageHeaderEncoder;
import io.caracal.journal.format.SnapshotHeadEncoder;
import io.caracal.journal.format.SnapshotTrailerEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes one snapshot file, block by block. Forces it every megabyte, so that the journal's own forces never wait
 * behind more than that. Used by one thread.
 */
final class SnapshotFileWriter implements AutoCloseable
{
    private static final long FORCE_INTERVAL = 1024 * 1024;

    private final Path file;
    private final FileSystemCalls calls;
    private final FileChannel channel;
    private final SnapshotBlock blocks;
    private final ByteBuffer memory = ByteBuffer
        .allocateDirect(SnapshotBlock.HEADER_LENGTH + SnapshotBlock.CONTENT_LENGTH_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer block = new UnsafeBuffer(memory);
    private long number;
    private long position;
    private long forcedPosition;
    private long byteCount;
    private int length;

    SnapshotFileWriter(final Path file, final FileSystemCalls calls, final long zxid) throws IOException
    {
        this.file = file;
        this.calls = calls;
        this.blocks = new SnapshotBlock(zxid);
        calls.remove(file);
        calls.reserve(file, 0);
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try
        {
            writeHead(zxid);
        }
        catch (final IOException | RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    private void writeHead(final long zxid) throws IOException
    {
        new SnapshotHeadEncoder().wrapAndApplyHeader(block, SnapshotBlock.HEADER_LENGTH, new MessageHeaderEncoder())
            .zxid(zxid);
        length = MessageHeaderEncoder.ENCODED_LENGTH + SnapshotHeadEncoder.BLOCK_LENGTH;
        writeBlock(SnapshotBlock.HEAD);
    }

    /** Begins a record. */
    void beginRecord(final int recordLength) throws IOException
    {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE)
        {
            makeRoom();
            block.putByte(SnapshotBlock.HEADER_LENGTH + length, (byte)(recordLength >>> shift));
            length++;
        }

        byteCount += Integer.BYTES;
    }

    /** Appends bytes of the last record that was begun. */
    void append(final DirectBuffer buffer, final int offset, final int count) throws IOException
    {
        int done = 0;
        while (done < count)
        {
            makeRoom();
            final int part = Math.min(count - done, SnapshotBlock.CONTENT_LENGTH_MAX - length);
            block.putBytes(SnapshotBlock.HEADER_LENGTH + length, buffer, offset + done, part);
            length += part;
            done += part;
        }

        byteCount += count;
    }

    /** Ends the file. When this method returns, the file is whole and on the device, under its temporary name. */
    void finish(final long recordCount, final long digest) throws IOException
    {
        if (length > 0)
        {
            writeBlock(SnapshotBlock.RECORDS);
        }

        new SnapshotTrailerEncoder().wrapAndApplyHeader(block, SnapshotBlock.HEADER_LENGTH, new MessageHeaderEncoder())
            .recordCount(recordCount).digest(digest).byteCount(byteCount);
        length = MessageHeaderEncoder.ENCODED_LENGTH + SnapshotTrailerEncoder.BLOCK_LENGTH;
        writeBlock(SnapshotBlock.TRAILER);
        calls.force(channel, file);
    }

    /** Number of bytes written so far. */
    long position()
    {
        return position;
    }

    @Override
    public void close() throws IOException
    {
        block.wrap(0, 0);
        BufferUtil.free(memory);
        channel.close();
    }

    private void makeRoom() throws IOException
    {
        if (length == SnapshotBlock.CONTENT_LENGTH_MAX)
        {
            writeBlock(SnapshotBlock.RECORDS);
        }
    }

    private void writeBlock(final int kind) throws IOException
    {
        memory.putInt(SnapshotBlock.KIND_OFFSET, kind).putInt(SnapshotBlock.LENGTH_OFFSET, length);
        memory.putInt(SnapshotBlock.CRC_OFFSET, blocks.checksum(number, memory, 0, length));
        memory.limit(SnapshotBlock.HEADER_LENGTH + length).position(0);
        calls.write(channel, file, memory, position);
        memory.clear();

        number++;
        position += SnapshotBlock.HEADER_LENGTH + length;
        length = 0;
        if (position - forcedPosition >= FORCE_INTERVAL)
        {
            calls.force(channel, file);
            forcedPosition = position;
        }
    }
}
