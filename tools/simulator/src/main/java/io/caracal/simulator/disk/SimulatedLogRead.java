/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CatchUpHandler;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/** A read of the log. Records are read ahead into a bounded queue, from which they are delivered. */
final class SimulatedLogRead implements SimulatedRead
{
    private static final int DELIVER_LIMIT = 64;

    private final SimulatedDisk disk;
    private final long readId;
    private final ArrayDeque<StoredRecord> ahead = new ArrayDeque<>();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private long aheadBytes;
    private long readZxid;
    private long upToZxid;
    private boolean isAllRead;
    private boolean isEndTold;
    private boolean isClosed;

    SimulatedLogRead(final SimulatedDisk disk, final long readId, final long afterZxid, final long upToZxid)
    {
        this.disk = disk;
        this.readId = readId;
        this.readZxid = afterZxid;
        this.upToZxid = upToZxid;
    }

    void extend(final long newUpToZxid)
    {
        Invariant.check(newUpToZxid >= upToZxid, "a read of the log is extended backwards");
        upToZxid = newUpToZxid;
        isAllRead = false;
        isEndTold = false;
    }

    @Override
    public long readId()
    {
        return readId;
    }

    @Override
    public boolean readAhead() throws ReadFailure
    {
        if (disk.baseZxid > readZxid)
        {
            throw new ReadFailure("the log begins after the record that is needed", 0);
        }

        final long before = readZxid;
        while (readZxid < upToZxid && aheadBytes < disk.faults.catchUpLength())
        {
            final StoredRecord next = disk.recordAfter(readZxid);
            if (next == null || next.zxid > upToZxid)
            {
                isAllRead = next != null;
                break;
            }

            if (!next.isWhole())
            {
                throw new ReadFailure("a record is damaged", next.zxid);
            }

            ahead.add(next);
            aheadBytes += next.bytes.length;
            readZxid = next.zxid;
        }

        isAllRead |= readZxid >= upToZxid;
        return readZxid > before;
    }

    @Override
    public int deliver(final CatchUpHandler handler)
    {
        int count = 0;
        while (count < DELIVER_LIMIT && !isClosed && !ahead.isEmpty())
        {
            final StoredRecord next = ahead.peek();
            view.wrap(next.bytes);
            if (!handler.onRecord(readId, next.zxid, view, 0, next.bytes.length))
            {
                return count;
            }

            ahead.poll();
            aheadBytes -= next.bytes.length;
            count++;
        }

        if (!isClosed && ahead.isEmpty() && isAllRead && !isEndTold)
        {
            isEndTold = true;
            handler.onReadEnd(readId);
            count++;
        }

        return count;
    }

    @Override
    public long neededZxid()
    {
        return readZxid;
    }

    @Override
    public void close()
    {
        isClosed = true;
        ahead.clear();
    }
}
