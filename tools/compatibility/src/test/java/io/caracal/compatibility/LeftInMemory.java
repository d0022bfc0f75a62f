/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.server.metrics.CountersFile;
import io.caracal.server.metrics.RuntimeDirectory;
import io.caracal.server.metrics.RuntimeLease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The figures that servers leave in shared memory when a test kills them. A later start removes them only where it can
 * see that their data are gone, so not those of a server that had a file system of its own.
 */
public final class LeftInMemory
{
    private LeftInMemory()
    {
    }

    /** Removes the figures of dead servers whose data were below a directory. */
    public static void remove(final Path directory)
    {
        try
        {
            for (final Path figures : of(directory))
            {
                delete(figures);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Removes one directory of figures. A server that another test starts at the same time may remove it first. */
    static void delete(final Path figures) throws IOException
    {
        try (Stream<Path> files = Files.list(figures))
        {
            for (final Path file : files.toList())
            {
                Files.deleteIfExists(file);
            }
        }
        catch (final NoSuchFileException wasRemoved)
        {
            return;
        }

        Files.deleteIfExists(figures);
    }

    /** Finds the figures of dead servers whose data were below a directory. */
    public static List<Path> of(final Path directory) throws IOException
    {
        return RuntimeDirectory.all().stream().filter(figures -> isLeft(figures, directory.toAbsolutePath())).toList();
    }

    private static boolean isLeft(final Path figures, final Path directory)
    {
        try (CountersFile file = CountersFile.open(figures))
        {
            return Path.of(file.header().dataDir()).startsWith(directory) && !RuntimeLease.isAlive(figures,
                file.header());
        }
        catch (final IOException | InvalidPathException ex)
        {
            // They belong to a server that is just ending, or whose directory has a name that is invalid here.
            return false;
        }
    }
}
