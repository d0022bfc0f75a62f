/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.Invariant;
import java.util.Arrays;

/**
 * The last zxid of each epoch in which anything was logged. A leader uses this table to find the last transaction that
 * its history shares with that of a learner. Counters have no gaps within an epoch, so a zxid is in the history if and
 * only if it is not after the end of its epoch; one row per epoch is enough to decide that. The number of rows is
 * bounded: the oldest are forgotten, and questions about forgotten epochs are answered with {@link #UNKNOWN}.
 */
public final class EpochEnds
{
    /** Returned by {@link #floor} when the epoch in question is no longer remembered. */
    public static final long UNKNOWN = -1;

    /** Largest number of epochs that are remembered. */
    public static final int ROWS_MAX = 1024;

    private final long[] ends = new long[ROWS_MAX];
    private int count;
    private boolean isComplete = true;

    /**
     * Forgets everything, because another history is being loaded.
     *
     * @param isFromTheBeginning whether the rows that follow begin with the first epoch ever.
     */
    public void restart(final boolean isFromTheBeginning)
    {
        count = 0;
        isComplete = isFromTheBeginning;
    }

    /**
     * Records that a transaction was logged.
     *
     * @param zxid later than every one before.
     */
    public void onLogged(final long zxid)
    {
        if (count > 0 && Zxid.epoch(ends[count - 1]) == Zxid.epoch(zxid))
        {
            Invariant.check(zxid > ends[count - 1], "an epoch ends before it does");
            ends[count - 1] = zxid;
            return;
        }

        if (count == ROWS_MAX)
        {
            System.arraycopy(ends, 1, ends, 0, ROWS_MAX - 1);
            count--;
            isComplete = false;
        }
        ends[count++] = zxid;
    }

    /**
     * Removes everything after a zxid, because the log was truncated there.
     *
     * @param zxid last one that stays.
     */
    public void truncate(final long zxid)
    {
        while (count > 0 && Zxid.epoch(ends[count - 1]) > Zxid.epoch(zxid))
        {
            count--;
        }
        if (count > 0 && Zxid.epoch(ends[count - 1]) == Zxid.epoch(zxid))
        {
            ends[count - 1] = Math.min(ends[count - 1], zxid);
            count -= Zxid.counter(ends[count - 1]) == 0 ? 1 : 0;
        }
    }

    /**
     * The last zxid of this history that is not after a given zxid.
     *
     * @param zxid any, also one that is not in this history.
     * @return zxid of a transaction of this history, 0 for its beginning, or {@link #UNKNOWN}.
     */
    public long floor(final long zxid)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            final long end = ends[i];
            if (end <= zxid)
            {
                return end;
            }
            if (Zxid.epoch(end) == Zxid.epoch(zxid) && Zxid.counter(zxid) > 0)
            {
                return zxid;
            }
        }

        return zxid >= 0 && isComplete ? 0 : UNKNOWN;
    }

    /**
     * Number of transactions of this history in a range.
     *
     * @param afterZxid beginning of the range, exclusive; returned by {@link #floor}, so that everything after it is
     *                  known.
     * @param upToZxid  end of the range, inclusive; not before {@code afterZxid}.
     * @return zero or more.
     */
    public long countBetween(final long afterZxid, final long upToZxid)
    {
        long sum = 0;
        for (int i = count - 1; i >= 0 && ends[i] > afterZxid; i--)
        {
            final long epoch = Zxid.epoch(ends[i]);
            if (epoch <= Zxid.epoch(upToZxid))
            {
                final long first = epoch == Zxid.epoch(afterZxid) ? Zxid.counter(afterZxid) : 0;
                sum += Zxid.counter(Math.min(ends[i], upToZxid)) - first;
            }
        }

        return sum;
    }

    /**
     * The rows up to a zxid, to be stored in a snapshot of the state at that zxid.
     *
     * @param zxid of a transaction of this history.
     * @return ends of epochs, ascending; a new array.
     */
    public long[] upTo(final long zxid)
    {
        final long[] rows = new long[count];
        int rowCount = 0;
        for (int i = 0; i < count && Zxid.epoch(ends[i]) <= Zxid.epoch(zxid); i++)
        {
            rows[rowCount++] = Math.min(ends[i], zxid);
        }

        return Arrays.copyOf(rows, rowCount);
    }

    /**
     * Whether the table has no rows: nothing was logged, or nothing is known about it.
     *
     * @return true without rows.
     */
    public boolean isEmpty()
    {
        return count == 0;
    }

    /**
     * Whether the first row is that of the first epoch ever.
     *
     * @return false once earlier rows were forgotten, or when they were not known from the start.
     */
    public boolean isComplete()
    {
        return isComplete;
    }
}
