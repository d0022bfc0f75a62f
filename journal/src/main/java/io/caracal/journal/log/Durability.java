/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.duty.Doorbell;

/**
 * How far the log is safe: written by the journal thread, read by the engine's and the bulk thread. Reported is what
 * the engine may count on; forced is what truly lies on the device. They differ only when forcing is switched off.
 */
public final class Durability
{
    private static final long NOBODY = Long.MAX_VALUE;

    private final Doorbell journal;
    private final Doorbell bulk;
    private volatile long reportedZxid;
    private volatile long forcedZxid;
    private volatile long awaitedZxid = NOBODY;

    /**
     * Creates it.
     *
     * @param journal wakes the journal thread.
     * @param bulk    wakes the bulk thread.
     */
    public Durability(final Doorbell journal, final Doorbell bulk)
    {
        this.journal = journal;
        this.bulk = bulk;
    }

    /**
     * Whether the log is on the device up to a zxid. If not, the journal forces even where it would not have, and wakes
     * the bulk thread when it is so. Bulk thread.
     *
     * @param zxid which.
     * @return true when a power cut would leave it.
     */
    public boolean isForced(final long zxid)
    {
        if (forcedZxid >= zxid)
        {
            awaitedZxid = NOBODY;
            return true;
        }

        if (awaitedZxid != zxid)
        {
            awaitedZxid = zxid;
            journal.ring();
        }

        return forcedZxid >= zxid;
    }

    long reportedZxid()
    {
        return reportedZxid;
    }

    long forcedZxid()
    {
        return forcedZxid;
    }

    /** Whether somebody waits for a force up to a zxid that was appended. Journal thread. */
    boolean isForceAwaited(final long appendedZxid)
    {
        final long awaited = awaitedZxid;
        return awaited <= appendedZxid && forcedZxid < awaited;
    }

    void forced(final long zxid)
    {
        forcedZxid = zxid;
        reportedZxid = zxid;

        if (awaitedZxid <= zxid)
        {
            bulk.ring();
        }
    }

    void reported(final long zxid)
    {
        reportedZxid = zxid;
    }
}
