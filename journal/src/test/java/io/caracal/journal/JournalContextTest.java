/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

class JournalContextTest
{
    private static final int MB = 1024 * 1024;

    @Test
    void shouldTakeWhatIsInRangeAndNameWhatIsNot()
    {
        final int[] rings = { 64 * 1024, 8 * MB };
        final int[] noRings = { 32 * 1024, 3 * 64 * 1024, 0, -64 * 1024 };
        check("ringLength", JournalContext::ringLength, rings, noRings);
        check("snapshotRingLength", JournalContext::snapshotRingLength, rings, noRings);
        check("catchUpRingLength", JournalContext::catchUpRingLength, rings, noRings);
        final int[] segments = { MB, MB + 4096, 1024 * MB };
        final int[] noSegments = { MB - 4096, MB + 2048, 1024 * MB + 4096 };
        check("segmentLength", JournalContext::segmentLength, segments, noSegments);
        check("reserveLength", JournalContext::reserveLength, new int[]{ 1, 2 * MB - 1 }, new int[]{ 2 * MB, -1 });
        final int[] records = { 1, 2 * MB };
        final int[] noRecords = { 5 * MB / 2, 0, -1 };
        check("recordLengthMax", JournalContext::recordLengthMax, records, noRecords);
        check("catchUpStallMs", JournalContext::catchUpStallMs, new int[]{ 1 }, new int[]{ 0, -1 });
        check("spaceRetryIntervalMs", JournalContext::spaceRetryIntervalMs, new int[]{ 1 }, new int[]{ 0, -1 });
    }

    @Test
    void shouldKeepAQuarterOfASegmentUnlessToldOtherwise()
    {
        assertEquals(2 * MB, context().segmentLength(8 * MB).conclude().reserveLength());
        assertEquals(MB, context().segmentLength(8 * MB).reserveLength(MB).conclude().reserveLength());
    }

    @Test
    void shouldRetainNoFewerSnapshotsThanItsMinimum()
    {
        assertEquals(3, context().snapRetainCount(2).snapRetainCount());
        assertEquals(4, context().snapRetainCount(4).snapRetainCount());
    }

    @Test
    void shouldNotChangeOnceConcluded()
    {
        final JournalContext context = context().conclude();

        assertThrows(IllegalStateException.class, () -> context.segmentLength(2 * MB));
        assertEquals(4 * MB, context.conclude().segmentLength());
    }

    private static void check(final String name, final ObjIntConsumer<JournalContext> property, final int[] inRange,
        final int[] outOfRange)
    {
        for (final int value : inRange)
        {
            final JournalContext context = context();
            property.accept(context, value);
            context.conclude();
        }

        for (final int value : outOfRange)
        {
            final JournalContext context = context();
            property.accept(context, value);
            final String message = assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
            assertEquals(name + " out of range: " + value, message);
        }
    }

    private static JournalContext context()
    {
        final JournalContext context = new JournalContext().dataDir(Path.of("data"));
        return context.segmentLength(4 * MB).recordLengthMax(1).onFailure(failure ->
        {
        });
    }
}
