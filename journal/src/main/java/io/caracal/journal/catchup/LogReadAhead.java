/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.catchup;

import io.caracal.journal.JournalContext;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.log.LogReader;
import io.caracal.journal.log.LogReader.Step;
import java.io.IOException;

/** Passes on records of the log up to the requested zxid, and further when that moves on. */
final class LogReadAhead extends ReadAhead
{
    private static final int TURN_LENGTH = 256 * 1024;
    private static final long NOWHERE = -1;

    /** The cost of a step beside the bytes of its record, so that many small records end a turn as well. */
    private static final int STEP_COST = 64;

    private final LogReader reader;
    private long passedOnZxid;
    private long toldEndZxid = NOWHERE;
    private boolean isPending;

    LogReadAhead(final OpenRead read, final JournalContext context, final ChronicleJournal journal, final long nowNs)
    {
        super(read, context.catchUpRingLength(), nowNs);
        reader = journal.reader(read.afterZxid());
        passedOnZxid = read.afterZxid();
    }

    @Override
    int readAhead() throws IOException
    {
        final long upToZxid = read().upToZxid();
        int bytes = 0;

        while (bytes < TURN_LENGTH && passedOnZxid < upToZxid)
        {
            if (!isPending)
            {
                final Step step = reader.step();
                if (step == Step.WAITS)
                {
                    return bytes;
                }

                bytes += STEP_COST + reader.length();
                isPending = step == Step.RECORD;
            }

            if (isPending && (reader.zxid() > upToZxid || !passOn()))
            {
                break;
            }
        }

        return bytes + tellEnd(upToZxid);
    }

    @Override
    long readZxid()
    {
        return passedOnZxid;
    }

    @Override
    long unreadableZxid()
    {
        return reader.lastZxidHere(read().upToZxid());
    }

    @Override
    void closeSource() throws IOException
    {
        reader.close();
    }

    private boolean passOn()
    {
        if (!ring().offer(OpenRead.RECORD, reader.zxid(), 0, reader.buffer(), reader.offset(), reader.length()))
        {
            return false;
        }

        passedOnZxid = reader.zxid();
        isPending = false;
        return true;
    }

    /** Reports the end once for each requested zxid, which need not be that of a record. */
    private int tellEnd(final long upToZxid)
    {
        final boolean isReached = passedOnZxid >= upToZxid || (isPending && reader.zxid() > upToZxid);
        if (!isReached || toldEndZxid == upToZxid || !ring().offer(OpenRead.END, upToZxid, 0))
        {
            return 0;
        }

        toldEndZxid = upToZxid;
        return 1;
    }
}
