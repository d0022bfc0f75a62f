/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.tree.DataTree;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes snapshots: walks the tree and the other parts of the state in slices while writes go on. When the store refuses
 * a record, the walk waits. When it refuses a before-image, the walk is given up, because writes do not wait for a
 * snapshot. Owned by the engine's thread.
 */
public final class SnapshotWalk implements SnapshotOutput, AutoCloseable
{
    private static final int BUFFER_LENGTH_MIN = 64 * 1024;

    private final SnapshotSink store;
    private final MemoryLedger ledger;
    private final DataTree tree;
    private final TreeSource treeSource;
    private final SnapshotSource[] sources;
    private final SnapshotRecords records = new SnapshotRecords();
    private State state = State.IDLE;
    private UnsafeBuffer buffer;
    private int source;
    private long room;
    private long byteRoom;
    private long byteCount;
    private long recordCount;
    private long znodeCount;
    private long digest;
    private long zxid;

    /** The steps of a walk. */
    private enum State
    {
        /** No walk runs. */
        IDLE,
        /** Slices of the sources and before-images are being written. */
        WALKING,
        /** Everything except the trailer is written. */
        CLOSING,
        /** The trailer is written; the store has yet to be told that this is all. */
        FINISHING
    }

    /**
     * Creates a walk that has not begun.
     *
     * @param store   takes the records.
     * @param ledger  counts the memory of a walk.
     * @param tree    the tree.
     * @param sources the other parts of a snapshot, written in this order; the tree comes last.
     */
    public SnapshotWalk(final SnapshotSink store, final MemoryLedger ledger, final DataTree tree,
        final SnapshotSource... sources)
    {
        this.store = store;
        this.ledger = ledger;
        this.tree = tree;
        treeSource = new TreeSource(tree);
        this.sources = new SnapshotSource[sources.length + 1];
        System.arraycopy(sources, 0, this.sources, 0, sources.length);
        this.sources[sources.length] = treeSource;
    }

    /**
     * Begins a snapshot of the state as it is now.
     *
     * @param atZxid last transaction that the state contains.
     * @return false when the store refused: the caller may try again later.
     */
    public boolean begin(final long atZxid)
    {
        Invariant.check(state == State.IDLE, "a snapshot begins while another is under way");
        if (!store.begin(atZxid))
        {
            return false;
        }

        state = State.WALKING;
        zxid = atZxid;
        source = 0;
        recordCount = 0;
        byteCount = 0;
        room = Long.MAX_VALUE;
        byteRoom = Long.MAX_VALUE;
        znodeCount = tree.nodeCount();
        digest = tree.digest();
        final int walk = treeSource.begin();
        boolean isTaken = write(records.header(this, atZxid, tree));
        for (int i = 0; isTaken && i < sources.length; i++)
        {
            isTaken = sources[i].onWalkBegin(this, walk);
        }
        if (!isTaken)
        {
            abort();
        }

        return isTaken;
    }

    /**
     * Does a bounded piece of work.
     *
     * @param recordLimit most records to write, 1 or more.
     * @param byteLimit   no further record is begun after this many bytes, 1 or more.
     * @return records written, or 1 when the walk only passed places without a znode; 0 when the store refused, or
     *         nothing was left.
     */
    public int doWork(final int recordLimit, final long byteLimit)
    {
        final long before = recordCount;
        room = recordLimit;
        byteRoom = byteLimit;
        if (state == State.WALKING)
        {
            walkSources();
        }
        if (state == State.CLOSING && hasRoom() && write(records.trailer(this, znodeCount, digest)))
        {
            state = State.FINISHING;
        }
        if (state == State.FINISHING && store.finish(recordCount, digest))
        {
            end();
        }

        // A walk that has room left and is not at its end stopped among places without znodes. It must be called again.
        final int gap = state == State.WALKING && hasRoom() ? 1 : 0;
        return Math.max((int)(recordCount - before), gap);
    }

    private void walkSources()
    {
        while (source < sources.length && sources[source].walk(this))
        {
            source++;
        }
        if (source == sources.length)
        {
            Invariant.check(treeSource.written() == znodeCount, "the walk missed a znode or wrote one twice");
            state = State.CLOSING;
            endSources();
        }
    }

    @Override
    public MutableDirectBuffer buffer(final int length)
    {
        if (buffer == null || buffer.capacity() < length)
        {
            releaseBuffer();
            final int capacity = Math.max(BUFFER_LENGTH_MIN, BitUtil.align(length, BUFFER_LENGTH_MIN));
            buffer = ledger.allocate(MemoryTag.SNAPSHOT, capacity);
        }

        return buffer;
    }

    @Override
    public boolean hasRoom()
    {
        return room > 0 && byteRoom > 0;
    }

    @Override
    public boolean write(final int length)
    {
        if (room == 0 || !store.write(buffer, 0, length))
        {
            room = 0;

            return false;
        }
        room--;
        byteRoom -= length;
        count(length);

        return true;
    }

    @Override
    public boolean writeBeforeImage(final int length)
    {
        Invariant.check(state == State.WALKING, "a before-image outside a walk");
        if (!store.writeBeforeImage(buffer, 0, length))
        {
            abort();

            return false;
        }
        count(length);

        return true;
    }

    private void count(final int length)
    {
        byteCount += length;
        recordCount++;
    }

    /**
     * Whether a snapshot is under way.
     *
     * @return true from {@link #begin} until the store has all of it or it was given up.
     */
    public boolean isRunning()
    {
        return state != State.IDLE;
    }

    /**
     * Size of the records of the snapshot under way, or of the last one.
     *
     * @return bytes, before-images included.
     */
    public long byteCount()
    {
        return byteCount;
    }

    /** Gives up the snapshot under way. Has no effect when there is none. */
    public void abort()
    {
        if (state != State.IDLE)
        {
            store.abort();
            stop();
        }
    }

    /**
     * The store reported that a snapshot failed. The walk stops if it is still under way for that snapshot.
     *
     * @param failedZxid as reported.
     */
    public void onFailed(final long failedZxid)
    {
        if (state != State.IDLE && failedZxid == zxid)
        {
            stop();
        }
    }

    private void stop()
    {
        if (state == State.WALKING)
        {
            endSources();
        }
        end();
    }

    private void endSources()
    {
        for (final SnapshotSource each : sources)
        {
            each.onWalkEnd();
        }
    }

    private void end()
    {
        state = State.IDLE;
        releaseBuffer();
    }

    private void releaseBuffer()
    {
        if (buffer != null)
        {
            ledger.free(MemoryTag.SNAPSHOT, buffer);
            buffer = null;
        }
    }

    @Override
    public void close()
    {
        abort();
    }
}
