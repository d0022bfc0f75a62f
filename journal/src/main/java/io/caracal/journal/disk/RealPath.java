/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resolves a path, even if its end does not exist yet. Resolves it name by name, as the system does: the parent of a
 * link is the parent of its target, so {@code link/../x} is not the {@code x} beside the link. Below a name that does
 * not exist yet nothing is a link, and {@code ..} leads back.
 */
public final class RealPath
{
    /** As many links as Linux follows before it assumes a loop. */
    private static final int LINKS_MAX = 40;

    private RealPath()
    {
    }

    /**
     * Returns the path without links.
     *
     * @param path absolute, or relative to the directory of the process.
     * @return absolute, without links as far as it exists, and without {@code .} and {@code ..}.
     * @throws IOException when a link cannot be read, or links form a loop.
     */
    public static Path of(final Path path) throws IOException
    {
        final Path whole = path.toAbsolutePath();
        final Deque<Path> names = new ArrayDeque<>();
        pushAll(names, whole);
        Path place = whole.getRoot();
        int links = 0;
        while (!names.isEmpty())
        {
            final Path next = step(place, names.pop());
            if (!Files.isSymbolicLink(next))
            {
                place = next;
                continue;
            }

            if (++links > LINKS_MAX)
            {
                throw new FileSystemLoopException(path.toString());
            }

            final Path target = Files.readSymbolicLink(next);
            pushAll(names, target);
            place = target.isAbsolute() ? target.getRoot() : place;
        }

        return place;
    }

    private static void pushAll(final Deque<Path> names, final Path path)
    {
        for (int i = path.getNameCount() - 1; i >= 0; i--)
        {
            names.push(path.getName(i));
        }
    }

    /** Goes one name further. The parent of the root is the root itself. */
    private static Path step(final Path place, final Path name)
    {
        return switch (name.toString())
        {
            case "", "." -> place;
            case ".." -> place.getParent() == null ? place : place.getParent();
            default -> place.resolve(name);
        };
    }
}
