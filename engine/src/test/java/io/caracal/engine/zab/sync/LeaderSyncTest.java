/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;
import io.caracal.engine.zab.LearnerLink;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import io.caracal.engine.zab.SoundLink;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.SyncBeginDecoder;
import io.caracal.engine.zab.codec.SyncKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests a leader that reads from a disk which notes what it is asked for. */
class LeaderSyncTest
{
    private static final long SERVER = 3;
    private static final long SNAPSHOT_READ = (1L << 32) | SERVER;
    private static final UnsafeBuffer RECORD = new UnsafeBuffer(new byte[16]);

    private final MemoryLedger ledger = new MemoryLedger();
    private final ServerLog log = new ServerLog(new RecordingJournal(), ledger, 1 << 20);
    private final Disk disk = new Disk();
    private final SoundLink link = new SoundLink();
    private LongPredicate isSnapshotShorter = spared -> false;
    private final LearnerLink learner = new LearnerLink(SERVER, 1, true, 0);

    @AfterEach
    void shouldLeaveNoMemory()
    {
        log.close();
        assertEquals(0, ledger.totalBytes());
    }

    private LeaderSync begin(final long learnerZxid, final int logged)
    {
        log.restart(0);
        for (int i = 1; i <= logged; i++)
        {
            assertTrue(log.propose(i, RECORD, 0, RECORD.capacity()));
        }
        learner.lastZxid = learnerZxid;

        return new LeaderSync(learner, 1, log, disk, new PeerSender(link), isSnapshotShorter);
    }

    private static void run(final LeaderSync sync)
    {
        while (sync.doWork() > 0)
        {
            assertEquals(false, sync.isFailed());
        }
    }

    @Test
    void shouldReadNothingForALearnerThatHasEverything()
    {
        final LeaderSync sync = begin(20, 20);
        run(sync);
        assertTrue(sync.isDone());
        assertEquals(20, learner.joinedZxid);
        assertEquals(List.of("close " + SNAPSHOT_READ), disk.asked);
    }

    @Test
    void shouldFixTheEndOnlyWhenItIsNear()
    {
        final LeaderSync sync = begin(0, 5000);
        run(sync);
        assertEquals("log 3 after 0 up to 5000", disk.asked.get(0));
        for (int i = 5001; i <= 9000; i++)
        {
            assertTrue(log.propose(i, RECORD, 0, RECORD.capacity()));
        }
        sync.onReadEnd();
        assertEquals("extend 3 to 9000", disk.asked.get(2));
        assertTrue(log.propose(9001, RECORD, 0, RECORD.capacity()));
        sync.onReadEnd();
        assertEquals("extend 3 to 9001", disk.asked.get(3));
        sync.onReadEnd();
        run(sync);
        assertTrue(sync.isDone());
        assertEquals(9001, learner.joinedZxid);
    }

    /** While the disk refuses to read, so much is proposed that the end is far away again. */
    @Test
    void shouldNotFixAnEndWhoseReadIsRefused()
    {
        disk.isRefusing = true;
        final LeaderSync sync = begin(10, 20);
        run(sync);
        for (int i = 21; i <= 2000; i++)
        {
            assertTrue(log.propose(i, RECORD, 0, RECORD.capacity()));
        }
        disk.isRefusing = false;
        run(sync);
        assertEquals("log 3 after 10 up to 2000", disk.asked.get(1));
        assertTrue(log.propose(2001, RECORD, 0, RECORD.capacity()));
        sync.onReadEnd();
        assertEquals("extend 3 to 2001", disk.asked.get(3));
        sync.onReadEnd();
        run(sync);
        assertTrue(sync.isDone());
        assertEquals(2001, learner.joinedZxid);
    }

    @Test
    void shouldSendASnapshotThatIsMuchShorter()
    {
        disk.snapshotZxid = 4000;
        isSnapshotShorter = spared -> spared == 3900;
        final LeaderSync sync = begin(100, 5000);
        run(sync);
        assertEquals(new SyncPlan(SyncKind.SNAP, 4000), sync.plan());
        assertTrue(sync.isChosen());
        assertEquals(List.of("snapshot " + SNAPSHOT_READ), disk.asked);
    }

    /** The learner may have applied more than that, which the snapshot would take from it. */
    @Test
    void shouldSayWithASnapshotUpToWhereBothHistoriesAreTheSame()
    {
        disk.firstZxid = 10;
        disk.snapshotZxid = 12;
        begin(5, 20).doWork();
        final SyncBeginDecoder begin =
            new SyncBeginDecoder().wrapAndApplyHeader(link.claimed(), 0, new MessageHeaderDecoder());
        assertEquals(SyncKind.SNAP, begin.kind());
        assertEquals(5, begin.zxid());
    }

    /** Between the two reads, a purge could have removed the log after the snapshot. */
    @Test
    void shouldKeepTheSnapshotOpenUntilTheLogAfterItIs()
    {
        disk.firstZxid = 10;
        disk.snapshotZxid = 12;
        disk.isRefusing = true;
        final LeaderSync sync = begin(5, 20);
        run(sync);
        sync.onSnapshotBegin(12, 16);
        assertTrue(sync.onSnapshotBytes(RECORD, 0, 16));
        sync.onReadEnd();
        run(sync);
        assertEquals(List.of("snapshot " + SNAPSHOT_READ, "refused"), disk.asked);

        disk.isRefusing = false;
        run(sync);
        assertEquals(List.of("snapshot " + SNAPSHOT_READ, "refused", "log 3 after 12 up to 20",
            "close " + SNAPSHOT_READ), disk.asked);
    }

    /** Notes what it is asked for. */
    private static final class Disk implements CatchUp
    {
        private final List<String> asked = new ArrayList<>();
        private long firstZxid;
        private long snapshotZxid = NONE;
        private boolean isRefusing;

        @Override
        public long firstZxid()
        {
            return firstZxid;
        }

        @Override
        public long snapshotZxid()
        {
            return snapshotZxid;
        }

        @Override
        public boolean openLog(final long readId, final long afterZxid, final long upToZxid)
        {
            asked.add(isRefusing ? "refused" : "log " + readId + " after " + afterZxid + " up to " + upToZxid);
            return !isRefusing;
        }

        @Override
        public void extend(final long readId, final long upToZxid)
        {
            asked.add("extend " + readId + " to " + upToZxid);
        }

        @Override
        public boolean openSnapshot(final long readId)
        {
            asked.add("snapshot " + readId);
            return true;
        }

        @Override
        public int poll(final CatchUpHandler handler)
        {
            return 0;
        }

        @Override
        public void close(final long readId)
        {
            asked.add("close " + readId);
        }
    }
}
