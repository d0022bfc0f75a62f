/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.tree.TreeRoom;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemoryWatchTest implements EventSink
{
    private static final int TAKEN = 10_000;
    private static final String NEARLY = "nine tenths";
    private static final String FULL = "all the memory";
    private static final String AGAIN = "room in memory again";

    @RegisterExtension
    private final LedgerExtension memory = new LedgerExtension();
    private final List<String> told = new ArrayList<>();
    private UnsafeBuffer taken;
    private TreeRoom room;
    private MemoryWatch watch;
    private long named;

    @BeforeEach
    void open()
    {
        taken = memory.ledger().allocate(MemoryTag.PAYLOADS, TAKEN);
        room = new TreeRoom(memory.ledger(), () -> 0, TreeRoom.UNLIMITED);
        watch = new MemoryWatch(room, this, 1);
    }

    @AfterEach
    void close()
    {
        memory.ledger().free(MemoryTag.PAYLOADS, taken);
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        told.add(what);
        named = serverId;
    }

    /** Lets znodes take a part of their limit, and returns what people are told then. */
    private String tellAt(final int percent)
    {
        told.clear();
        room.bytesMax(TAKEN * 100L / percent);
        watch.advance();
        watch.advance();

        return String.join("; ", told);
    }

    private void assertTold(final String expected, final int percent)
    {
        final String actual = tellAt(percent);
        assertTrue(expected.isEmpty() ? actual.isEmpty() : actual.contains(expected) && told.size() == 1,
            () -> percent + " %: " + actual);
    }

    @Test
    void shouldWarnOnceAtEachStep()
    {
        assertTold("", 50);
        assertTold("", 85);
        assertTold(NEARLY, 92);
        assertTold("", 95);
        assertTold(FULL, 100);
        assertTold("", 120);
    }

    @Test
    void shouldTakeAWarningBackOnlyWhenThereIsClearlyMoreRoom()
    {
        assertTold(NEARLY, 92);
        assertTold("", 85);
        assertTold("", 92);
        assertTold(AGAIN, 79);
        assertTold(FULL, 100);
        assertTold("", 95);
        assertTold("", 85);
        assertTold("", 100);
        assertTold(AGAIN, 50);
    }

    @Test
    void shouldNameTheVoterWhoseLimitItIs()
    {
        assertTold(NEARLY, 92);
        assertEquals(1, named);
        room.othersBytesMax(TAKEN, 3);
        assertTold("on a voter with less of it than this server", 50);
        assertTrue(told.get(0).contains(FULL));
        assertEquals(3, named);
        assertTold("", 50);

        room.othersBytesMax(TAKEN * 10 / 9, 3);
        assertTold("", 50);
        room.othersBytesMax(2 * TAKEN, 3);
        assertTold(AGAIN, 40);
        assertEquals(3, named);
        room.othersBytesMax(TAKEN * 10 / 9 - 10, 2);
        assertTold(NEARLY, 50);
        assertEquals(2, named);
    }

    @Test
    void shouldTakeAWarningBackWhenTheLimitGoes()
    {
        assertTold(FULL, 150);
        told.clear();
        room.bytesMax(TreeRoom.UNLIMITED);
        watch.advance();

        assertEquals(1, told.size());
    }
}
