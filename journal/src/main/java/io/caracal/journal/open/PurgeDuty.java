/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.open;

import io.caracal.journal.JournalEvents;
import io.caracal.journal.catchup.CatchUpDuty;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.log.Retention;
import io.caracal.journal.snapshot.FileSnapshotStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Purges on the bulk thread when asked: snapshots first, then the segments that nobody needs. */
final class PurgeDuty implements Duty
{
    private final FileSnapshotStore snapshots;
    private final Retention retention;
    private final CatchUpDuty reads;
    private final JournalEvents events;
    private final AtomicInteger requestedCount = new AtomicInteger();

    PurgeDuty(final FileSnapshotStore snapshots, final Retention retention, final CatchUpDuty reads,
        final JournalEvents events)
    {
        this.snapshots = snapshots;
        this.retention = retention;
        this.reads = reads;
        this.events = events;
    }

    /** Requests a purge, replacing a request that is still waiting. May be called by any thread. */
    void request(final int retainCount)
    {
        requestedCount.set(retainCount);
    }

    @Override
    public int doWork() throws IOException
    {
        final int retainCount = requestedCount.getAndSet(0);
        if (retainCount == 0)
        {
            return 0;
        }

        try
        {
            final int files = snapshots.purge(retainCount);
            final int segments = retention.forget(snapshots.oldestKept(retainCount), reads.neededZxid());
            events.onPurged(files, segments);
        }
        catch (final NoDescriptorException ex)
        {
            events.onRemoveFailed("old history", ex);
            events.onPurged(0, 0);
        }

        return 1;
    }

    @Override
    public long idleNs()
    {
        return UNTIL_WOKEN;
    }

    @Override
    public void onClose()
    {
        requestedCount.set(0);
    }
}
