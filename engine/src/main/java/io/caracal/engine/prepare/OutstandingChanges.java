/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.tree.ReadableTree;
import java.util.ArrayList;
import org.agrona.DirectBuffer;

/**
 * The tree as it will be once everything proposed is applied: an overlay over the applied tree, with a record for each
 * znode that is changed by transactions proposed but not applied yet.
 * <p>
 * A request changes some records. Then the caller calls {@link #commit} if the request was proposed, or
 * {@link #rollback} if it was refused or a part of a multi failed. When a transaction is applied, the records that it
 * was the last to change are removed, because the tree itself now contains the change. While {@link #isFull}, the
 * leader prepares no further request of a client.
 */
public final class OutstandingChanges implements AutoCloseable
{
    /**
     * Number of records from which on no further request of a client is prepared. The ring of proposals has room for
     * ten times as many short changes in long multis, and a record takes some 200 bytes of the heap.
     */
    public static final int RECORDS_MAX = 1 << 18;

    private final ReadableTree tree;
    private final SessionTable sessions;
    private final ChangeTable records;
    private final EphemeralRecords ephemerals = new EphemeralRecords();
    private final TouchQueue touched = new TouchQueue();
    private final ArrayList<Undo> undos = new ArrayList<>();
    private int undoCount;
    private long request = 1;

    /**
     * Creates an empty overlay.
     *
     * @param tree     the applied tree.
     * @param sessions the applied sessions, which tell whether the owner of an ephemeral is about to end.
     * @param ledger   books of native memory.
     */
    public OutstandingChanges(final ReadableTree tree, final SessionTable sessions, final MemoryLedger ledger)
    {
        this.tree = tree;
        this.sessions = sessions;
        records = new ChangeTable(ledger);
    }

    /**
     * Number of znodes that are changed by transactions under way.
     *
     * @return zero or more.
     */
    public int size()
    {
        return records.size();
    }

    /**
     * Whether there are so many records that requests have to wait until some are applied.
     *
     * @return true from {@link #RECORDS_MAX} records on.
     */
    public boolean isFull()
    {
        return records.size() >= RECORDS_MAX;
    }

    /** The applied sessions. */
    SessionTable sessions()
    {
        return sessions;
    }

    /**
     * Looks up the state that a znode will have once everything proposed so far is applied. Returns false when it will
     * not exist.
     */
    boolean lookup(final DirectBuffer path, final int offset, final int pathLength, final ZnodeState state)
    {
        final int length = lengthOfKey(path, offset, pathLength);
        state.pathHash = tree.hash(path, offset, length);
        state.record = records.find(state.pathHash, path, offset, length);
        if (state.record != null)
        {
            state.copyFrom(state.record.state);
        }
        else
        {
            copyFromTree(state.pathHash, path, offset, length, state);
        }

        if (state.exists && isOwnerClosing(state.ephemeralOwner))
        {
            state.missing();
        }

        return state.exists;
    }

    private void copyFromTree(final int hash, final DirectBuffer path, final int offset, final int length,
        final ZnodeState state)
    {
        final long node = tree.findHashed(hash, path, offset, length);
        if (node == ReadableTree.NONE)
        {
            state.missing();
        }
        else
        {
            state.copyFrom(tree, node);
        }
    }

    /** An ephemeral counts as gone as soon as the end of its session is prepared. */
    private boolean isOwnerClosing(final long ephemeralOwner)
    {
        if (!tree.ownerKinds().isSession(ephemeralOwner))
        {
            return false;
        }

        final Session session = sessions.find(ephemeralOwner);

        return session != null && session.isClosing();
    }

    /**
     * Returns the record of a znode, which the request under way may change through {@code change.state}. The ACL must
     * be changed by {@link #acl}, and existence and owner by {@link #born} and {@link #gone} only.
     */
    Change change(final DirectBuffer path, final int offset, final int pathLength)
    {
        final int length = lengthOfKey(path, offset, pathLength);
        final int hash = tree.hash(path, offset, length);
        final Change found = records.find(hash, path, offset, length);

        return touch(found != null ? found : add(hash, path, offset, length, null), found == null);
    }

    /**
     * Like {@link #change}, for a znode that exists and that the request under way has just looked up, with no change
     * since then. Neither the record nor the znode has to be found again.
     */
    Change changeKnown(final DirectBuffer path, final int offset, final int pathLength, final ZnodeState known)
    {
        final int length = lengthOfKey(path, offset, pathLength);
        final Change found = known.record;

        return touch(found != null ? found : add(known.pathHash, path, offset, length, known), found == null);
    }

    private Change touch(final Change change, final boolean isNew)
    {
        if (isNew)
        {
            nextUndo().remember(change, true);
        }
        else if (change.request != request)
        {
            nextUndo().remember(change, false);
            acquireAcl(change.state);
        }
        change.request = request;

        return change;
    }

    private Undo nextUndo()
    {
        if (undoCount == undos.size())
        {
            undos.add(new Undo());
        }

        return undos.get(undoCount++);
    }

