/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.IoUtil;

/**
 * Says that a directory of term buffers is in use: a lock on a file beside it, which the system gives back when the
 * process ends in whatever way. Unlike a process id it cannot be taken for that of another process, and it holds
 * between containers that share memory. Who gets the lock of another directory may remove it: nobody uses it. Servers
 * of one process take turns here, for a process cannot lock a file twice.
 */
final class DirectoryLease implements AutoCloseable
{
    private static final String SUFFIX = ".owner";
    /** To close any channel of a file gives back all locks that this process has on it, so these are not opened. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLease(final Path file, final FileChannel channel)
    {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits for whoever is just removing what an earlier process left there, and for nobody else: the data directory
     * whose name it bears has one owner.
     */
    static synchronized DirectoryLease take(final Path directory)
    {
        final Path file = fileOf(directory);
        if (!Files.isWritable(file.getParent()) || !HELD.add(file))
        {
            return new DirectoryLease(null, null);
        }

        try
        {
            while (true)
            {
                final FileChannel channel = locked(file, true);
                if (channel != null)
                {
                    return new DirectoryLease(file, channel);
                }
            }
        }
        catch (final IOException ex)
        {
            HELD.remove(file);
            throw new UncheckedIOException(file + " cannot be locked", ex);
        }
    }

    /** Removes what dead processes of this user left, and tells how much that was. */
    static synchronized void sweep(final Path memory, final PeerEvents events)
    {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(memory, AeronDirectory.PREFIX + "*" + SUFFIX))
        {
            for (final Path file : files)
            {
                if (!HELD.contains(file) && isOfOneOwner(file))
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
        try (FileChannel channel = locked(file, false))
        {
            if (channel != null)
            {
                final Path directory = directoryOf(file);
                final boolean isThere = Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
                IoUtil.delete(directory.toFile(), true);
                Files.deleteIfExists(file);
                if (isThere)
                {
                    events.onDirectorySwept(directory);
                }
            }
        }
    }

    /**
     * Null when another process has it, or the file was replaced meanwhile: the name is looked up before and after,
     * since a lock on a file that is gone says nothing.
     */
    private static FileChannel locked(final Path file, final boolean isOwner) throws IOException
    {
        if (isOwner && !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        }

        final Object key = keyOf(file);
        FileChannel channel = null;
        try
        {
            channel = key == null ? null : FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            final FileLock lock = channel == null ? null : isOwner ? channel.lock() : channel.tryLock();
            if (lock != null && Objects.equals(key, keyOf(file)))
            {
                final FileChannel result = channel;
                channel = null;
                return result;
            }

            return null;
        }
        finally
        {
            if (channel != null)
            {
                channel.close();
            }
        }
    }

    private static Object keyOf(final Path file) throws IOException
    {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.readAttributes(file, BasicFileAttributes.class,
            LinkOption.NOFOLLOW_LINKS).fileKey() : null;
    }

    /** Anybody may make files in shared memory: nobody has another's buffers removed by that. */
    private static boolean isOfOneOwner(final Path file) throws IOException
    {
        final Path directory = directoryOf(file);
        return Files.isWritable(file) && (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS) ||
            Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(directory,
                LinkOption.NOFOLLOW_LINKS)));
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

    /** After the directory was removed. */
    @Override
    public void close()
    {
        if (file != null)
        {
            try (channel)
            {
                Files.deleteIfExists(file);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
            finally
            {
                HELD.remove(file);
            }
        }
    }
}
