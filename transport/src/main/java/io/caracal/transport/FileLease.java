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
 * A file that is locked while something is in use, so that nobody else removes that thing. The system releases the lock
 * when the process ends, however it ends. So unlike a process id, the lock cannot be mistaken for that of another
 * process. It also works between containers that share a file system but do not see each other's processes. Whoever
 * obtains the lock may remove what it guards, because nobody uses it. Closing the lease removes the file.
 * <p>
 * A process cannot lock a file twice, and when it closes any channel of a file, it loses all its locks on that file. So
 * this class remembers the files it holds and does not open them again.
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
         * Makes one attempt.
         *
         * @return null if another attempt is worthwhile.
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
     * Takes the lease, creating the file if there is none. If refused, try again: a process that removes what a dead
     * process left holds the lease for a moment.
     *
     * @param file in a directory that exists.
     * @return null when another holder has it, in this process or another, or the file or its directory was removed or
     * replaced meanwhile.
     * @throws IOException when the file cannot be made or locked.
     */
    public static FileLease tryMake(final Path file) throws IOException
    {
        return take(file, true);
    }

    /**
     * Takes the lease of a file that exists.
     *
     * @param file to be locked.
     * @return null when another holder has it, in this process or another, or the file is gone or was replaced
     * meanwhile.
     * @throws IOException when the file cannot be locked.
     */
    public static FileLease tryTake(final Path file) throws IOException
    {
        return take(file, false);
    }

    /**
     * Tries for a while, until an attempt succeeds. A process that removes what a dead process left is done sooner than
     * that. If an owner is still there at the end, it is another living server.
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
     * Whether any process holds the lease, whatever container it runs in. Does not keep the lock that it tries.
     * Somebody who wants the lease at this very moment may find it taken once, and has to try again.
     *
     * @param file that would be locked.
     * @return false when the file does not exist, or nobody holds its lease.
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
     * Opens and locks the file. The name is looked up before and after locking, because a lock on a file that was
     * removed meanwhile is worthless.
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
                // Another process made it at this moment. Whoever locks it first has it.
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

    /** Removes the file and releases the lock. What the lease guarded must have been removed before. */
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