    /** Marks the znode as created: new and without children. */
    void born(final Change change, final int aclId, final int dataLength, final long ephemeralOwner)
    {
        releaseAcl(change.state);
        unlinkFromOwner(change);
        final ZnodeState state = change.state;
        state.missing();
        state.exists = true;
        state.aclId = aclId;
        state.dataLength = dataLength;
        state.ephemeralOwner = ephemeralOwner;
        acquireAcl(state);
        linkToOwner(change);
    }

    /** Marks the znode as deleted. */
    void gone(final Change change)
    {
        releaseAcl(change.state);
        unlinkFromOwner(change);
        change.state.missing();
    }

    /** Gives the znode another ACL. */
    void acl(final Change change, final int aclId)
    {
        final int old = change.state.aclId;
        change.state.aclId = aclId;
        tree.acls().acquire(aclId);
        tree.acls().release(old);
    }

    private void acquireAcl(final ZnodeState state)
    {
        if (state.exists)
        {
            tree.acls().acquire(state.aclId);
        }
    }

    private void releaseAcl(final ZnodeState state)
    {
        if (state.exists)
        {
            tree.acls().release(state.aclId);
        }
    }

    private void linkToOwner(final Change change)
    {
        if (isEphemeral(change.state))
        {
            ephemerals.add(change);
        }
    }

    private void unlinkFromOwner(final Change change)
    {
        if (isEphemeral(change.state))
        {
            ephemerals.remove(change);
        }
    }

    private boolean isEphemeral(final ZnodeState state)
    {
        return state.exists && tree.ownerKinds().isSession(state.ephemeralOwner);
    }

    /**
     * Visits each record of an existing ephemeral that belongs to a session. The visitor may change records of znodes
     * that are no ephemerals.
     */
    void forEachEphemeralOf(final long sessionId, final ChangeVisitor visitor)
    {
        Change change = ephemerals.first(sessionId);
        while (change != null)
        {
            visitor.onChange(change);
            change = change.nextOwned;
        }
    }

    /** Whether a path has a record of its own, not only a state in the tree. */
    boolean hasRecord(final DirectBuffer path, final int offset, final int pathLength)
    {
        final int length = lengthOfKey(path, offset, pathLength);

        return records.find(tree.hash(path, offset, length), path, offset, length) != null;
    }

    /**
     * Keeps the changes of the request under way, which was proposed.
     *
     * @param zxid of its transaction.
     */
    public void commit(final long zxid)
    {
        for (int i = 0; i < undoCount; i++)
        {
            final Undo undo = undos.get(i);
            undo.change.lastZxid = zxid;
            touched.add(zxid, undo.change);
            if (!undo.isNew)
            {
                releaseAcl(undo.state);
            }
            undo.change = null;
        }
        undoCount = 0;
        request++;
    }

    /** Undoes the changes of the request under way, which was refused. */
    public void rollback()
    {
        while (undoCount > 0)
        {
            final Undo undo = undos.get(--undoCount);
            final Change change = undo.change;
            undo.change = null;
            if (undo.isNew)
            {
                remove(change);
            }
            else
            {
                releaseAcl(change.state);
                unlinkFromOwner(change);
                change.state.copyFrom(undo.state);
                linkToOwner(change);
            }
        }
        request++;
    }

    /**
     * Guesses where in the tree the first znode that a transaction changes is: where it was found when its record was
     * made. The znode may have been deleted since then, and another one may be in its place.
     *
     * @param zxid of the next transaction to be applied.
     * @return a guess for {@link ReadableTree#find(long, DirectBuffer, int, int)}.
     */
    public long guess(final long zxid)
    {
        final Change change = touched.peek(zxid);

        return change == null ? ReadableTree.NONE : change.state.node;
    }

    /**
     * Removes the records that a transaction was the last to change. It was applied, so the tree itself contains the
     * changes.
     *
     * @param zxid of the transaction.
     */
    public void onApplied(final long zxid)
    {
        Change change = touched.poll(zxid);
        while (change != null)
        {
            if (change.lastZxid == zxid)
            {
                remove(change);
            }
            change = touched.poll(zxid);
        }
    }

    private Change add(final int hash, final DirectBuffer path, final int offset, final int length,
        final ZnodeState known)
    {
        final Change change = records.add(hash, path, offset, length);
        if (known == null)
        {
            copyFromTree(hash, path, offset, length, change.state);
        }
        else
        {
            change.state.copyFrom(known);
        }
        acquireAcl(change.state);
        linkToOwner(change);

        return change;
    }

    private void remove(final Change change)
    {
        releaseAcl(change.state);
        unlinkFromOwner(change);
        records.remove(change);
    }

    /** The root is written as {@code /} or as the empty path; its only record has the empty path. */
    private static int lengthOfKey(final DirectBuffer path, final int offset, final int length)
    {
        return length == 1 && path.getByte(offset) == '/' ? 0 : length;
    }

    /**
     * Ends the leadership. All records are dropped, together with what was prepared for sessions, because a transaction
     * that is not applied by now may never be.
     */
    @Override
    public void close()
    {
        rollback();
        sessions.forgetPrepared();
        while (records.first() != null)
        {
            remove(records.first());
        }
        Invariant.check(ephemerals.isEmpty(), "outstanding changes do not add up");
        records.close();
    }
}
