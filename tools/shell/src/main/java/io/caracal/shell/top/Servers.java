/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.CountersFile;
import io.caracal.server.metrics.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers to look at, and what was seen of each last time. */
final class Servers
{
    /** Finds the directories to look at. */
    interface Directories
    {
        /** Runtime directories of servers, in the order in which they are shown. */
        List<Path> find() throws IOException;
    }

    private final Directories directories;
    private Map<Path, Sample> previous = Map.of();

    Servers(final Directories directories)
    {
        this.directories = directories;
    }

    /** All servers of this machine that this user may see. */
    static Servers all()
    {
        return new Servers(RuntimeDirectory::all);
    }

    /** The server with this data directory, or whose figures are in this very directory. */
    static Servers of(final Path dataDir)
    {
        return new Servers(() -> List.of(Files.exists(dataDir.resolve(CountersFile.NAME)) ? dataDir :
            RuntimeDirectory.of(dataDir)));
    }

    /**
     * Looks at all servers, in the order of their directories but with the dead ones last. Leaves out servers whose
     * files cannot be read, because they have just ended or are still starting. If there is only one directory, that is
     * an error.
     *
     * @throws IOException when the only server cannot be read.
     */
    List<Interval> look() throws IOException
    {
        final Map<Path, Sample> seen = new LinkedHashMap<>();
        final List<Path> found = directories.find();
        for (final Path directory : found)
        {
            try
            {
                seen.put(directory, Sample.of(directory));
            }
            catch (final IOException ex)
            {
                if (found.size() == 1)
                {
                    throw ex;
                }
            }
        }

        final Map<Path, Sample> before = previous;
        previous = seen;
        return seen.entrySet().stream().map(entry -> new Interval(before.get(entry.getKey()), entry.getValue()))
            .sorted(Comparator.comparing(each -> each.now().condition() == Condition.GONE)).toList();
    }

    /** The directories in which the servers keep their figures. */
    List<Path> directories() throws IOException
    {
        return directories.find();
    }
}
