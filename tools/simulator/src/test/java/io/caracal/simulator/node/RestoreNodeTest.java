/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.operator.codec.MessageHeaderDecoder;
import io.caracal.engine.operator.codec.RestoreRecordDecoder;
import io.caracal.engine.operator.codec.RestoreState;
import io.caracal.engine.port.Count;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.engine.txn.codec.BooleanType;
import io.caracal.engine.txn.codec.MessageHeaderEncoder;
import io.caracal.engine.txn.codec.RestoreBeginTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEndTxnEncoder;
import io.caracal.engine.txn.codec.RestoreEnding;
import io.caracal.engine.txn.codec.RestorePartTxnEncoder;
import io.caracal.simulator.run.JoinedRecords;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** How a leader handles the steps of a restore. */
class RestoreNodeTest
{
    private static final int OK = 0;
    private static final int NO_NODE = -101;
    private static final int EXISTS = 3;
    private static final int SILENCE_MAX_MS = 61_000;

    private final MemoryDisk disk = new MemoryDisk();
    private final ExpandableArrayBuffer step = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void shouldServeTheRestoredTreeAndNobodyOfBefore()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient before = node.connect();
            before.create("/before", "b", 0);
            node.settle();
            final RestoreRecordDecoder begun = begin(node, 1, 0);
            assertEquals(RestoreState.FILLING, begun.state());
            part(node, 1, 0, records(begun.beginZxid()));
            assertEquals(RestoreState.WHOLE, look(node).state());
            final RestoreRecordDecoder ended = end(node, 1);
            assertEquals(1, ended.endedId());
            assertEquals(RestoreEnding.DONE.value(), ended.ending());
            assertTrue(before.end.isEnded(), "a connection outlives its tree");

