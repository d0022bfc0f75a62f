/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that this process holds open, according to the system. */
public final class Descriptors
{
    private static final Path OWN = Path.of("/proc/self/fd");

    private Descriptors()
    {
    }

    /**
     * Returns the open files, without mappings.
     *
     * @param place a file or directory.
     * @return the open files at and below the place, a path for each descriptor.
     * @throws IOException when the system does not report them.
     */
    public static List<Path> below(final Path place) throws IOException
    {
        final Path real = place.toRealPath();
        final List<Path> opened = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(OWN))
        {
            for (final Path descriptor : descriptors.toList())
            {
                final Path target = target(descriptor);
                if (target != null && target.startsWith(real))
                {
                    opened.add(target);
                }
            }
        }

        return opened;
    }

    /** Returns null when the descriptor was closed meanwhile. */
    private static Path target(final Path descriptor) throws IOException
    {
        try
        {
            return Files.readSymbolicLink(descriptor);
        }
        catch (final NoSuchFileException closed)
        {
            return null;
        }
    }
}
