/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.RequestSamples;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.txn.TxnWriter;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A preparer of a leader with one session and an empty tree. */
class PreparerFixture
{
    static final int ANY_VERSION = -1;
    static final long SESSION = 7;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    final SessionTable sessions = new SessionTable();
    final Session session = sessions.add(SESSION, 4000, 1, 0);
    final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    TestTree tree;
    TreeRoom room;
    OutstandingChanges changes;
    Preparer preparer;
    private long zxid = 1000;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        changes = new OutstandingChanges(tree.tree(), sessions, memory.ledger());
        room = new TreeRoom(memory.ledger(), () -> 0, TreeRoom.UNLIMITED);
        preparer = new Preparer(tree.tree(), changes, AclSettings.defaults(), new QuotaTable(tree.tree(), false),
            room, new PrepareSettings(true, false, 1 << 20), txn, () -> 1 << 20);
    }

    @AfterEach
    void close()
    {
        changes.close();
        tree.close();
    }

    /** Prepares a request of a session and returns the error in its transaction, which is neither proposed nor not. */
    int prepare(final Session of, final int opCode, final Consumer<JuteWriter> body)
    {
        final byte[] request = RequestSamples.bytes(body);
        final RequestContext context = new RequestContext().of(of.id(), new Identities(), 0).from(1, 0);
        begin(of);

        return preparer.prepare(opCode, new UnsafeBuffer(request), 0, request.length, of, context);
    }

    void begin(final Session of)
    {
        txn.begin(of.id(), 1000, 1, 1, 0, 0, 0);
    }

    int set(final Session of, final String path, final int expectedVersion)
    {
        return prepare(of, OpCode.SET_DATA, writer -> RequestSamples.text(RequestSamples.text(writer, path), "y")
            .writeInt(expectedVersion));
    }

    int delete(final Session of, final String path)
    {
        return prepare(of, OpCode.DELETE, writer -> RequestSamples.text(writer, path).writeInt(ANY_VERSION));
    }

    /** Proposes what was prepared. */
    void propose()
    {
        changes.commit(++zxid);
    }
}
