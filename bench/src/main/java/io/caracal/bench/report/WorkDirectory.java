/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the servers of a run keep their data: never a directory that holds somebody's files, for it is removed. */
public final class WorkDirectory
{
    private WorkDirectory()
    {
    }

    /**
     * Makes it.
     *
     * @param dir missing or empty.
     * @throws IOException              when it cannot be made.
     * @throws IllegalArgumentException when there is something in it.
     */
    public static void prepare(final Path dir) throws IOException
    {
        if (Files.exists(dir) && !isEmpty(dir))
        {
            throw new IllegalArgumentException(dir + " is not empty; name another with --dir");
        }

        Files.createDirectories(dir);
    }

    private static boolean isEmpty(final Path dir) throws IOException
    {
        try (Stream<Path> entries = Files.list(dir))
        {
            return entries.findAny().isEmpty();
        }
    }
}
