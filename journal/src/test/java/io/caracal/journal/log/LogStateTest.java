/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.MessageHeaderEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LogStateTest
{
    private static final int BLOCK_LENGTH_BEFORE = 3 * Long.BYTES;
    private static final int PLACE_LENGTH = 3 * Long.BYTES;

    @Test
    void shouldBeginWithOneOpenSegment()
    {
        final LogState state = LogState.EMPTY.begun(open(1, 0), 0, 0);

        assertEquals(List.of(open(1, 0)), state.segments());
        assertEquals(2, state.nextOrdinal());
        assertTrue(state.last().isOpen());
    }

    @Test
    void shouldCloseTheOneBefore()
    {
        final LogState state = three();

        assertEquals(List.of(closed(1, 0, 10), closed(2, 10, 20), open(3, 20)), state.segments());
    }

    @Test
    void shouldForgetASegmentWithoutRecords()
    {
        final LogState state = three().begun(open(4, 20), 999, 20);

        assertEquals(List.of(closed(1, 0, 10), closed(2, 10, 20), open(4, 20)), state.segments());
        assertNull(state.named(3));
    }

    @Test
    void shouldKeepItsBaseWhenTheOnlySegmentWasEmpty()
    {
        final LogState state = three().forgotten(2).closed(999, 20);

        assertEquals(List.of(), state.segments());
        assertEquals(20, state.baseZxid());
    }

    @Test
    void shouldNotGoBackToAnOlderSnapshot()
    {
        final LogState state = three().published(17, new RecordPlace(2, 80, 16));

        assertEquals(state, state.published(16, RecordPlace.NONE));
        assertEquals(18, state.published(18, RecordPlace.NONE).snapshotZxid());
    }

    @Test
    void shouldCutAtATruncation()
    {
        final LogState state = three().truncated(2, 150, 15).begun(open(4, 15), 0, 0);

        assertEquals(List.of(closed(1, 0, 10), new SegmentEntry(2, 2, 10, 64, 150, 15, 4096), open(4, 15)),
            state.segments());
        assertEquals(5, state.nextOrdinal());
    }

    @Test
    void shouldCutTheSameSegmentWhenOthersWereForgotten()
    {
        final LogState state = three().forgotten(1).truncated(2, 150, 15);

        assertEquals(List.of(new SegmentEntry(2, 2, 10, 64, 150, 15, 4096)), state.segments());
    }

    @Test
    void shouldDropASegmentThatATruncationEmpties()
    {
        final LogState state = three().truncated(2, 64, 10).begun(open(4, 10), 0, 0);

        assertEquals(List.of(closed(1, 0, 10), open(4, 10)), state.segments());
    }

    @Test
    void shouldHoldNothingButAReceivedSnapshot()
    {
        final LogState state = three().published(17, new RecordPlace(2, 80, 16)).replaced(99);

        assertEquals(List.of(), state.segments());
        assertEquals(99, state.snapshotZxid());
        assertEquals(99, state.baseZxid());
        assertEquals(List.of(open(4, 99)), state.begun(open(4, 99), 0, 0).segments());
        assertEquals(12, three().published(17, new RecordPlace(2, 80, 16)).replaced(12).snapshotZxid());
    }

    @Test
    void shouldFindTheSegmentOfTheNextRecord()
    {
        final LogState state = three();

        assertEquals(1, state.holderOfNext(0).ordinal());
        assertEquals(1, state.holderOfNext(9).ordinal());
        assertEquals(2, state.holderOfNext(10).ordinal());
        assertEquals(3, state.holderOfNext(20).ordinal());
        assertEquals(3, state.holderOfNext(500).ordinal());
        assertNull(state.closed(999, 30).holderOfNext(30));
    }

    @Test
    void shouldForgetOnlyWhatIsNotNeeded()
    {
        final LogState state = three();

        assertEquals(0, state.forgettable(9));
        assertEquals(1, state.forgettable(10));
        assertEquals(1, state.forgettable(19));
        assertEquals(2, state.forgettable(20));
        assertEquals(2, state.forgettable(Long.MAX_VALUE));
        assertEquals(10, state.forgotten(1).baseZxid());
    }

    @Test
    void shouldNeverUseAnOrdinalTwice()
    {
        assertThrows(BrokenInvariantException.class, () -> three().begun(open(3, 30), 999, 30));
    }

    @Test
    void shouldSurviveItsEncoding()
    {
        final LogState state = three().published(17, new RecordPlace(2, 80, 16));

        assertEquals(state, LogState.decoded(state.encoded()));
        assertEquals(LogState.EMPTY, LogState.decoded(LogState.EMPTY.encoded()));
    }

    @Test
    void shouldReadTheEncodingOfTheVersionBefore()
    {
        final byte[] now = three().published(17, new RecordPlace(2, 80, 16)).encoded();
        final int header = MessageHeaderDecoder.ENCODED_LENGTH;
        final byte[] before = new byte[now.length - PLACE_LENGTH];
        System.arraycopy(now, 0, before, 0, header + BLOCK_LENGTH_BEFORE);
        System.arraycopy(now, header + BLOCK_LENGTH_BEFORE + PLACE_LENGTH, before, header + BLOCK_LENGTH_BEFORE,
            before.length - header - BLOCK_LENGTH_BEFORE);
        new MessageHeaderEncoder().wrap(new UnsafeBuffer(before), 0).blockLength(BLOCK_LENGTH_BEFORE).version(0);

        assertEquals(three().published(17, RecordPlace.NONE), LogState.decoded(before));
    }

    private static LogState three()
    {
        return LogState.EMPTY.begun(open(1, 0), 0, 0).begun(open(2, 10), 100, 10).begun(open(3, 20), 100, 20);
    }

    private static SegmentEntry open(final long ordinal, final long baseZxid)
    {
        return new SegmentEntry(ordinal, ordinal, baseZxid, 64, 0, 0, 4096);
    }

    private static SegmentEntry closed(final long ordinal, final long baseZxid, final long lastZxid)
    {
        return new SegmentEntry(ordinal, ordinal, baseZxid, 64, 100, lastZxid, 4096);
    }
}
