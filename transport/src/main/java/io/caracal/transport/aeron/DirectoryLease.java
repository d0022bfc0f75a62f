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
 * Says that a directory of term buffers is in use, by a {@link FileLease} beside it. Who gets that of another directory
 * may remove it. Servers of one process take turns here.
 */
final class DirectoryLease implements AutoCloseable
{
    private static final String SUFFIX = ".owner";
    private static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(10);

    /** Null when the directory is not guarded. */
    private final FileLease lease;

    private DirectoryLease(final FileLease lease)
    {
        this.lease = lease;
    }

    /**
     * Waits for whoever is just removing what an earlier process left there, and for nobody else: the data directory
     * whose name it bears has one owner, unless containers with equal paths share one memory.
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

    /** Removes what dead processes of this user left, and tells how much that was. */
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

    /** Anybody may make files in shared memory: nobody has another's buffers removed by that. */
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
            // By its owner, or by another server that starts at this moment.
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

    /** The file that is locked, null when the directory is not guarded. */
    Path file()
    {
        return lease == null ? null : lease.file();
    }

    /** After the directory was removed. */
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
