/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.snapshot.SnapshotLoader;
import org.agrona.DirectBuffer;

/**
 * Start-up: the newest whole snapshot, then the journal after it, in bounded bites. The only voter's history is
 * committed by
 * definition, so everything is applied.
 */
final class Starting extends NotServing implements Role, ReplayHandler
{
    private final Node node;
    private final SnapshotStore snapshots;
    private final Journal journal;
    private final SnapshotLoader loader;
    private boolean isReplayed;

    Starting(final Node node, final SnapshotStore snapshots, final Journal journal, final SnapshotLoader loader)
    {
        this.node = node;
        this.snapshots = snapshots;
        this.journal = journal;
        this.loader = loader;
    }

    @Override
    public String roleName()
    {
        return "starting";
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        if (!loader.isLoaded())
        {
            final int records = snapshots.load(loader);
            if (loader.isLoaded())
            {
                node.onSnapshotLoaded(loader.zxid());
            }
            return records + 1;
        }

        return journal.replay(loader.zxid(), this) + 1;
    }

    @Override
    public void onRecord(final long zxid, final DirectBuffer buffer, final int offset, final int length)
    {
        node.apply(zxid, buffer, offset, length);
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        Invariant.check(lastZxid == node.replica().lastAppliedZxid(), "replay did not end where the journal ends");
        isReplayed = true;
    }

    @Override
    public int onDurable(final long zxid)
    {
        return 0;
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return nowNs;
    }

    @Override
    public Role next()
    {
        return isReplayed ? new Looking(node, node.epochs()) : this;
    }

    @Override
    public void close()
    {
        // Owns nothing.
    }
}
