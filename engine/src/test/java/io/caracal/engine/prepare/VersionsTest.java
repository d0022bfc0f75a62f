/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.acl.AclSettings;
import io.caracal.engine.acl.Identities;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.protocol.ErrorCode;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.RequestSamples;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.SetDataTxnDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the versions of a znode that changes billions of times. */
class VersionsTest
{
    private static final int ANY = -1;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();
    private final SessionTable sessions = new SessionTable();
    private final Session session = sessions.add(7, 4000, 1, 0);
    private final RequestContext context = new RequestContext().of(7, new Identities(), 0).from(1, 0);
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    private TestTree tree;
    private OutstandingChanges changes;
    private Preparer preparer;

    @BeforeEach
    void open()
    {
        tree = new TestTree(memory.ledger());
        changes = new OutstandingChanges(tree.tree(), sessions, memory.ledger());
        preparer = new Preparer(tree.tree(), changes, AclSettings.defaults(), new QuotaTable(tree.tree(), false),
            new PrepareSettings(true, false, 1 << 20), txn, () -> 1 << 20);
        tree.create("/a", "x");
    }

    @AfterEach
    void close()
    {
        changes.close();
        tree.close();
    }

    private int set(final int expectedVersion)
    {
        txn.begin(7, 1000, 1, 1, 0, 0, 0);
        final byte[] request = RequestSamples.bytes(writer -> RequestSamples.text(RequestSamples.text(writer, "/a"),
            "y")
            .writeInt(expectedVersion));

        return preparer.prepare(OpCode.SET_DATA, new UnsafeBuffer(request), 0, request.length, session, context);
    }

    private int newVersion()
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        final int body = new TxnHeaderDecoder().wrapAndApplyHeader(txn.buffer(), 0, header).limit();

        return new SetDataTxnDecoder().wrapAndApplyHeader(txn.buffer(), body, header).newVersion();
    }

    /** A request for version -1 changes a znode of any version, so no znode may ever have that version. */
    @ParameterizedTest
    @CsvSource({ "0,1", "2147483647,-2147483648", "-3,-2", "-2,0" })
    void shouldWrapAndLeaveOutTheOneThatStandsForAny(final int before, final int after)
    {
        tree.setDataAt("/a", "x", before, tree.zxid() + 1, 1000);

        assertEquals(ErrorCode.OK, set(before));
        assertEquals(after, newVersion());
    }

    @Test
    void shouldRefuseWhoMissedAChangeBeforeTheWrap()
    {
        tree.setDataAt("/a", "x", ANY - 1, tree.zxid() + 1, 1000);
        assertEquals(ErrorCode.OK, set(ANY - 1));
        changes.commit(1);

        assertEquals(ErrorCode.BAD_VERSION, set(ANY - 1));
        assertEquals(ErrorCode.OK, set(0));
    }
}
