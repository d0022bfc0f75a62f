/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesTest
{
    @TempDir
    private Path dir;

    private Path snapshots;

    @BeforeEach
    void open() throws IOException
    {
        snapshots = Files.createDirectories(dir.resolve("data/snapshots"));
        Files.writeString(snapshots.resolve("snapshot-1"), "the first");
        Files.writeString(dir.resolve("data/log-1"), "of something else");
    }

    @Test
    void shouldKnowOneThatWasBegun() throws IOException
    {
        final SnapshotFiles before = SnapshotFiles.of(dir);
        Files.writeString(snapshots.resolve("snapshot-2.part"), "half of it");

        assertTrue(SnapshotFiles.of(dir).wereWrittenSince(before));
    }

    @Test
    void shouldKnowOneThatWasBegunBeforeAndGoesOn() throws IOException
    {
        final SnapshotFiles before = SnapshotFiles.of(dir);
        Files.writeString(snapshots.resolve("snapshot-1"), ", and more of it", StandardOpenOption.APPEND);

        assertTrue(SnapshotFiles.of(dir).wereWrittenSince(before));
    }

    @Test
    void shouldKnowOneThatGotItsLastName() throws IOException
    {
        final Path part = Files.writeString(snapshots.resolve("snapshot-2.part"), "all of it");
        final SnapshotFiles before = SnapshotFiles.of(dir);
        Files.move(part, snapshots.resolve("snapshot-2"));

        assertTrue(SnapshotFiles.of(dir).wereWrittenSince(before));
    }

    @Test
    void shouldNotTakeWhatIsRemovedOrSomethingElseForASnapshot() throws IOException
    {
        Files.writeString(snapshots.resolve("snapshot-2"), "the second");
        final SnapshotFiles before = SnapshotFiles.of(dir);
        Files.delete(snapshots.resolve("snapshot-1"));
        Files.writeString(dir.resolve("data/log-2"), "of something else");

        assertFalse(SnapshotFiles.of(dir).wereWrittenSince(before));
    }
}
