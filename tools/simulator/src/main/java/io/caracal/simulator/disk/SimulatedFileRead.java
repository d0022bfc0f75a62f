/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;

/** A read of a snapshot file. The file remains while the read is open, even if its name is removed. */
final class SimulatedFileRead implements SimulatedRead
{
    private static final int DELIVER_LIMIT = 4;

    private final SimulatedDisk disk;
    private final long readId;
    private final StoredSnapshot snapshot;
    private int readPosition;
    private int position;
    private boolean isBeginTold;
    private boolean isEndTold;
    private boolean isClosed;

    SimulatedFileRead(final SimulatedDisk disk, final long readId, final StoredSnapshot snapshot)
    {
        this.disk = disk;
        this.readId = readId;
        this.snapshot = snapshot;
    }

    @Override
    public long readId()
    {
        return readId;
    }

    @Override
    public boolean readAhead()
    {
        final int before = readPosition;
        readPosition = Math.min(snapshot.file.length, position + disk.faults.catchUpLength());
        return readPosition > before;
    }

    @Override
    public int deliver(final CatchUpHandler handler)
    {
        int count = 0;
        if (!isBeginTold && readPosition > 0)
        {
            isBeginTold = true;
            handler.onSnapshotBegin(readId, snapshot.zxid, snapshot.file.length);
            count++;
        }

        while (count < DELIVER_LIMIT && !isClosed && position < readPosition)
        {
            final int length = Math.min(CatchUp.PIECE_LENGTH_MAX, readPosition - position);
            if (!handler.onSnapshotBytes(readId, snapshot.view(), position, length))
            {
                return count;
            }

            position += length;
            count++;
        }

        if (!isClosed && position == snapshot.file.length && !isEndTold)
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
        return snapshot.zxid;
    }

    @Override
    public void close()
    {
        isClosed = true;
    }
}
