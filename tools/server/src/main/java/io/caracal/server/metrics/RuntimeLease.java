/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.transport.FileLease;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a {@link RuntimeDirectory} while a server runs. A {@link FileLease} in the directory tells other servers that
 * it is in use. It works across containers that share the memory but see neither the process nor its data directory.
 */
public final class RuntimeLease implements AutoCloseable
{
    /** Name of the locked file in the directory. */
    static final String NAME = "owner";

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeLease.class);
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    /** A directory of this process. The kernel makes the process's user its owner. */
    private static final Path OWN_PROCESS = Path.of("/proc/self");
    private static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long START_SLACK_MS = 2_000;
    private static final long KEPT_NS = TimeUnit.DAYS.toNanos(1);
    private static final String LOOP_DUE = Vital.LOOP_DUE_NS.name().toLowerCase(Locale.ROOT);

    private final Path directory;
    private final FileLease lease;

    private RuntimeLease(final Path directory, final FileLease lease)
    {
        this.directory = directory;
        this.lease = lease;
    }

    /**
     * Creates the directory, accessible only to this user, unless it exists, and takes it. If another server is just
     * removing the files of an earlier one, this waits for it, two seconds at most.
     *
     * @param directory runtime directory of the server, from {@link RuntimeDirectory#of}.
     * @return the lease, to be closed after the files in the directory were removed.
     * @throws IOException when {@code /dev/shm} is missing, or the directory belongs to another user or is held by
     *                     another server.
     */
    public static RuntimeLease take(final Path directory) throws IOException
    {
        return take(directory, WAIT_MAX_NS);
    }

    static RuntimeLease take(final Path directory, final long waitMaxNs) throws IOException
    {
        return new RuntimeLease(directory, FileLease
            .await(() -> make(directory) ? FileLease.tryMake(directory.resolve(NAME)) : null, directory, waitMaxNs));
    }

    /**
     * Creates the directory, unless it exists. Returns false when it existed but another server has removed it
     * meanwhile.
     */
    private static boolean make(final Path directory) throws IOException
    {
        try
        {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
            return true;
        }
        catch (final FileAlreadyExistsException isThere)
        {
            return isPrivate(directory, isThere);
        }
    }

    private static boolean isPrivate(final Path directory, final FileAlreadyExistsException isThere) throws IOException
    {
        try
        {
            final PosixFileAttributes attributes = attributesOf(directory);
            if (attributes.isDirectory() && attributes.permissions().equals(PRIVATE) && Files.isWritable(directory))
            {
                return true;
            }

            if (attributes.fileKey().equals(attributesOf(directory).fileKey()))
            {
                throw new IOException(directory + " is not a private directory of this user; remove it", isThere);
            }

            return false;
        }
        catch (final NoSuchFileException removed)
        {
            return false;
        }
    }

    private static PosixFileAttributes attributesOf(final Path directory) throws IOException
    {
        return Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Whether the process that keeps the figures in a directory is alive, in whichever container it runs.
     *
     * @param directory runtime directory of a server.
     * @param header    of its counters file.
     * @return false when it was killed or has crashed. A server that shuts down properly removes its figures.
     * @throws IOException when that cannot be determined.
     */
    public static boolean isAlive(final Path directory, final CountersHeader header) throws IOException
    {
        final Path file = directory.resolve(NAME);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? FileLease.isHeld(file) : isAliveByNumber(header);
    }

    /**
     * Used for files of early versions, which have no lock beside them. A process that started later than the server is
     * another one with the same id.
     */
    private static boolean isAliveByNumber(final CountersHeader header)
    {
        return ProcessHandle.of(header.pid()).filter(ProcessHandle::isAlive).map(process -> process.info()
            .startInstant().map(Instant::toEpochMilli).orElse(0L) <= header.startTimeMs() + START_SLACK_MS)
            .orElse(false);
    }

    /**
     * Removes what killed servers of this user left, if their data directory is gone, because then no other start would
     * ever replace it. For a server in another container, it cannot be seen from here whether the data directory is
     * gone, so its last figures stay for a day. What cannot be read or removed stays.
     */
    public static void sweep()
    {
        sweep(RuntimeDirectory.MEMORY);
    }

    static void sweep(final Path memory)
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
        final FileLease lease = FileLease.tryMake(directory.resolve(NAME));
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
            removeEmpty(directory);
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
            return Files.exists(directory.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
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

    private static void removeEmpty(final Path directory) throws IOException
    {
        try
        {
            Files.deleteIfExists(directory);
        }
        catch (final DirectoryNotEmptyException taken)
        {
            // A starting server already has it.
        }
    }

    /**
     * Returns the directory in which the server keeps its figures.
     *
     * @return the runtime directory.
     */
    public Path directory()
    {
        return directory;
    }

    /** Releases the lease and removes the directory, unless a starting server has it already. */
    @Override
    public void close() throws IOException
    {
        lease.close();
        removeEmpty(directory);
    }
}
