/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.txn.codec.RestoreEnding;
import org.agrona.DirectBuffer;

/**
 * A restore of the whole ensemble from a snapshot, while it is under way. Transactions fill a second tree with the
 * records of the snapshot while the first tree is still being served. When the second tree is whole, it replaces the
 * first. This is replicated state: servers that have applied the same transactions have the same second tree.
 * <p>
 * A snapshot of this server does not contain the second tree, so no snapshot is begun while a restore is open. A server
 * that starts from a snapshot therefore replays either all transactions of a restore or none. The server that received
 * the snapshot from the operator has checked it. If its parts contradict each other nevertheless, the restore is
 * damaged on all servers alike and can only be given up; no server stops.
 */
public final class OpenRestore implements AutoCloseable
{
    /** Id that stands for no restore. */
    public static final long NONE = 0;

    private final DataTree tree;
    private State state = State.NONE;
    private DataTree second;
    private SnapshotLoader loader;
    private RecordJoin records;
    private long id;
    private long server;
    private long beginZxid;
    private long nextPart;
    private long bytes;
    private long endedId;
    private long endedZxid;
    private RestoreEnding ending = RestoreEnding.NONE;

    /** How far a restore has come. */
    public enum State
    {
        /** No restore is open. */
        NONE,
        /** Parts are being applied. */
        FILLING,
        /** The second tree is complete and matches its trailer. */
        WHOLE,
        /** The parts contradict each other; the restore can only be given up. */
        DAMAGED
    }

    OpenRestore(final DataTree tree)
    {
        this.tree = tree;
    }

    void begin(final long restoreId, final long ofServer, final long zxid)
    {
        Invariant.check(restoreId > NONE && state == State.NONE, "a restore begins while another is open");
        id = restoreId;
        server = ofServer;
        beginZxid = zxid;
        nextPart = 0;
        final long before = tree.bytesOfAll();
        second = tree.another();
        loader = new SnapshotLoader(second, new NothingElse());
        loader.onLoadBegin(zxid);
        records = new RecordJoin(this::onRecord);
        bytes = tree.bytesOfAll() - before;
        state = State.FILLING;
    }

    void add(final long restoreId, final long part, final DirectBuffer piece)
    {
        checkOpen(restoreId);
        Invariant.check(part == nextPart, "a part of a restore is applied out of order");
        nextPart++;
        if (state == State.DAMAGED)
        {
            return;
        }

        final long before = tree.bytesOfAll();
        try
        {
            records.add(piece);
            bytes += tree.bytesOfAll() - before;
        }
        catch (final CorruptionException ex)
        {
            release();
            state = State.DAMAGED;
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        check(state == State.FILLING, "a record behind the last one");
        loader.onLoadRecord(buffer, offset, length);
        if (loader.isAtEnd())
        {
            loader.endAsWritten();
            check(second.owned().ephemeralCount() == 0, "an ephemeral znode, and no session is restored");
            state = State.WHOLE;
        }
    }

    private static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new CorruptionException("a restore contradicts itself: " + message);
        }
    }

    void checkWhole(final long restoreId)
    {
        checkOpen(restoreId);
        Invariant.check(state == State.WHOLE, "a restore ends before its tree is whole");
    }

    /** Replaces the first tree with the second, and gives the memory of the first back. */
    void end(final long zxid)
    {
        tree.exchange(second);
        close(RestoreEnding.DONE, zxid);
    }

    void abort(final long restoreId, final RestoreEnding why, final long zxid)
    {
        checkOpen(restoreId);
        close(why, zxid);
    }

    private void checkOpen(final long restoreId)
    {
        Invariant.check(state != State.NONE && restoreId == id, "a transaction is of a restore that is not open");
    }

    private void close(final RestoreEnding how, final long zxid)
    {
        endedId = id;
        endedZxid = zxid;
        ending = how;
        drop();
    }

    /** Forgets the restore, also when another state is being loaded, because no snapshot contains a restore. */
    public void drop()
    {
        release();
        id = NONE;
        state = State.NONE;
    }

    private void release()
    {
        if (second != null)
        {
            second.close();
        }
        second = null;
        loader = null;
        records = null;
        bytes = 0;
    }

    /**
     * How far the restore has come.
     *
     * @return {@link State#NONE} when none is open.
     */
    public State state()
    {
        return state;
    }

    /**
     * Whether a restore is open.
     *
     * @return true from its first transaction to its last.
     */
    public boolean isOpen()
    {
        return state != State.NONE;
    }

    /**
     * Id of the restore that is open.
     *
     * @return its id, {@link #NONE} when none is open.
     */
    public long id()
    {
        return id;
    }

    /**
     * Server that received the snapshot from the operator.
     *
     * @return its id; meaningless when no restore is open.
     */
    public long server()
    {
        return server;
    }

    /**
     * Zxid of the transaction that began the restore.
     *
     * @return its zxid; meaningless when no restore is open.
     */
    public long beginZxid()
    {
        return beginZxid;
    }

    /**
     * Number of the part to be applied next.
     *
     * @return how many parts were applied; meaningless when no restore is open.
     */
    public long nextPart()
    {
        return nextPart;
    }

    /**
     * Memory that the second tree takes. Nobody is served from it, so no limit on what clients make holds for it.
     *
     * @return bytes, zero when no restore is open.
     */
    public long bytes()
    {
        return bytes;
    }

    /**
     * Digest of the second tree, which must be whole.
     *
     * @return the digest.
     */
    public long digest()
    {
        Invariant.check(state == State.WHOLE, "a restore has no digest before it is whole");

        return second.digest();
    }

    /**
     * The last restore that ended on this server during the life of this process.
     *
     * @return its id, {@link #NONE} for none.
     */
    public long endedId()
    {
        return endedId;
    }

    /**
     * Zxid of the transaction that ended that restore.
     *
     * @return its zxid.
     */
    public long endedZxid()
    {
        return endedZxid;
    }

    /**
     * How that restore ended.
     *
     * @return {@link RestoreEnding#DONE} when its tree is now served.
     */
    public RestoreEnding ending()
    {
        return ending;
    }

    @Override
    public void close()
    {
        release();
    }
}
