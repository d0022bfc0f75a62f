/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the entries of a directory at once. A disk that fails meanwhile is reported in the same way as everywhere else.
 */
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

    /** Unwraps the exception of the iterator, which cannot throw an {@link IOException} itself. */
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
