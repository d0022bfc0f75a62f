/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.apply.TxnApplier;
import io.caracal.engine.apply.TxnEvents;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.AclTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.txn.TxnWriter;
import java.util.ArrayDeque;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A leader without log and followers: what it proposes is applied when its test says so. */
final class TestLeader implements AutoCloseable
{
    private final Replica replica;
    private final OutstandingChanges changes;
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    private final Preparer preparer;
    private final TxnApplier applier;
    private final ArrayDeque<byte[]> underWay = new ArrayDeque<>();
    private Session closing;
    private int result;
    private long proposedZxid;
    private long appliedZxid;

    /** Does nothing. */
    private static final class NoEvents implements TxnEvents
    {
        @Override
        public void onCreated(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // Nobody watches.
        }

        @Override
        public void onDeleting(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // Nobody watches.
        }

        @Override
        public void onDataChanged(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            // Nobody watches.
        }
    }

    /** Makes a leader with an empty tree and sessions 1 to the given number. */
    TestLeader(final MemoryLedger ledger, final int sessions)
    {
        final DataTree tree = new TestTree(ledger).tree();
        final QuotaTable quotas = new QuotaTable(tree, false);
        replica = new Replica(tree, quotas);
        for (int i = 1; i <= sessions; i++)
        {
            replica.sessions().add(i, 4000, 1, 0);
        }
        changes = new OutstandingChanges(tree, replica.sessions(), ledger);
        preparer = new Preparer(tree, changes, AclSettings.defaults(), quotas, new TreeRoom(ledger, () -> 0,
            TreeRoom.UNLIMITED), new PrepareSettings(true, false, 1 << 20), txn, () -> 1 << 20);
        applier = new TxnApplier(replica, new NoEvents());
    }

    DataTree tree()
    {
        return replica.tree();
    }

    OutstandingChanges changes()
    {
        return changes;
    }

    /** How many transactions are proposed and not applied. */
    int underWay()
    {
        return underWay.size();
    }

    /** Prepares a request; {@link #propose} or {@link #drop} follows. */
    void prepare(final int opCode, final long sessionId, final Identities who, final DirectBuffer request)
    {
        final RequestContext context = new RequestContext().of(sessionId, who, who.count()).from(1, 0);
        txn.begin(sessionId, 1000 + proposedZxid, 1, 1, 0, 0, 0);
        result = preparer.prepare(opCode, request, 0, request.capacity(), replica.sessions().find(sessionId), context);
    }

    /** Prepares the end of a session that has not ended. */
    void close(final long sessionId)
    {
        closing = replica.sessions().find(sessionId);
        txn.begin(sessionId, 1000 + proposedZxid, 1, 1, 0, 0, 0);
        preparer.prepareClose(closing, false);
        result = 0;
    }

    /** What was prepared last, as text. */
    String prepared()
    {
        return result + " " + HexFormat.of().formatHex(bytes());
    }

    private byte[] bytes()
    {
        final byte[] bytes = new byte[txn.length()];
        txn.buffer().getBytes(0, bytes);

        return bytes;
    }

    void propose()
    {
        closing = null;
        underWay.add(bytes());
        changes.commit(++proposedZxid);
    }

    /** What was prepared last cannot be proposed. */
    void drop()
    {
        changes.rollback();
        if (closing != null)
        {
            closing.notClosing();
            closing = null;
        }
    }

    /** Applies the oldest transaction that is under way. */
    void apply()
    {
        final UnsafeBuffer next = new UnsafeBuffer(underWay.remove());
        appliedZxid++;
        applier.apply(appliedZxid, next, 0, next.capacity(), changes.guess(appliedZxid));
        changes.onApplied(appliedZxid);
    }

    /** Gives back the reference of each znode to its ACL, whereupon there is no ACL left. The tree is then broken. */
    void assertZnodesAloneHoldTheAcls()
    {
        final AclTable acls = tree().acls();
        release(acls, tree().root());
        assertEquals(0, acls.count());
    }

    private void release(final AclTable acls, final long node)
    {
        for (long child = tree().firstChild(node); child != DataTree.NONE; child = tree().nextSibling(child))
        {
            release(acls, child);
        }
        acls.release(tree().aclId(node));
    }

    @Override
    public void close()
    {
        changes.close();
        replica.close();
    }
}
