/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.LostHistoryException;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.SnapshotIntake;
import io.caracal.engine.zab.EpochEnds;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import io.caracal.engine.zab.codec.SnapshotBeginDecoder;
import io.caracal.engine.zab.codec.SnapshotBeginEncoder;
import io.caracal.engine.zab.codec.SnapshotPieceDecoder;
import io.caracal.engine.zab.codec.SnapshotPieceEncoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.SyncBeginEncoder;
import io.caracal.engine.zab.codec.SyncKind;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests when a learner may apply what is committed, and what it leaves behind when its leader is lost midway. */
class LearnerSyncTest
{
    private static final int LENGTH = 8;
    private static final long SNAPSHOT_ZXID = 90;
    private static final UnsafeBuffer RECORD = new UnsafeBuffer(new byte[LENGTH]);

    private final MemoryLedger ledger = new MemoryLedger();
    private final RecordingJournal journal = new RecordingJournal();
    private final ServerLog log = new ServerLog(journal, ledger, 1 << 20);
    private final Intake intake = new Intake();
    private final Tree tree = new Tree();
    private final LearnerSync sync = new LearnerSync(log, intake, tree);

    @BeforeEach
    void begin()
    {
        log.restart(0);
        for (int i = 1; i <= 3; i++)
        {
            assertTrue(log.take(i, RECORD, 0, LENGTH));
        }
    }

    @AfterEach
    void shouldLeaveNoMemory()
    {
        log.close();
        assertEquals(0, ledger.totalBytes());
    }

    private void plan(final SyncKind kind, final long zxid)
    {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        new SyncBeginEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).conversation(1).zxid(zxid)
            .committedZxid(zxid).kind(kind);
        sync.onSyncBegin(new SyncBeginDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder()));
    }

    private void announceSnapshot()
    {
        plan(SyncKind.SNAP, EpochEnds.UNKNOWN);
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        new SnapshotBeginEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).conversation(1)
            .zxid(SNAPSHOT_ZXID).length(2 * LENGTH);
        assertTrue(sync.onSnapshotBegin(new SnapshotBeginDecoder().wrapAndApplyHeader(message, 0,
            new MessageHeaderDecoder())));
    }

    private void piece()
    {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        new SnapshotPieceEncoder().wrapAndApplyHeader(message, 0, new MessageHeaderEncoder()).conversation(1)
            .putBytes(RECORD, 0, LENGTH);
        assertTrue(sync.onSnapshotPiece(new SnapshotPieceDecoder().wrapAndApplyHeader(message, 0,
            new MessageHeaderDecoder())));
    }

    @Test
    void shouldApplyAtOnceWhenTheLeaderHasAllThatIsHere()
    {
        assertFalse(sync.isPrefix(), "the leader has not said so yet");
        plan(SyncKind.DIFF, 3);
        assertNull(sync.problem());
        assertTrue(sync.isPrefix());
    }

    @Test
    void shouldNotGoOnWhereThisHistoryDoesNotEnd()
    {
        plan(SyncKind.DIFF, 2);
        assertNotNull(sync.problem());
        assertFalse(sync.isPrefix());
    }

    @Test
    void shouldApplyNothingBeforeTheLogIsCut()
    {
        journal.mayBeCut = true;
        journal.isFull = true;
        plan(SyncKind.TRUNC, 2);
        sync.doWork();
        assertEquals(3, log.lastZxid(), "the journal cannot take the order yet");
        assertFalse(sync.isPrefix());

        journal.isFull = false;
        sync.doWork();
        assertEquals(2, log.lastZxid());
        assertFalse(sync.isPrefix(), "not cut on disk yet");
        assertFalse(sync.isInterruptible());
        log.onTruncated(2);
        sync.onTruncated(2);
        assertTrue(sync.isPrefix());
        assertTrue(sync.isInterruptible());
    }

    @ParameterizedTest
    @EnumSource(names = { "TRUNC", "SNAP" })
    void shouldNeverGiveUpWhatIsApplied(final SyncKind kind)
    {
        log.onCommitted(2);
        assertEquals(2, log.deliver(2, (zxid, buffer, offset, length) -> true));
        final String refusal = assertThrows(LostHistoryException.class, () -> plan(kind, 1)).getMessage();
        assertFalse(tree.isReplacing);
        assertTrue(refusal.startsWith("the leader lacks what was committed and applied here: "), refusal);
        assertTrue(refusal.contains("0x1") && refusal.contains("0x2"), refusal);
        assertEquals(3, log.lastZxid());
    }

    /** As when it was away for so many epochs that the leader has forgotten them. */
    @Test
    void shouldTakeASnapshotOfALeaderThatDoesNotKnowWhatBothHave()
    {
        log.onCommitted(2);
        assertEquals(2, log.deliver(2, (zxid, buffer, offset, length) -> true));
        plan(SyncKind.SNAP, EpochEnds.UNKNOWN);
        assertNull(sync.problem());
        assertTrue(tree.isReplacing);
    }

    /** Else the store would take no other snapshot, and this server could never be synchronized again. */
    @Test
    void shouldGiveUpASnapshotThatDoesNotComeWhole()
    {
        announceSnapshot();
        piece();
        assertFalse(sync.isPrefix());
        sync.close();
        assertEquals(1, intake.aborted);
    }

    @Test
    void shouldGiveUpASnapshotWhoseInstallationTheStoreCannotBeginYet()
    {
        announceSnapshot();
        piece();
        piece();
        sync.doWork();
        sync.close();
        assertEquals(1, intake.aborted);
    }

    @Test
    void shouldNotGiveUpASnapshotThatIsBeingInstalledOrLoaded()
    {
        announceSnapshot();
        piece();
        piece();
        intake.isReady = true;
        sync.doWork();
        assertFalse(sync.isInterruptible());
        assertFalse(sync.isPrefix());
        sync.onReceived(SNAPSHOT_ZXID);
        assertFalse(sync.isInterruptible());
        assertFalse(sync.isPrefix(), "not loaded yet");
        tree.isLoaded = true;
        sync.doWork();
        assertTrue(sync.isInterruptible());
        assertTrue(sync.isPrefix());
        sync.close();
        assertEquals(0, intake.aborted);
    }

    private static final class Intake implements SnapshotIntake
    {
        private boolean isReady;
        private int aborted;

        @Override
        public boolean beginReceive(final long zxid, final long length)
        {
            return true;
        }

        @Override
        public boolean receive(final DirectBuffer buffer, final int offset, final int length)
        {
            return true;
        }

        @Override
        public boolean endReceive()
        {
            return isReady;
        }

        @Override
        public void abortReceive()
        {
            aborted++;
        }
    }

    private static final class Tree implements TreeTarget
    {
        private boolean isReplacing;
        private boolean isLoaded;

        @Override
        public void onReplacing()
        {
            isReplacing = true;
        }

        @Override
        public void onReplaced()
        {
            // It loads nothing.
        }

        @Override
        public int load()
        {
            return 0;
        }

        @Override
        public boolean isLoaded()
        {
            return isLoaded;
        }
    }
}
