/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.zab.Epochs;
import io.caracal.engine.zab.RecordingJournal;
import io.caracal.engine.zab.ServerLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskWatchTest implements EventSink
{
    private static final int HISTORY_LENGTH = 64 << 10;
    private static final long LIMIT = 10;

    private final List<String> told = new ArrayList<>();
    private final Epochs epochs = new Epochs(new StuckStore());

    /** Takes epochs, but never makes them durable. */
    private static final class StuckStore implements EpochStore
    {
        @Override
        public long acceptedEpoch()
        {
            return 0;
        }

        @Override
        public long acceptedLeader()
        {
            return 0;
        }

        @Override
        public long currentEpoch()
        {
            return 0;
        }

        @Override
        public boolean store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
        {
            return true;
        }

        @Override
        public int poll(final EpochHandler handler)
        {
            return 0;
        }
    }

    @Override
    public void onNotice(final String what, final long server)
    {
        told.add(what);
    }

    @Test
    void shouldSayThatADiskHangs()
    {
        assertEquals(List.of("the own disk does not force what it was given"), toldOfADisk(true));
    }

    /** For example when a server starts: the epoch waits for room, and the log should not name any other reason. */
    @Test
    void shouldSayThatADiskIsFullRatherThanThatItHangs()
    {
        assertEquals(List.of("the own disk has no room"), toldOfADisk(false));
    }

    private List<String> toldOfADisk(final boolean hasRoom)
    {
        try (ServerLog log = new ServerLog(new RecordingJournal(), new MemoryLedger(), HISTORY_LENGTH))
        {
            final DiskWatch watch = new DiskWatch(log, epochs, this, 1, LIMIT);
            watch.onRoom(hasRoom);
            watch.advance(0);
            assertTrue(epochs.store(1, 1, 1));
            watch.advance(LIMIT);
            assertEquals(List.of(), told);
            watch.advance(LIMIT + 1);
            watch.advance(LIMIT + 2);
            return told;
        }
    }
}
