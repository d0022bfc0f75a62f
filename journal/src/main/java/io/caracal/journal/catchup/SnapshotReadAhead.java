/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.JournalContext;
import io.caracal.journal.snapshot.FileSnapshotStore;
import io.caracal.journal.snapshot.SnapshotBytes;
import java.io.IOException;

/** Passes on the bytes of the newest snapshot file. The log after that snapshot stays as long as the read is open. */
final class SnapshotReadAhead extends ReadAhead
{
    private static final int TURN_LENGTH = 256 * 1024;

    private final FileSnapshotStore snapshots;
    private SnapshotBytes bytes;
    private int pending;
    private boolean isEnd;
    private boolean isEndTold;

    SnapshotReadAhead(final OpenRead read, final JournalContext context, final FileSnapshotStore snapshots,
        final long nowNs)
    {
        super(read, context.catchUpRingLength(), nowNs);
        this.snapshots = snapshots;
    }

    @Override
    int readAhead() throws IOException
    {
        int count = bytes == null ? open() : 0;
        while (count < TURN_LENGTH && !isEnd)
        {
            if (pending == 0)
            {
                pending = bytes.next(ring().chunkLength());
                count += pending;
                isEnd = pending == 0;
            }

            if (pending > 0 && !ring().offer(OpenRead.BYTES, 0, 0, bytes.piece(), 0, pending))
            {
                return count;
            }

            pending = 0;
        }

        return count + tellEnd();
    }

    @Override
    long readZxid()
    {
        return bytes == null ? read().afterZxid() : bytes.zxid();
    }

    @Override
    long unreadableZxid()
    {
        return 0;
    }

    @Override
    void closeSource() throws IOException
    {
        if (bytes != null)
        {
            final SnapshotBytes closing = bytes;
            bytes = null;
            closing.close();
        }
    }

    /** Opens the file. The ring is empty at this point, so it has room for the message. */
    private int open() throws IOException
    {
        bytes = snapshots.newestBytes();
        ring().offer(OpenRead.SNAPSHOT, bytes.zxid(), bytes.length());
        return 1;
    }

    private int tellEnd()
    {
        if (!isEnd || isEndTold)
        {
            return 0;
        }

        isEndTold = ring().offer(OpenRead.END, read().upToZxid(), 0);
        return isEndTold ? 1 : 0;
    }
}
