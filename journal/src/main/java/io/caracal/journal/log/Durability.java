/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.duty.Doorbell;

/**
 * How far the log is durable. Written by the journal thread, read by the engine's thread and the bulk thread. Records
 * up to the reported zxid are those on which the engine may rely; records up to the forced zxid really are on the
 * device. The two differ only if forcing is switched off.
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
     * Creates an instance for a log of which nothing is durable yet.
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
     * Whether the log is on the device up to a zxid. If not, the journal thread is asked to force even if it would not
     * have, and it wakes the bulk thread when that is done. Called on the bulk thread.
     *
     * @param zxid which.
     * @return true when the record would survive a power cut.
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

    /** Whether somebody waits for a force up to a zxid that was appended. Called on the journal thread. */
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
