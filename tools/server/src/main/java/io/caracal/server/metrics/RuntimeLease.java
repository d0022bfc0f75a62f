/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.transport.FileLease;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Holds a {@link RuntimeDirectory} while a server runs. A {@link FileLease} in the directory tells other servers that
 * it is in use. It works across containers that share the memory but see neither the process nor its data directory.
 * What killed servers left is removed by {@link RuntimeSweep}.
 */
public final class RuntimeLease implements AutoCloseable
{
    /** Name of the locked file in the directory. */
    static final String NAME = "owner";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long START_SLACK_MS = 2_000;

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
        return new RuntimeLease(directory,
            FileLease.await(() -> make(directory) ? FileLease.tryMake(directory.resolve(NAME)) : null, directory,
                waitMaxNs));
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

    /** Removes the directory, unless a starting server already has it. */
    static void removeEmpty(final Path directory) throws IOException
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
