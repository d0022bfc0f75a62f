/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.zab.CommitsAhead;
import org.agrona.DirectBuffer;

/**
 * The role at start-up. Loads the newest complete snapshot and then replays the journal after it, a bounded part in
 * each duty cycle. Transactions that were known to be committed when the journal was written are applied. The others
 * wait for a leader, which may be this server itself.
 */
final class Starting implements Role, ReplayHandler
{
    private final Node node;
    private final SnapshotStore snapshots;
    private final Journal journal;
    private final SnapshotLoader loader;
    private int waiting;
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

        final int records = journal.replay(loader.zxid(), this);
        apply();

        return records + 1;
    }

    @Override
    public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (!node.log().history().hasRoom(length))
        {
            apply();
        }

        node.log().onReplayed(zxid, committedZxid, buffer, offset, length);
        if (++waiting == CommitsAhead.PROPOSALS_MAX)
        {
            apply();
        }
    }

    /** Applies several transactions at a time, so that the znodes that they concern are prefetched together. */
    private void apply()
    {
        waiting = 0;
        node.applying().replay();
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        Invariant.check(lastZxid == node.log().lastZxid(), "replay did not end where the journal ends");
        isReplayed = true;
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return nowNs;
    }

    @Override
    public Role next()
    {
        return isReplayed ? new Looking(node) : this;
    }

    @Override
    public String reason()
    {
        return "own history is loaded";
    }

    @Override
    public void close()
    {
        // Owns nothing.
    }
}