            final WireClient after = node.connect();
            after.readPath(EXISTS, "/before", false);
            after.create("/after", "a", 0);
            node.settle();
            assertEquals(NO_NODE, after.reply().error());
            assertEquals(OK, after.reply().error());
            final WireClient back = new WireClient(node);
            back.handshake(before.sessionId, before.password, 10_000);
            assertEquals(0, back.sessionId, "a session outlives its tree");
        }

        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            client.readPath(EXISTS, "/before", false);
            client.readPath(EXISTS, "/after", false);
            node.settle();
            assertEquals(NO_NODE, client.reply().error());
            assertEquals(OK, client.reply().error());
            assertEquals(RestoreState.NONE, look(node).state());
        }
    }

    /** They ended with the tree, so nothing is logged or told of them when their time would have been over. */
    @Test
    void shouldNotLetSessionsExpireThatEndedWithTheirTree()
    {
        try (TestNode node = new TestNode(disk))
        {
            node.connect();
            part(node, 1, 0, records(begin(node, 1, 0).beginZxid()));
            assertEquals(1, end(node, 1).endedId());
            final long zxid = node.events.lastZxid;
            node.runMs(30_000);
            assertEquals(zxid, node.events.lastZxid);
            assertNull(node.events.counts.get(Count.SESSIONS_EXPIRED));
        }
    }

    @Test
    void shouldPrepareNothingBehindAnEndBeforeItIsApplied()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient before = node.connect();
            before.create("/before", "b", 0);
            node.settle();
            part(node, 1, 0, records(begin(node, 1, 0).beginZxid()));
            disk.isForcing = false;
            final long zxid = node.events.lastZxid;
            end(node, 1);
            assertEquals(zxid + 1, node.events.lastZxid);
            before.setData("/before", "c", -1);
            node.run(100);
            assertEquals(zxid + 1, node.events.lastZxid, "prepared on a tree that is about to go");

            disk.isForcing = true;
            node.settle();
            assertTrue(before.end.isEnded());
            assertEquals(1, look(node).endedId());
        }
    }

    @Test
    void shouldPassOverWhatDoesNotComeNext()
    {
        try (TestNode node = new TestNode(disk))
        {
            final byte[] records = records(begin(node, 1, 0).beginZxid());
            final int half = records.length / 2;
            final byte[] rest = Arrays.copyOfRange(records, half, records.length);
            part(node, 1, 1, rest);
            part(node, 2, 0, rest);
            assertEquals(0, look(node).nextPart());
            part(node, 1, 0, Arrays.copyOf(records, half));
            part(node, 1, 0, rest);
            assertEquals(1, look(node).nextPart());
            assertEquals(0, end(node, 1).endedId(), "ends before it is whole");
            assertEquals(1, begin(node, 2, 0).restoreId(), "two at once");
            part(node, 1, 1, rest);
            assertEquals(0, end(node, 2).endedId());
            assertEquals(1, end(node, 1).endedId());
            assertEquals(0, begin(node, 1, 0).restoreId(), "begins again what has ended");
        }
    }

    @Test
    void shouldGiveUpWhatNobodyGoesOnWith()
    {
        try (TestNode node = new TestNode(disk))
        {
            final long before = node.ledger.totalBytes();
            begin(node, 1, 0);
            node.runMs(SILENCE_MAX_MS / 2);
            assertEquals(1, look(node).restoreId());
            node.runMs(SILENCE_MAX_MS);
            final RestoreRecordDecoder ended = look(node);
            assertEquals(0, ended.restoreId());
            assertEquals(RestoreEnding.SILENT.value(), ended.ending());
            assertEquals(before, node.ledger.totalBytes());
            assertEquals(2, begin(node, 2, 0).restoreId());
        }
    }

    @Test
    void shouldGiveUpWhatIsDamaged()
    {
        try (TestNode node = new TestNode(disk))
        {
            begin(node, 1, 0);
            part(node, 1, 0, new byte[]{ 1, 0, 0, 0, 0 });
            assertEquals(RestoreState.DAMAGED, look(node).state());
            final RestoreRecordDecoder ended = end(node, 1);
            assertEquals(RestoreEnding.DAMAGED.value(), ended.ending());
            assertEquals(RestoreState.NONE, ended.state());
        }
    }

    @Test
    void shouldMakeNoTransactionOfWhatIsNotWhole()
    {
        try (TestNode node = new TestNode(disk))
        {
            final int length = new RestoreBeginTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(1).server(0)
                .fileZxid(0).limit();
            for (int cut = 1; cut < length; cut++)
            {
                assertEquals(RestoreState.NONE, ask(node, cut).state());
            }
            assertEquals(RestoreState.NONE, begin(node, 0, 0).state());
            assertEquals(RestoreState.NONE, begin(node, -1, 0).state());

            begin(node, 1, 0);
            final int partLength = new RestorePartTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(1).part(0)
                .putPiece(new byte[20], 0, 20).limit();
            for (int cut = 1; cut < partLength; cut++)
            {
                assertEquals(0, ask(node, cut).nextPart());
            }
            assertEquals(1, ask(node, partLength).nextPart());
        }
    }

    @Test
    void shouldGoOnInAnEpochThatIsLaterThanTheFile()
    {
        try (TestNode node = new TestNode(disk))
        {
            final WireClient client = node.connect();
            final long fileZxid = (9L << Integer.SIZE) + 5;
            assertNotEquals(1, begin(node, 1, fileZxid).restoreId());
            node.run(200);
            final RestoreRecordDecoder begun = begin(node, 1, fileZxid);
            assertEquals(1, begun.restoreId());
            assertTrue(begun.beginZxid() > fileZxid, "zxids of the file come to mean something else");
            client.create("/a", "a", 0);
            node.settle();
            assertEquals(OK, client.reply().error());
            assertFalse(client.end.isEnded(), "nobody need notice before the end");
        }
    }

    private RestoreRecordDecoder begin(final TestNode node, final long id, final long fileZxid)
    {
        return ask(node, new RestoreBeginTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).server(0)
            .fileZxid(fileZxid).limit());
    }

    private RestoreRecordDecoder part(final TestNode node, final long id, final long number, final byte[] piece)
    {
        return ask(node, new RestorePartTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).part(number)
            .putPiece(piece, 0, piece.length).limit());
    }

    private RestoreRecordDecoder end(final TestNode node, final long id)
    {
        return ask(node, new RestoreEndTxnEncoder().wrapAndApplyHeader(step, 0, header).restoreId(id).digest(0)
            .hasDigest(BooleanType.F).limit());
    }

    private RestoreRecordDecoder look(final TestNode node)
    {
        return ask(node, 0);
    }

    /** Sends a step, and returns the status once nothing is left to do. */
    private RestoreRecordDecoder ask(final TestNode node, final int length)
    {
        final byte[] bytes = new byte[length];
        step.getBytes(0, bytes);
        node.operators.restoreSteps.add(bytes);
        node.settle();
        node.operators.restoreSteps.add(new byte[0]);
        node.settle();
        final byte[] record = node.operators.records.get(node.operators.records.size() - 1);

        return new RestoreRecordDecoder().wrapAndApplyHeader(new UnsafeBuffer(record), 0, new MessageHeaderDecoder());
    }

    /** The records of a fresh tree, as a restore sends them. */
    private static byte[] records(final long zxid)
    {
        final MemoryLedger ledger = new MemoryLedger();
        try (DataTree tree = new DataTree(ledger, new TreeOptions(1, true, new EphemeralOwner(true, false))))
        {
            return JoinedRecords.of(tree, ledger, zxid);
        }
    }
}
