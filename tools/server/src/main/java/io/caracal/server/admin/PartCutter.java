/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import io.caracal.engine.port.SnapshotSink;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a snapshot into the parts of a restore and hands them over. The snapshot is a sequence of records, each preceded
 * by its length.
 */
final class PartCutter implements SnapshotSink
{
    private final UnsafeBuffer part;
    private final Consumer<byte[]> parts;
    private final UnsafeBuffer head = new UnsafeBuffer(new byte[Integer.BYTES]);
    private int length;

    /**
     * Creates a cutter.
     *
     * @param partLength length in bytes of each part except the last.
     * @param parts      receives the parts in order.
     */
    PartCutter(final int partLength, final Consumer<byte[]> parts)
    {
        part = new UnsafeBuffer(new byte[partLength]);
        this.parts = parts;
    }

    @Override
    public boolean begin(final long zxid)
    {
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int recordLength)
    {
        head.putInt(0, recordLength, ByteOrder.LITTLE_ENDIAN);
        append(head, 0, Integer.BYTES);
        append(buffer, offset, recordLength);

        return true;
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int recordLength)
    {
        throw new IllegalStateException("the tree of an upload changes while it is sent");
    }

    private void append(final DirectBuffer buffer, final int offset, final int count)
    {
        int done = 0;
        while (done < count)
        {
            final int taken = Math.min(count - done, part.capacity() - length);
            part.putBytes(length, buffer, offset + done, taken);
            length += taken;
            done += taken;
            if (length == part.capacity())
            {
                handOver();
            }
        }
    }

    private void handOver()
    {
        if (length > 0)
        {
            final byte[] piece = new byte[length];
            part.getBytes(0, piece);
            length = 0;
            parts.accept(piece);
        }
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        handOver();

        return true;
    }

    @Override
    public void abort()
    {
        length = 0;
    }
}
