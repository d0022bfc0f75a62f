/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.memory.LedgerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLogTest
{
    /** Capacity of the history, which wraps around within these tests. */
    private static final int CAPACITY = 4096;
    private static final long BEGIN = Zxid.pack(1, 0);

    @RegisterExtension
    final LedgerExtension memory = new LedgerExtension();

    private final Ahead ahead = new Ahead();
    private final List<Long> applied = new ArrayList<>();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Long.BYTES]);
    private final RecordingJournal journal = new RecordingJournal();
    private ServerLog log;
    /** The last zxid that the handler takes. */
    private long lastWanted;

    /** Notes what it is told, and asserts that nothing is looked at before it was fetched. */
    private static final class Ahead implements CommitsAhead
    {
        private final List<Long> told = new ArrayList<>();
        private int fetched;
        private boolean isWorthwhile = true;

        @Override
        public boolean isWorthwhile()
        {
            return isWorthwhile;
        }

        @Override
        public void add(final DirectBuffer buffer, final int offset, final int length)
        {
            assertEquals(Long.BYTES, length);
            told.add(buffer.getLong(offset));
        }

        @Override
        public void fetch()
        {
            assertTrue(told.size() - fetched <= PROPOSALS_MAX);
            fetched = told.size();
        }
    }

    @BeforeEach
    void open()
    {
        log = new ServerLog(journal, memory.ledger(), CAPACITY);
        log.restart(BEGIN);
    }

    @AfterEach
    void close()
    {
        log.close();
    }

    private void append(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            payload.putLong(0, log.lastZxid() + 1);
            assertTrue(log.propose(log.lastZxid() + 1, payload, 0, Long.BYTES));
        }
    }

    private int deliver(final int limit)
    {
        return log.deliver(limit, (zxid, buffer, offset, length) ->
        {
            assertEquals(zxid, buffer.getLong(offset));
            assertTrue(!ahead.isWorthwhile || ahead.told.subList(0, ahead.fetched).contains(zxid));
            applied.add(zxid);
            return zxid != lastWanted;
        }, ahead);
    }

    /**
     * A start applies what a record says to be committed. The rest has to stay in memory until there is a leader, and
     * memory is bounded.
     */
    @Test
    void shouldWriteIntoEachRecordWhatIsCommitted()
    {
        append(1);
        log.onCommitted(BEGIN + 1);
        append(2);

        assertEquals(List.of(BEGIN, BEGIN + 1, BEGIN + 1), journal.committed);
    }

    /** When it leads, it must not take for its own what it has cut and another server still holds. */
    @Test
    void shouldForgetTheEndsOfWhatIsCut()
    {
        journal.mayBeCut = true;
        append(2);
        assertTrue(log.truncate(BEGIN + 1));
        assertEquals(BEGIN + 1, log.epochEnds().floor(BEGIN + 2));

        final long later = Zxid.pack(2, 1);
        assertTrue(log.take(later, payload, 0, Long.BYTES));
        assertEquals(BEGIN + 1, log.epochEnds().floor(BEGIN + 2));
        assertEquals(later, log.epochEnds().floor(later));
    }

    /** What follows a cut can be of an earlier epoch than what was cut: its end was never here. */
    @Test
    void shouldNotTakeWhatFollowsACutForDurable()
    {
        journal.mayBeCut = true;
        append(1);
        final long later = Zxid.pack(2, 1);
        assertTrue(log.take(later, payload, 0, Long.BYTES));
        log.onDurable(later);
        assertTrue(log.truncate(BEGIN + 1));
        log.onTruncated(BEGIN + 1);
        assertTrue(log.take(BEGIN + 2, payload, 0, Long.BYTES));

        assertEquals(BEGIN + 1, log.durableZxid());
        assertFalse(log.isAllDurable());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldLeaveTheRestWhenTheHandlerWantsNoMore(final boolean isAheadWorthwhile)
    {
        ahead.isWorthwhile = isAheadWorthwhile;
        final int count = CommitsAhead.PROPOSALS_MAX + 10;
        append(count);
        log.onCommitted(BEGIN + count);
        for (final int wanted : new int[]{ CommitsAhead.PROPOSALS_MAX, CommitsAhead.PROPOSALS_MAX + 5 })
        {
            lastWanted = BEGIN + wanted;
            deliver(1000);
            assertEquals(upTo(wanted), applied);
        }
        deliver(1000);
        assertEquals(upTo(count), applied);
    }

    private static List<Long> upTo(final int count)
    {
        return LongStream.rangeClosed(1, count).map(i -> BEGIN + i).boxed().toList();
    }

    /** The leader has another limit, or had another one when the transaction was logged. */
    @Test
    void shouldTakeATransactionThatIsLongerThanWhatCouldBeProposedHere()
    {
        append(2);
        final int length = 3 * CAPACITY;
        assertTrue(log.take(BEGIN + 3, new UnsafeBuffer(new byte[length]), 0, length));
        final List<Integer> lengths = new ArrayList<>();
        log.onCommitted(BEGIN + 3);

        assertEquals(3, log.deliver(100, (zxid, buffer, offset, payloadLength) -> lengths.add(payloadLength)));
        assertEquals(List.of(Long.BYTES, Long.BYTES, length), lengths);
    }

    /** Returns how many proposals of a leader it takes while nothing is applied here. */
    private int take(final int limit)
    {
        int count = 0;
        while (count < limit && log.take(log.lastZxid() + 1, payload, 0, Long.BYTES))
        {
            count++;
        }

        return count;
    }

    /** None of them is known to be committed before the last one is taken. */
    @Test
    void shouldMakeRoomForWhatALeaderHasUnderWay()
    {
        assertEquals(2000, take(2000));
        log.onCommitted(BEGIN + 2000);
        final List<Long> zxids = new ArrayList<>();

        assertEquals(2000, log.deliver(3000, (zxid, buffer, offset, length) -> zxids.add(zxid)));
        assertEquals(upTo(2000), zxids);
    }

    @Test
    void shouldWaitForRoomThatApplyingMakes()
    {
        append(10);
        log.onCommitted(BEGIN + 1);
        final int taken = take(2000);
        assertTrue(taken < 2000);
        log.deliver(1, (zxid, buffer, offset, length) -> applied.add(zxid));

        assertEquals(2000, take(2000));
    }

    @Test
    void shouldTellAheadWhatIsCommittedAndNothingElse()
    {
        append(5);
        log.onCommitted(BEGIN + 3);

        assertEquals(3, deliver(100));
        assertEquals(upTo(3), ahead.told);
        assertEquals(upTo(3), applied);
        assertEquals(0, deliver(100));
    }

    @Test
    void shouldTellAheadSomeAtATime()
    {
        append(3);
        log.onCommitted(BEGIN + 3);
        deliver(100);
        append(100);
        log.onCommitted(BEGIN + 103);

        assertEquals(100, deliver(1000));
        assertEquals(upTo(103), ahead.told);
        assertEquals(upTo(103), applied);
    }

    @Test
    void shouldKeepToItsLimit()
    {
        append(100);
        log.onCommitted(BEGIN + 100);

        assertEquals(70, deliver(70));
        assertEquals(upTo(70), applied);
        assertEquals(30, deliver(70));
        assertEquals(upTo(100), applied);
    }

    @Test
    void shouldTellNothingThatDoesNotPay()
    {
        ahead.isWorthwhile = false;
        append(10);
        log.onCommitted(BEGIN + 10);

        assertEquals(10, deliver(100));
        assertEquals(List.of(), ahead.told);
        assertEquals(upTo(10), applied);
    }

    @Test
    void shouldGoOnAfterTheEndOfTheRing()
    {
        for (int round = 0; round < 20; round++)
        {
            append(90);
            log.onCommitted(log.lastZxid());
            assertEquals(90, deliver(1000));
        }

        assertEquals(upTo(1800), ahead.told);
        assertEquals(upTo(1800), applied);
    }
}
