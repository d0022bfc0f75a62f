/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
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

/**
 * A file that is locked while something is in use, so that nobody else removes that. The system gives the lock back
 * when the process ends, in whatever way. So unlike a process id it cannot be mistaken for that of another process. It
 * also works between containers that share a file system, though these do not see each other's processes. Who gets the
 * lock may remove what it guards, since nobody uses it. Closing the lease removes the file.
 * <p>
 * A process cannot lock a file twice, and when it closes any channel of a file it loses all locks that it has on that
 * file. So files that are held are remembered here, and are not opened again.
 */
public final class FileLease implements AutoCloseable
{
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** One attempt at a lease. */
    @FunctionalInterface
    public interface Attempt
    {
        /**
         * Tries.
         *
         * @return null: to be tried again.
         * @throws IOException when no other attempt could succeed.
         */
        FileLease attempt() throws IOException;
    }

    private final Path file;
    private final FileChannel channel;

    private FileLease(final Path file, final FileChannel channel)
    {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lease, making the file if there is none. To be tried again when it is refused: whoever removes what a
     * dead process left has it for a moment.
     *
     * @param file in a directory that exists.
     * @return null when somebody else has it, in this process or another, or the file or its directory was removed or
     *         replaced meanwhile.
     * @throws IOException when the file cannot be made or locked.
     */
    public static FileLease tryMake(final Path file) throws IOException
    {
        return take(file, true);
    }

    /**
     * Takes the lease of a file that is there.
     *
     * @param file to be locked.
     * @return null when somebody else has it, in this process or another, or the file is gone or was replaced
     *         meanwhile.
     * @throws IOException when the file cannot be locked.
     */
    public static FileLease tryTake(final Path file) throws IOException
    {
        return take(file, false);
    }

    /**
     * Tries until it succeeds, for a while: whoever removes what a dead process left is done sooner, and a living owner
     * is another server's.
     *
     * @param attempt   to be made.
     * @param what      is wanted, for people.
     * @param waitMaxNs how long to try.
     * @return the lease.
     * @throws IOException when an attempt fails, or none succeeds in time.
     */
    public static FileLease await(final Attempt attempt, final Path what, final long waitMaxNs) throws IOException
    {
        final long beginNs = System.nanoTime();
        while (System.nanoTime() - beginNs < waitMaxNs)
        {
            final FileLease lease = attempt.attempt();
            if (lease != null)
            {
                return lease;
            }

            LockSupport.parkNanos(PAUSE_NS);
        }

        throw new IOException("another server keeps " + what + ", which seems to be one in a container that shares" +
            " this memory and has a data directory of the same path: give one of them another path, or its own memory");
    }

    /**
     * Whether this process has the lease.
     *
     * @param file as it was named when it was taken.
     * @return true when it is held here.
     */
    public static boolean isHeldHere(final Path file)
    {
        return HELD.contains(file);
    }

    /**
     * Whether some process has the lease, in whatever container it runs. Takes nothing: who wants the lease at this
     * moment may find it taken once, and tries again.
     *
     * @param file that would be locked.
     * @return false when it is not there, or nobody has it.
     * @throws IOException when the file cannot be read.
     */
    public static boolean isHeld(final Path file) throws IOException
    {
        if (isHeldHere(file))
        {
            return true;
        }

        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
        {
            return channel.tryLock(0, Long.MAX_VALUE, true) == null;
        }
        catch (final NoSuchFileException removed)
        {
            return false;
        }
    }

    private static FileLease take(final Path file, final boolean isMade) throws IOException
    {
        if (!HELD.add(file))
        {
            return null;
        }

        FileLease lease = null;
        try
        {
            final FileChannel channel = locked(file, isMade);
            lease = channel == null ? null : new FileLease(file, channel);
            return lease;
        }
        finally
        {
            if (lease == null)
            {
                HELD.remove(file);
            }
        }
    }

    /**
     * The name is looked up before and after locking, since a lock on a file that was removed meanwhile is worthless.
     */
    private static FileChannel locked(final Path file, final boolean isMade) throws IOException
    {
        FileChannel channel = null;
        try
        {
            if (isMade)
            {
                make(file);
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

    private static void make(final Path file) throws IOException
    {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        {
            try
            {
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
            }
            catch (final FileAlreadyExistsException other)
            {
                // Another process made it at this moment: whoever locks it first has it.
            }
        }
    }

    private static Object keyOf(final Path file) throws IOException
    {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
    }

    /**
     * The file that is locked.
     *
     * @return its path, as it was given.
     */
    public Path file()
    {
        return file;
    }

    /** Removes the file and gives the lock back; what it guarded was removed before. */
    @Override
    public void close() throws IOException
    {
        try (channel)
        {
            Files.deleteIfExists(file);
        }
        finally
        {
            HELD.remove(file);
        }
    }
}
