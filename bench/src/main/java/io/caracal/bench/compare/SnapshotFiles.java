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
 * The files of snapshots of a server and their lengths at some moment. One that is being written is among them: Caracal
 * gives it a name that it loses when it is complete, ZooKeeper its last one from the start.
 */
final class SnapshotFiles
{
    private static final String NAME = "snapshot";

    private final Map<Path, Long> lengths = new HashMap<>();

    private SnapshotFiles()
    {
    }

    /** What lies below the directory of a server, which may run, now. */
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

            /** A server that runs renames and removes files. */
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
     * Whether something was written to snapshots since an earlier moment: a file is new, or has another length. One
     * that was begun before and was not finished then counts as well; one that was removed does not.
     */
    boolean wereWrittenSince(final SnapshotFiles before)
    {
        return !before.lengths.entrySet().containsAll(lengths.entrySet());
    }
}
