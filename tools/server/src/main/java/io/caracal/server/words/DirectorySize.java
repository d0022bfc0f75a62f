/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Counts the bytes below a directory; files that vanish meanwhile count as nothing. */
public final class DirectorySize
{
    private DirectorySize()
    {
    }

    /**
     * Counts.
     *
     * @param directory and everything below it.
     * @return bytes, 0 when there is no such directory, -1 when it cannot be read.
     */
    public static long of(final Path directory)
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.filter(Files::isRegularFile).mapToLong(DirectorySize::sizeOf).sum();
        }
        catch (final NoSuchFileException ex)
        {
            return 0;
        }
        catch (final IOException | UncheckedIOException ex)
        {
            return -1;
        }
    }

    private static long sizeOf(final Path file)
    {
        try
        {
            return Files.size(file);
        }
        catch (final IOException ex)
        {
            return 0;
        }
    }
}
