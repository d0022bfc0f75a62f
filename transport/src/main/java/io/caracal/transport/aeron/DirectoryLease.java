/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    /** Whoever removes what a dead process left is done sooner; a living owner is another server's. */
    private static final long WAIT_MAX_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);
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
     * whose name it bears has one owner, unless containers with equal paths share one memory.
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
            return new DirectoryLease(file, awaitLock(file));
        }
        catch (final IOException ex)
        {
            HELD.remove(file);
            throw new UncheckedIOException(file + " cannot be locked: " + ex, ex);
        }
    }

    private static FileChannel awaitLock(final Path file) throws IOException
    {
        final long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < WAIT_MAX_NS)
        {
            final FileChannel channel = locked(file, true);
            if (channel != null)
            {
                return channel;
            }

            LockSupport.parkNanos(PAUSE_NS);
        }

        throw new IOException("another process keeps it, which seems to be a server in a container that shares this" +
            " memory and has a data directory of the same path: give one of them another path, or its own memory");
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
     * Null when another process has it, or the file was removed or replaced meanwhile: the name is looked up before and
     * after, since a lock on a file that is gone says nothing.
     */
    private static FileChannel locked(final Path file, final boolean isOwner) throws IOException
    {
        FileChannel channel = null;
        try
        {
            if (isOwner && !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
            {
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
            }

            final Object key = keyOf(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (channel.tryLock() != null && key.equals(keyOf(file)))
            {
                final FileChannel result = channel;
                channel = null;
                return result;
            }

            return null;
        }
        catch (final NoSuchFileException removed)
        {
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
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
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
        return file;
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
