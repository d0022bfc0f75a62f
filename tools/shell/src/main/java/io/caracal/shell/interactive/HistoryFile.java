/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.interactive;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file that keeps lines from one run to the next: {@code ~/.caracal_history}, or the one that a system property
 * names. Only its owner may read it, because data can be secret. Lines with credentials are not kept at all.
 */
final class HistoryFile
{
    /** System property that names another file; empty for none. */
    static final String PROPERTY = "caracal.shell.history";

    private static final FileAttribute<?>[] OWNER_ONLY =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix") ?
            new FileAttribute<?>[]{
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) } :
            new FileAttribute<?>[0];

    private HistoryFile()
    {
    }

    /** The file; null when lines are not to be kept. */
    static Path path()
    {
        final String wanted = System.getProperty(PROPERTY);
        if (wanted == null)
        {
            return Path.of(System.getProperty("user.home", "."), ".caracal_history");
        }

        return wanted.isEmpty() ? null : Path.of(wanted);
    }

    /** Creates the file, readable by its owner only. Returns false when it cannot be written. */
    static boolean tryPrepare(final Path file)
    {
        try
        {
            if (!Files.exists(file))
            {
                Files.createFile(file, OWNER_ONLY);
            }

            return Files.isWritable(file);
        }
        catch (final IOException failure)
        {
            return false;
        }
    }
}
