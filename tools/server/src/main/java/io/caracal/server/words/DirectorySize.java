/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up the sizes of the files below a directory. Files that vanish meanwhile count as nothing. */
public final class DirectorySize
{
    private DirectorySize()
    {
    }

    /**
     * Computes the size of a directory.
     *
     * @param directory the directory, with everything below it.
     * @return bytes, 0 when there is no such directory, -1 when it cannot be read.
     */
    public static long of(final Path directory)
    {
        try
        {
            final Sum sum = new Sum();
            Files.walkFileTree(directory, sum);
            return sum.bytes;
        }
        catch (final IOException ex)
        {
            return -1;
        }
    }

    private static final class Sum extends SimpleFileVisitor<Path>
    {
        private long bytes;

        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
        {
            bytes += attributes.isRegularFile() ? attributes.size() : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException cause) throws IOException
        {
            if (cause instanceof NoSuchFileException)
            {
                return FileVisitResult.CONTINUE;
            }

            throw cause;
        }
    }
}
