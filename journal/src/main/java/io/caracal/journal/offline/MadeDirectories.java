/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.journal.disk.RealPath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The directories that a piece of work made for its result, so that they can go again when there is none. */
public final class MadeDirectories
{
    private final Deque<Path> made = new ArrayDeque<>();

    /**
     * Makes a directory, with those above it that are missing. What was made before a failure is remembered, too.
     *
     * @param directory to be there.
     * @throws IOException when it cannot be made.
     */
    public void make(final Path directory) throws IOException
    {
        final Deque<Path> missing = new ArrayDeque<>();
        final Path place = RealPath.of(directory);
        Path step = place;
        while (step != null && !Files.exists(step))
        {
            missing.push(step);
            step = step.getParent();
        }
        made.addAll(missing);
        Files.createDirectories(place);
    }

    /**
     * Removes those of them that are empty; whoever put something into one in the meantime keeps it.
     *
     * @throws IOException when one cannot be removed.
     */
    public void removeEmpty() throws IOException
    {
        try
        {
            while (!made.isEmpty())
            {
                Files.deleteIfExists(made.removeLast());
            }
        }
        catch (final DirectoryNotEmptyException ex)
        {
            made.clear();
        }
    }
}
