/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.testing.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentScannerTest
{
    @TempDir
    private Path dir;

    /** A directory can be opened like a file, and fails at the first read like a bad sector. */
    @Test
    void shouldCloseWhatCannotBeRead() throws IOException
    {
        for (int i = 0; i < 10; i++)
        {
            Files.createFile(dir.resolve("file-" + i));
        }

        assertThrows(IOException.class, () -> SegmentScanner.at(new RecordPlace(0, 1, 0), dir, 42, Long.MAX_VALUE));
        assertEquals(List.of(), Descriptors.below(dir));
    }
}
