/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The snapshot files of a server and their lengths at some moment. A snapshot that is still being written is included:
 * Caracal gives it a temporary name until it is complete, ZooKeeper its final name from the start.
 */
final class SnapshotFiles
{
    private static final String NAME = "snapshot";

    private final Map<Path, Long> lengths = new HashMap<>();

    private SnapshotFiles()
    {
    }

    /** Lists what lies below the directory of a server now. The server may be running. */
    static SnapshotFiles of(final Path dir) throws IOException
    {
        final SnapshotFiles files = new SnapshotFiles();
        Files.walkFileTree(dir, new SimpleFileVisitor<>()
        {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
            {
                if (file.getFileName().toString().startsWith(NAME))
                {
                    files.lengths.put(file, attributes.size());
                }
                return FileVisitResult.CONTINUE;
            }

            /** Skips a file that has gone meanwhile: a running server renames and removes files. */
            @Override
            public FileVisitResult visitFileFailed(final Path file, final IOException ex) throws IOException
            {
                if (ex instanceof NoSuchFileException)
                {
                    return FileVisitResult.CONTINUE;
                }
                throw ex;
            }
        });
        return files;
    }

    /**
     * Whether something was written to snapshots since an earlier moment, that is, whether a file is new or has another
     * length. A file that was begun earlier but not finished counts as well; a removed one does not.
     */
    boolean wereWrittenSince(final SnapshotFiles before)
    {
        return !before.lengths.entrySet().containsAll(lengths.entrySet());
    }
}
