/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.transport.FileLease;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the runtime directories that killed servers of this user left, if their data directory is gone, because then
 * no other start would ever replace them. For a server in another container, it cannot be seen from here whether the
 * data directory is gone, so its last figures stay for a day.
 */
public final class RuntimeSweep
{
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeSweep.class);
    /** A directory of this process. The kernel makes the process's user its owner. */
    private static final Path OWN_PROCESS = Path.of("/proc/self");
    private static final long KEPT_NS = TimeUnit.DAYS.toNanos(1);
    private static final String LOOP_DUE = Vital.LOOP_DUE_NS.name().toLowerCase(Locale.ROOT);

    private RuntimeSweep()
    {
    }

    /** Removes what nobody needs any more from the memory of this machine. What cannot be read or removed stays. */
    public static void run()
    {
        run(RuntimeDirectory.MEMORY);
    }

    static void run(final Path memory)
    {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(memory, RuntimeDirectory.PREFIX + "*"))
        {
            for (final Path directory : directories)
            {
                sweepOne(directory);
            }
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            LOG.debug("old figures stay in {}: {}", memory, ex.toString());
        }
    }

    private static void sweepOne(final Path directory)
    {
        try
        {
            if (isOwn(directory) && isOrphan(directory))
            {
                remove(directory);
            }
        }
        catch (final IOException ex)
        {
            LOG.debug("old figures stay in {}: {}", directory, ex.toString());
        }
    }

    /**
     * Whether a directory belongs to this user and is not a link. Anybody may create directories and links in shared
     * memory, and must not be able to get other directories emptied that way.
     */
    private static boolean isOwn(final Path directory) throws IOException
    {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.getOwner(directory,
            LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(OWN_PROCESS));
    }

    /** Removes a directory. It is checked again under the lock, because a server may just have started there. */
    private static void remove(final Path directory) throws IOException
    {
        final FileLease lease = FileLease.tryMake(directory.resolve(RuntimeLease.NAME));
        if (lease == null)
        {
            return;
        }

        final boolean isOrphan;
        try (lease)
        {
            isOrphan = isOrphan(directory);
            if (isOrphan)
            {
                Files.deleteIfExists(directory.resolve(CountersFile.NAME));
            }
        }

        if (isOrphan)
        {
            RuntimeLease.removeEmpty(directory);
        }
    }

    /**
     * Whether nobody needs a directory any more. A directory without figures is useless if it is a server's, that is if
     * it has the file of the lease.
     */
    private static boolean isOrphan(final Path directory)
    {
        if (!Files.exists(directory.resolve(CountersFile.NAME)))
        {
            return Files.exists(directory.resolve(RuntimeLease.NAME), LinkOption.NOFOLLOW_LINKS);
        }

        try (CountersFile file = CountersFile.open(directory))
        {
            final CountersHeader header = file.header();
            return !Files.exists(Path.of(header.dataDir())) && (header.nameSpaces().hasOwnFiles() ||
                silentNs(file) > KEPT_NS);
        }
        catch (final IOException | InvalidPathException ex)
        {
            // A name that cannot be represented in the locale of this process may still be the name of a directory.
            return false;
        }
    }

    /**
     * Returns how long the server's loop is overdue, by the monotonic clock, which all containers of a machine share.
     */
    private static long silentNs(final CountersFile file)
    {
        final long[] dueNs = { 0 };
        file.reader().forEach((value, id, label) ->
        {
            if (LOOP_DUE.equals(label))
            {
                dueNs[0] = value;
            }
        });

        return System.nanoTime() - dueNs[0];
    }
}
