/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.port.SnapshotHandler;
import io.caracal.engine.port.SnapshotSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps the records of the last snapshot, and refuses on request. */
public final class RecordedSnapshots implements SnapshotSink
{
    final List<byte[]> records = new ArrayList<>();
    int acceptedWrites = Integer.MAX_VALUE;
    boolean acceptsBegin = true;
    boolean acceptsFinish = true;
    boolean isFinished;
    int aborts;
    long zxid;
    long recordCount;
    long digest;

    @Override
    public boolean begin(final long newZxid)
    {
        if (acceptsBegin)
        {
            records.clear();
            isFinished = false;
            zxid = newZxid;
        }

        return acceptsBegin;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int length)
    {
        if (acceptedWrites == 0)
        {
            return false;
        }
        acceptedWrites--;
        final byte[] record = new byte[length];
        buffer.getBytes(offset, record);
        records.add(record);

        return true;
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int length)
    {
        return write(buffer, offset, length);
    }

    @Override
    public boolean finish(final long newRecordCount, final long newDigest)
    {
        recordCount = newRecordCount;
        digest = newDigest;
        isFinished = acceptsFinish;

        return acceptsFinish;
    }

    @Override
    public void abort()
    {
        aborts++;
        records.clear();
    }

    /** Returns all records, each preceded by its length in four bytes, as a restore sends them. */
    public byte[] joined()
    {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final byte[] record : records)
        {
            final UnsafeBuffer length = new UnsafeBuffer(new byte[Integer.BYTES]);
            length.putInt(0, record.length, ByteOrder.LITTLE_ENDIAN);
            bytes.writeBytes(length.byteArray());
            bytes.writeBytes(record);
        }

        return bytes.toByteArray();
    }

    void load(final SnapshotHandler handler)
    {
        handler.onLoadBegin(zxid);
        deliver(handler, records.size());
        handler.onLoadEnd(zxid, recordCount, digest);
    }

    void deliver(final SnapshotHandler handler, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            handler.onLoadRecord(new UnsafeBuffer(records.get(i)), 0, records.get(i).length);
        }
    }
}
