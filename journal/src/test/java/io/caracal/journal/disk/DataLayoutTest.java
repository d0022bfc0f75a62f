/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.journal.JournalContext;
import io.caracal.journal.open.OpenJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLayoutTest
{
    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void begin() throws IOException
    {
        data = Files.createDirectory(directory.resolve("data"));
    }

    /**
     * A server once locked the directory under one name, and then was refused it under the other as a directory in use.
     */
    @Test
    void shouldTakeOneDirectoryOfTwoNamesForOne() throws IOException
    {
        final Path link = Files.createSymbolicLink(directory.resolve("link"), data);
        for (final Path log : List.of(data, link, data.resolve("../data"), Path.of(data + "/")))
        {
            OpenJournal.open(context(log)).close();
            final DataLayout layout = context(log).conclude().layout();
            assertEquals(layout.home(), layout.logHome());
            assertTrue(Files.exists(layout.manifest()));
        }
    }

    @Test
    void shouldKeepTwoDirectoriesApart() throws IOException
    {
        final Path log = directory.resolve("log");
        OpenJournal.open(context(log)).close();
        assertTrue(Files.exists(log.resolve("caracal-1/manifest")));
        assertFalse(Files.exists(data.resolve("caracal-1/manifest")));
    }

    private JournalContext context(final Path log)
    {
        return new JournalContext().dataDir(data).dataLogDir(log).onFailure(failure ->
        {
        });
    }
}
