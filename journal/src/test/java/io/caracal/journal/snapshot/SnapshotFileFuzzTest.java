/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Damages and truncates a snapshot file at random. It must be read as it was written, or be reported as damaged before
 * its end.
 */
class SnapshotFileFuzzTest
{
    private static final long ZXID = 0x1_0000_0001L;
    private static final long DIGEST = 77;
    private static final int RECORDS_MAX = 8;

    @FuzzTest(maxDuration = "20s", maxExecutions = 1_000)
    void shouldReadWhatWasWrittenOrCallItDamaged(final FuzzedDataProvider data) throws IOException
    {
        final Path file = Files.createTempFile("snapshot", ".raw");
        try
        {
            final List<byte[]> written = write(file, data);
            final byte[] bytes = Files.readAllBytes(file);
            final byte[] damaged = damaged(bytes, data);
            Files.write(file, damaged);
            assertReads(file, written, Arrays.equals(bytes, damaged));
        }
        finally
        {
            Files.delete(file);
        }
    }

    private static List<byte[]> write(final Path file, final FuzzedDataProvider data) throws IOException
    {
        final List<byte[]> written = new ArrayList<>();
        try (SnapshotFileWriter writer = new SnapshotFileWriter(file, new RealFileSystem(), ZXID))
        {
            for (int i = data.consumeInt(0, RECORDS_MAX); i > 0; i--)
            {
                final byte[] record = data.consumeBytes(data.consumeInt(0, 200));
                writer.beginRecord(record.length);
                writer.append(new UnsafeBuffer(record), 0, record.length);
                written.add(record);
            }

            writer.finish(written.size(), DIGEST);
        }

        return written;
    }

    private static byte[] damaged(final byte[] bytes, final FuzzedDataProvider data)
    {
        final byte[] result = Arrays.copyOf(bytes,
            data.consumeInt(0, 3) == 0 ? data.consumeInt(0, bytes.length + 16) : bytes.length);
        for (int i = data.consumeInt(0, 3); i > 0 && result.length > 0 && data.remainingBytes() > 4; i--)
        {
            result[data.consumeInt(0, result.length - 1)] = data.consumeByte();
        }

        return result;
    }

    private static void assertReads(final Path file, final List<byte[]> written, final boolean isWhole)
        throws IOException
    {
        try (SnapshotFileReader reader = new SnapshotFileReader(file, ZXID))
        {
            int count = 0;
            while (reader.next())
            {
                final byte[] record = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), record);
                assertArrayEquals(written.get(count), record);
                count++;
            }

            assertEquals(written.size(), count);
            assertEquals(written.size(), reader.recordCount());
            assertEquals(DIGEST, reader.digest());
            assertTrue(isWhole, "damage was not seen");
        }
        catch (final SnapshotDamage damage)
        {
            assertTrue(!isWhole, damage.getMessage());
        }
    }
}
