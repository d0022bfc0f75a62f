/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.codec.SyncKind;
import io.caracal.engine.zab.sync.LeaderSync;
import io.caracal.engine.zab.sync.SnapshotChoice;
import org.agrona.DirectBuffer;

/** The synchronizations that a leader has under way, one for each learner that is being brought up to date. */
final class LeaderSyncs implements CatchUpHandler
{
    /** Approximate bytes that a znode takes in a snapshot besides its path and data. */
    private static final long ZNODE_LENGTH = 128;

    private final Node node;
    private final CatchUp catchUp;
    private final SnapshotChoice choice;
    private final LeaderSync[] syncs;

    LeaderSyncs(final Node node)
    {
        this.node = node;
        catchUp = node.context().catchUp();
        choice = node.context().snapshotChoice();
        syncs = new LeaderSync[node.members().size()];
    }

    void begin(final LearnerLink learner, final long epoch)
    {
        final LeaderSync sync = new LeaderSync(learner, epoch, node.log(), catchUp, node.sender(),
            spared -> learner.takesSnapshot && choice.isWorthwhile(spared, snapshotLength()));
        learner.getsSnapshot = sync.plan().kind() == SyncKind.SNAP;
        if (learner.getsSnapshot)
        {
            node.events().onNotice(sync.isChosen() ? "a learner is sent a snapshot, shorter than what it lacks" :
                "a learner is sent a snapshot, the log does not reach back to what it has", learner.serverId);
        }
        if (learner.getsSnapshot && catchUp.snapshotZxid() == CatchUp.NONE)
        {
            node.snapshots().demand();
        }
        syncs[node.links().indexOf(learner.serverId)] = sync;
    }

    /** Approximate length in bytes of a snapshot of the present tree. */
    private long snapshotLength()
    {
        final ReadableTree tree = node.replica().tree();

        return tree.approximateDataSize() + ZNODE_LENGTH * tree.nodeCount();
    }

    /** Ends the synchronization of a learner that is gone or attaches anew. */
    void end(final long server)
    {
        final int index = node.links().indexOf(server);
        if (index >= 0 && syncs[index] != null)
        {
            syncs[index].close();
            syncs[index] = null;
        }
    }

    /** How much was sent to a learner for its synchronization. */
    long sentCount(final long server)
    {
        final LeaderSync sync = syncs[node.links().indexOf(server)];

        return sync == null ? 0 : sync.sentCount();
    }

    /** Whether a learner waits for a snapshot that this server has to make first. */
    boolean isPreparing(final long server)
    {
        final LeaderSync sync = syncs[node.links().indexOf(server)];

        return sync != null && sync.isPreparing();
    }

    int doWork()
    {
        if (node.isAlone())
        {
            return 0;
        }

        int work = catchUp.poll(this);
        for (int i = 0; i < syncs.length; i++)
        {
            if (syncs[i] != null)
            {
                work += syncs[i].doWork();
                work += endIfOver(i);
            }
        }

        return work;
    }

    private int endIfOver(final int index)
    {
        final boolean isFailed = syncs[index].isFailed();
        if (!isFailed && !syncs[index].isDone())
        {
            return 0;
        }

        syncs[index].close();
        syncs[index] = null;
        if (isFailed)
        {
            node.context().peers().close(node.members().serverId(index));
        }

        return 1;
    }

    private LeaderSync of(final long readId)
    {
        final int index = node.links().indexOf(LeaderSync.serverOf(readId));

        return index < 0 ? null : syncs[index];
    }

    @Override
    public boolean onRecord(final long readId, final long zxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final LeaderSync sync = of(readId);

        return sync == null || sync.onRecord(zxid, buffer, offset, length);
    }

    @Override
    public void onSnapshotBegin(final long readId, final long zxid, final long length)
    {
        final LeaderSync sync = of(readId);
        if (sync != null)
        {
            sync.onSnapshotBegin(zxid, length);
        }
    }

    @Override
    public boolean onSnapshotBytes(final long readId, final DirectBuffer buffer, final int offset, final int length)
    {
        final LeaderSync sync = of(readId);

        return sync == null || sync.onSnapshotBytes(buffer, offset, length);
    }

    @Override
    public void onReadEnd(final long readId)
    {
        final LeaderSync sync = of(readId);
        if (sync != null)
        {
            sync.onReadEnd();
        }
    }

    @Override
    public void onReadFailed(final long readId, final boolean isUnreadable)
    {
        if (isUnreadable)
        {
            // A newer snapshot gets the next attempt past what is damaged.
            node.snapshots().demand();
        }

        final LeaderSync sync = of(readId);
        if (sync != null)
        {
            sync.onReadFailed();
        }
    }

    void close()
    {
        for (int i = 0; i < syncs.length; i++)
        {
            end(node.members().serverId(i));
        }
    }
}
