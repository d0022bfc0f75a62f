/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;
import java.util.List;
import org.agrona.LangUtil;

/** Runs several duties on one thread, in turn. */
public final class Duties implements Duty
{
    private final List<Duty> duties;

    /**
     * Combines duties.
     *
     * @param duties in the order in which they work and close.
     */
    public Duties(final Duty... duties)
    {
        this.duties = List.of(duties);
    }

    @Override
    public int doWork() throws IOException
    {
        int work = 0;
        for (int i = 0; i < duties.size(); i++)
        {
            work += duties.get(i).doWork();
        }

        return work;
    }

    @Override
    public long idleNs()
    {
        long idleNs = UNTIL_WOKEN;
        for (int i = 0; i < duties.size(); i++)
        {
            idleNs = Math.min(idleNs, duties.get(i).idleNs());
        }

        return idleNs;
    }

    @Override
    public boolean expectsWork()
    {
        for (int i = 0; i < duties.size(); i++)
        {
            if (duties.get(i).expectsWork())
            {
                return true;
            }
        }

        return false;
    }

    /** Finishes each duty. If one fails, the later ones are not finished. */
    @Override
    public void finish() throws IOException
    {
        for (final Duty duty : duties)
        {
            duty.finish();
        }
    }

    /**
     * Closes each duty, whatever happens to the others. Then throws the first failure, with the others as suppressed
     * ones.
     */
    @Override
    public void onClose() throws IOException
    {
        Throwable failure = null;
        for (final Duty duty : duties)
        {
            try
            {
                duty.onClose();
            }
            catch (final Throwable ex)
            {
                failure = first(failure, ex);
            }
        }

        if (failure != null)
        {
            LangUtil.rethrowUnchecked(failure);
        }
    }

    private static Throwable first(final Throwable earlier, final Throwable later)
    {
        if (earlier == null)
        {
            return later;
        }

        if (earlier != later)
        {
            earlier.addSuppressed(later);
        }

        return earlier;
    }
}
