/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.testing.RealStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EachByteOfASnapshotTest
{
    private static final long ZXID = 9;

    /** Nothing in the file may be wrong unseen, its head and its trailer included. */
    @Test
    void shouldFindEachByteThatIsWrong(@TempDir final Path directory) throws IOException, SnapshotDamage
    {
        final Path file = directory.resolve("file");
        final byte[] whole = RealStorage.snapshotOfAnother(ZXID);
        Files.write(file, whole);
        assertEquals(RealStorage.RECORDS_OF_ANOTHER, recordsOf(file));

        for (int i = 0; i < whole.length; i++)
        {
            final byte[] damaged = whole.clone();
            damaged[i] ^= 1;
            Files.write(file, damaged);
            assertThrows(SnapshotDamage.class, () -> recordsOf(file), "offset " + i);
        }
    }

    private static long recordsOf(final Path file) throws IOException, SnapshotDamage
    {
        try (SnapshotFileReader reader = new SnapshotFileReader(file, ZXID))
        {
            while (reader.next())
            {
                // Each record is checked by the way.
            }

            return reader.recordCount();
        }
    }
}
