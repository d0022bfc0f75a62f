/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a run of a backup makes, a name on each line, written down before the file is there: so those of a run that was
 * killed are known, and nothing else in the directory is taken for one of them.
 */
final class UnfinishedFiles
{
    private static final String NAME = "unfinished";
    private static final Pattern OF_A_BACKUP =
        Pattern.compile("snapshot-[0-9a-f]{16}(\\.tmp)?|log-[0-9a-f]{16}-[0-9a-f]{16}");

    private final Path directory;
    private final Path list;

    UnfinishedFiles(final Path directory)
    {
        this.directory = directory;
        list = directory.resolve(NAME);
    }

    /** Files of these names are about to be made. */
    void add(final String... names) throws IOException
    {
        Files.write(list, List.of(names), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Removes what is written down and not named by the catalog on disk; then everything is forgotten. */
    void settle() throws IOException
    {
        if (!Files.exists(list))
        {
            return;
        }

        final BackupCatalog catalog = BackupCatalog.exists(directory) ? BackupCatalog.read(directory) :
            BackupCatalog.blank(directory);
        // As bytes: the last line may not have been written to its end.
        for (final String name : Files.readAllLines(list, StandardCharsets.ISO_8859_1))
        {
            if (OF_A_BACKUP.matcher(name).matches() && !catalog.names(name))
            {
                Files.deleteIfExists(directory.resolve(name));
            }
        }
        Files.delete(list);
    }
}
