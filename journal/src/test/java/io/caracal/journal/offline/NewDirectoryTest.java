/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.snapshot.SnapshotFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDirectoryTest
{
    private static final long ZXID = 7;

    @TempDir
    private Path directory;

    /** A log without the home of its snapshot would be taken for one that has lost it. */
    @Test
    void shouldLeaveNoLogWhereSomebodyHasBegunInTheOtherPlace() throws IOException
    {
        final DataLayout layout =
            new DataLayout(directory.resolve("data/caracal-1"), directory.resolve("log/caracal-1"));
        final Path foreign = layout.snapshots().resolve("foreign");
        try (NewDirectory made = NewDirectory.begin(layout))
        {
            final SnapshotFileSink sink = made.snapshotSink();
            sink.begin(ZXID);
            sink.finish(0, 0);
            Files.createDirectories(foreign);
            assertThrows(IOException.class, () -> made.complete(ZXID, new StoredData.Epochs(1, 0, 1)));
        }

        assertEquals(List.of(layout.home()), entries(directory.resolve("data")));
        assertEquals(List.of(foreign), entries(layout.snapshots()));
        assertEquals(List.of(), Files.exists(directory.resolve("log")) ? entries(directory.resolve("log")) : List.of());
    }

    private static List<Path> entries(final Path of) throws IOException
    {
        try (Stream<Path> entries = Files.list(of))
        {
            return entries.toList();
        }
    }
}
