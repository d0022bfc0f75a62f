/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.offline;

import io.caracal.journal.disk.RealPath;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Remembers the directories that a piece of work created for its result, so that they can be removed again if there is
 * none.
 */
public final class MadeDirectories
{
    private final Deque<Path> made = new ArrayDeque<>();

    /**
     * Creates a directory and its missing parents. What was created before a failure is remembered as well.
     *
     * @param directory to be there.
     * @throws IOException when it cannot be created.
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
     * Removes the remembered directories that are empty. One into which somebody has put something meanwhile stays.
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
