/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.quota.QuotaTable;
import io.caracal.engine.snapshot.RecordedSnapshots;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TestTree;
import io.caracal.engine.tree.TreeRoom;
import io.caracal.engine.txn.TxnWriter;
import io.caracal.engine.txn.codec.MessageHeaderEncoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.RestorePartTxnEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a restore, transaction by transaction. */
class OpenRestoreTest
{
    private static final long ID = 77;
    private static final long OTHER_ID = 78;
    private static final long SESSION = 5;
    private static final int PIECE = 512;

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final ExpandableArrayBuffer body = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TxnWriter txn = new TxnWriter(new ExpandableArrayBuffer());
    private final List<String> told = new ArrayList<>();
    private TestTree test;
    private Replica replica;
    private TxnApplier applier;

    @BeforeEach
    void open()
    {
        test = new TestTree(memory.ledger());
        replica = new Replica(test.tree(), new QuotaTable(test.tree(), false));
        applier = new TxnApplier(replica, new Told());
        test.create("/live", "of before");
        replica.lastAppliedZxid(100);
        replica.sessions().add(SESSION, 4000, 1, 0);
    }

    @AfterEach
    void close()
    {
        replica.close();
    }

    @Test
    void shouldPutTheRestoredTreeInPlaceOfTheOther()
    {
        final DataTree tree = replica.tree();
        begin(ID);
        parts(ID, snapshot(3000), PIECE);
        assertEquals(OpenRestore.State.WHOLE, replica.restore().state());
        assertEquals("of before", test.data(test.find("/live")), "nothing is seen of it before its end");
        assertTrue(told.isEmpty());

        end(ID, replica.restore().digest());
        assertEquals(List.of("replacing " + SESSION), told, "sessions are still there when it is told");
        assertEquals(0, replica.sessions().size());
        assertEquals(tree, replica.tree(), "whoever has the tree keeps it");
        assertEquals(DataTree.NONE, test.find("/live"));
        assertEquals("x".repeat(3000), test.data(test.find("/kept/large")));
        assertEquals(List.of("a", "large"), test.children("/kept"));
        assertFalse(replica.restore().isOpen());
        assertEquals(ID, replica.restore().endedId());
        assertEquals(replica.lastAppliedZxid(), replica.restore().endedZxid());
        assertEquals(RestoreEnding.DONE, replica.restore().ending());

        test.createAt("/kept/new", "n", 0, tree.aclId(tree.root()), replica.lastAppliedZxid() + 1, 1);
        assertEquals(List.of("a", "large", "new"), test.children("/kept"));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 3, 5, 64, 1 << 20 })
    void shouldNotMindWhereRecordsAreCut(final int length)
    {
        begin(ID);
        parts(ID, snapshot(100), length);
        assertEquals(OpenRestore.State.WHOLE, replica.restore().state());
    }

    @Test
    void shouldLeaveNothingOfWhatIsGivenUp()
    {
        final long before = memory.ledger().totalBytes();
        final long digest = test.tree().digest();
        begin(ID);
        parts(ID, snapshot(100), PIECE);
        abort(ID, RestoreEnding.SILENT);
        assertEquals(before, memory.ledger().totalBytes());
        assertEquals(digest, test.tree().digest());
        assertEquals(RestoreEnding.SILENT, replica.restore().ending());
        assertEquals(1, replica.sessions().size());

        begin(OTHER_ID);
        assertEquals(OTHER_ID, replica.restore().id());
        replica.restore().drop();
        assertEquals(before, memory.ledger().totalBytes());
    }

    /** Else clients would be refused, and people warned, because somebody restores a snapshot. */
    @Test
    void shouldNotCountAgainstTheLimitOfMemoryWhatNobodyIsServedFrom()
    {
        final TreeRoom room = new TreeRoom(memory.ledger(), replica.restore()::bytes, TreeRoom.UNLIMITED);
        final long before = room.bytes();
        begin(ID);
        assertEquals(before, room.bytes());
        parts(ID, snapshot(3000), PIECE);
        assertEquals(before, room.bytes());
        test.create("/more", "x".repeat(5000));
        final long more = room.bytes();
        assertTrue(more > before + 5000);

        end(ID, replica.restore().digest());
        final long after = room.bytes();
        assertTrue(after > 3000 && after < more, "what is served now: " + after);
        begin(OTHER_ID);
        parts(OTHER_ID, snapshot(100), PIECE);
        abort(OTHER_ID, RestoreEnding.SILENT);
        assertEquals(after, room.bytes());
    }

    @Test
    void shouldCountNothingOfADamagedTree()
    {
        final byte[] damaged = snapshot(100);
        damaged[damaged.length - 9]++;
        final TreeRoom room = new TreeRoom(memory.ledger(), replica.restore()::bytes, TreeRoom.UNLIMITED);
        final long before = room.bytes();
        begin(ID);
        parts(ID, damaged, PIECE);
        assertEquals(OpenRestore.State.DAMAGED, replica.restore().state());

        assertEquals(before, room.bytes());
    }

    @Test
    void shouldStopWhereTheRestoredTreeIsAnotherOne()
    {
        begin(ID);
        parts(ID, snapshot(100), PIECE);
        final long digest = replica.restore().digest();
        assertThrows(BrokenInvariantException.class, () -> end(ID, digest + 1));
        assertTrue(told.isEmpty());
    }

    @Test
    void shouldStopNobodyWhenPartsContradictEachOther()
    {
        final byte[] damaged = snapshot(100);
        damaged[damaged.length - 9]++;
        begin(ID);
        parts(ID, damaged, PIECE);
        assertEquals(OpenRestore.State.DAMAGED, replica.restore().state());
        part(ID, replica.restore().nextPart(), new byte[]{ 1, 2, 3 }, 0, 3);
        abort(ID, RestoreEnding.DAMAGED);
        assertEquals("of before", test.data(test.find("/live")));
    }

    @Test
    void shouldTakeNoEphemeralsAndNothingBehindTheEnd()
    {
        begin(ID);
        parts(ID, snapshotWith("/kept/mine", SESSION), PIECE);
        assertEquals(OpenRestore.State.DAMAGED, replica.restore().state());
        abort(ID, RestoreEnding.DAMAGED);

        final byte[] whole = snapshot(100);
        begin(OTHER_ID);
        parts(OTHER_ID, whole, PIECE);
        part(OTHER_ID, replica.restore().nextPart(), whole, 0, whole.length);
        assertEquals(OpenRestore.State.DAMAGED, replica.restore().state());
    }

    @Test
    void shouldStopAtWhatNoLeaderProposes()
    {
        assertThrows(BrokenInvariantException.class, () -> part(ID, 0, new byte[1], 0, 1));
        assertThrows(BrokenInvariantException.class, () -> end(ID, 0));
        begin(ID);
        assertThrows(BrokenInvariantException.class, () -> begin(OTHER_ID));
        assertThrows(BrokenInvariantException.class, () -> part(ID, 1, new byte[1], 0, 1));
        assertThrows(BrokenInvariantException.class, () -> end(ID, 0));
        assertThrows(BrokenInvariantException.class, () -> abort(OTHER_ID, RestoreEnding.GIVEN_UP));
    }

    @Test
    void shouldExchangeTreesWithAllThatTheyHold()
    {
        try (DataTree other = test.tree().another())
        {
            final long digest = test.tree().digest();
            final long fresh = other.digest();
            assertNotEquals(fresh, digest);
            final long size = test.tree().approximateDataSize();
            test.create("/live/mine", "m", SESSION);
            test.tree().exchange(other);
            assertEquals(fresh, test.tree().digest());
            assertEquals(DataTree.NONE, test.find("/live"));
            assertEquals(List.of(), test.ephemerals(SESSION));
            assertEquals(4, test.tree().nodeCount());
            test.create("/other", "o");
            test.tree().exchange(other);
            assertEquals(List.of("/live/mine"), test.ephemerals(SESSION));
            test.delete("/live/mine");
            assertEquals(size, test.tree().approximateDataSize());
            assertNull(test.data(test.create("/null", null)));
        }
    }

    private byte[] snapshot(final int length)
    {
        return snapshot(length, null, 0);
    }

    private byte[] snapshotWith(final String path, final long owner)
    {
        return snapshot(1, path, owner);
    }

    /** Returns the records of a tree, each preceded by its length. */
    private byte[] snapshot(final int length, final String path, final long owner)
    {
        final long zxid = replica.restore().isOpen() ? replica.restore().beginZxid() : replica.lastAppliedZxid() + 1;
        final RecordedSnapshots store = new RecordedSnapshots();
        try (TestTree source = new TestTree(memory.ledger()))
        {
            source.create("/kept", "k");
            source.create("/kept/a", null);
            source.create("/kept/large", "x".repeat(length));
            if (path != null)
            {
                source.create(path, "e", owner);
            }
            try (SnapshotWalk walk = new SnapshotWalk(store, memory.ledger(), source.tree()))
            {
                assertTrue(walk.begin(zxid));
                while (walk.isRunning())
                {
                    walk.doWork(100, Long.MAX_VALUE);
                }
            }
        }

        return store.joined();
    }

    private void begin(final long id)
    {
        final int length = new RestoreBeginTxnEncoder().wrapAndApplyHeader(body, 0, header).restoreId(id).server(3)
            .fileZxid(9).limit();
        apply(length);
    }

    private void parts(final long id, final byte[] bytes, final int length)
    {
        for (int offset = 0; offset < bytes.length; offset += length)
        {
            part(id, replica.restore().nextPart(), bytes, offset, Math.min(length, bytes.length - offset));
        }
    }

    private void part(final long id, final long number, final byte[] bytes, final int offset, final int length)
    {
        apply(new RestorePartTxnEncoder().wrapAndApplyHeader(body, 0, header).restoreId(id).part(number).putPiece(bytes,
            offset, length).limit());
    }

    private void apply(final int length)
    {
        txn.begin(0, 1, 1, 1, 0, Outcome.NO_DIGEST, 0);
        txn.copied(body, 0, length);
        apply();
    }

    private void end(final long id, final long digest)
    {
        txn.begin(0, 1, 1, 1, 0, Outcome.NO_DIGEST, 0);
        txn.restoreEnd(id, digest, true);
        apply();
    }

    private void abort(final long id, final RestoreEnding why)
    {
        txn.begin(0, 1, 1, 1, 0, Outcome.NO_DIGEST, 0);
        txn.restoreAbort(id, why);
        apply();
    }

    private void apply()
    {
        applier.apply(replica.lastAppliedZxid() + 1, txn.buffer(), 0, txn.length());
    }

    /** Remembers the events. */
    private final class Told implements TxnEvents
    {
        @Override
        public void onCreated(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            told.add("created");
        }

        @Override
        public void onDeleting(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            told.add("deleting");
        }

        @Override
        public void onDataChanged(final long zxid, final DirectBuffer path, final int offset, final int length,
            final long node)
        {
            told.add("changed");
        }

        @Override
        public void onReplacing(final long zxid)
        {
            told.add("replacing " + replica.sessions().first().id());
        }
    }
}
