/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.FileLease;
import io.caracal.transport.PeerEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * Marks a directory of term buffers as being in use, by a {@link FileLease} beside it. A process that obtains the lease
 * of another server's directory may remove that directory. Servers in one process take turns here.
 */
final class DirectoryLease implements AutoCloseable
{
    private static final String SUFFIX = ".owner";
    private static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(10);

    /** Null if the directory is not guarded. */
    private final FileLease lease;

    private DirectoryLease(final FileLease lease)
    {
        this.lease = lease;
    }

    /**
     * Takes the lease. Waits while another process removes what an earlier process left there. It need not wait for any
     * other owner: the directory is named after the data directory, which has one owner, unless containers with equal
     * paths share the same memory.
     */
    static synchronized DirectoryLease take(final Path directory)
    {
        final Path file = fileOf(directory);
        if (!Files.isWritable(file.getParent()) || FileLease.isHeldHere(file))
        {
            return new DirectoryLease(null);
        }

        try
        {
            return new DirectoryLease(FileLease.await(() -> FileLease.tryMake(file), directory, WAIT_MAX_NS));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(file + " cannot be locked: " + ex, ex);
        }
    }

    /** Removes the directories that dead processes of this user left, and reports each one. */
    static synchronized void sweep(final Path memory, final PeerEvents events)
    {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(memory, AeronDirectory.PREFIX + "*" + SUFFIX))
        {
            for (final Path file : files)
            {
                if (!FileLease.isHeldHere(file) && isOfOneOwner(file))
                {
                    remove(file, events);
                }
            }
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            events.onError(new IOException("what dead servers left stays in " + memory, ex));
        }
    }

    private static void remove(final Path file, final PeerEvents events) throws IOException
    {
        try (FileLease lease = FileLease.tryTake(file))
        {
            if (lease != null)
            {
                final Path directory = directoryOf(file);
                final boolean isThere = Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
                IoUtil.delete(directory.toFile(), true);
                if (isThere)
                {
                    events.onDirectorySwept(directory);
                }
            }
        }
    }

    /**
     * Whether the lease file and its directory have the same owner. Anybody may create files in shared memory, and
     * nobody must be able to have another user's buffers removed that way.
     */
    private static boolean isOfOneOwner(final Path file) throws IOException
    {
        final Path directory = directoryOf(file);
        try
        {
            return Files.isWritable(file) && (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS) ||
                Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(directory,
                    LinkOption.NOFOLLOW_LINKS)));
        }
        catch (final NoSuchFileException removed)
        {
            // The file was removed by its owner, or by another server that starts at this moment.
            return false;
        }
    }

    private static Path fileOf(final Path directory)
    {
        return directory.resolveSibling(directory.getFileName() + SUFFIX);
    }

    private static Path directoryOf(final Path file)
    {
        final String name = file.getFileName().toString();

        return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    /** The locked file; null if the directory is not guarded. */
    Path file()
    {
        return lease == null ? null : lease.file();
    }

    /** Gives the lease back. The directory must have been removed before. */
    @Override
    public void close()
    {
        if (lease != null)
        {
            try
            {
                lease.close();
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }
}
