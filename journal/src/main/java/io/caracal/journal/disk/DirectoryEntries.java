/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies in a directory, read at once; a disk that fails meanwhile is told as it is everywhere else. */
public final class DirectoryEntries
{
    private DirectoryEntries()
    {
    }

    /**
     * Reads a directory.
     *
     * @param directory exists.
     * @return the paths of its entries, in no order.
     * @throws NoDescriptorException when no file can be opened.
     * @throws IOException           when it cannot be read to its end.
     */
    public static List<Path> of(final Path directory) throws IOException
    {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory))
        {
            return listOf(entries);
        }
        catch (final IOException ex)
        {
            throw NoDescriptorException.isBehind(ex) ? new NoDescriptorException(directory.toString()) : ex;
        }
    }

    /** An iterator cannot throw what an operation on files throws, and so wraps it. */
    static List<Path> listOf(final Iterable<Path> entries) throws IOException
    {
        final List<Path> paths = new ArrayList<>();
        try
        {
            entries.forEach(paths::add);
        }
        catch (final DirectoryIteratorException ex)
        {
            throw ex.getCause();
        }

        return paths;
    }
}
