/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Damages and truncates at random a segment with chunks, marks and Chronicle's own excerpts. The scanner returns the
 * records up to the damage, complete and in order, and never one that was not written.
 */
class SegmentScannerFuzzTest
{
    private static final long SEGMENT_ID = 0x1234_5678_9ABC_DEF0L;

    @FuzzTest(maxDuration = "20s", maxExecutions = 1_000)
    void shouldReadWhatIsWholeAndNothingElse(final FuzzedDataProvider data) throws IOException
    {
        final RawSegment segment = new RawSegment(SEGMENT_ID);
        segment.fill(data);
        final byte[] bytes = segment.bytes();
        int damagedFrom = bytes.length;
        for (int i = data.consumeInt(0, 3); i > 0 && data.remainingBytes() > 4; i--)
        {
            final int at = data.consumeInt(0, bytes.length - 1);
            final byte with = data.consumeByte();
            damagedFrom = bytes[at] == with ? damagedFrom : Math.min(damagedFrom, at);
            bytes[at] = with;
        }

        final int length = data.consumeInt(0, 3) == 0 ? data.consumeInt(0, bytes.length) : bytes.length;
        final Path file = Files.createTempFile("segment", ".raw");
        try
        {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertReads(file, segment, Math.min(damagedFrom, length));
        }
        finally
        {
            Files.delete(file);
        }
    }

    private static void assertReads(final Path file, final RawSegment segment, final int wholeUpTo) throws IOException
    {
        final List<RawSegment.Written> expected = segment.records();
        try (SegmentScanner scanner = new SegmentScanner(file, SEGMENT_ID, 0, Long.MAX_VALUE))
        {
            int count = 0;
            while (scanner.next())
            {
                final RawSegment.Written record = expected.get(count);
                final byte[] read = new byte[scanner.length()];
                scanner.buffer().getBytes(scanner.offset(), read);
                assertEquals(record.zxid(), scanner.zxid());
                assertEquals(record.position(), scanner.recordPosition());
                assertEquals(record.bytes(), new UnsafeBuffer(read));
                count++;
            }

            final long whole = expected.stream().filter(record -> record.end() <= wholeUpTo).count();
            assertTrue(count >= whole, () -> "only some records were read before the damage at " + wholeUpTo);
            assertTrue(scanner.cutPosition() >= (count == 0 ? 0 : expected.get(count - 1).end()));
            final long proof = scanner.findProofOfDurable(scanner.zxid(), scanner.fileLength());
            assertTrue(proof < scanner.fileLength());
        }
    }
}
