/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/**
 * A lock on a file that protects the directory around it. A server holds it exclusively while it works there; tools
 * share it while they read. The system releases the lock when the process ends.
 * <p>
 * The system also releases it as soon as the process closes any channel of the file. So a second attempt within the
 * process would let other processes in. To prevent that, this class remembers the files it holds, under whatever name
 * they were found, and does not open them again.
 */
public final class DirectoryLock implements AutoCloseable
{
    private static final Set<Object> HELD = new HashSet<>();

    private final FileChannel channel;
    private final Object key;

    private DirectoryLock(final FileChannel channel, final Object key)
    {
        this.channel = channel;
        this.key = key;
    }

    /**
     * Tries to take the lock.
     *
     * @param file created when missing; its directory exists.
     * @return the lock; null when another process, or another server of this process, holds it.
     * @throws IOException when the file cannot be opened.
     */
    public static DirectoryLock tryLock(final Path file) throws IOException
    {
        return tryLock(file, false, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Tries to keep servers out while a tool reads. Several tools may do so at the same time. A file that exists need
     * not be writable.
     *
     * @param file created when missing; its directory exists.
     * @return the lock; null when a server holds it, or anybody in this process.
     * @throws IOException when the file cannot be opened.
     */
    public static DirectoryLock tryShare(final Path file) throws IOException
    {
        return Files.exists(file) ? tryLock(file, true, StandardOpenOption.READ) : tryLock(file, true,
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static DirectoryLock tryLock(final Path file, final boolean isShared, final StandardOpenOption... options)
        throws IOException
    {
        synchronized (HELD)
        {
            return Files.exists(file) && HELD.contains(keyOf(file)) ? null : lock(file, isShared, options);
        }
    }

    private static DirectoryLock lock(final Path file, final boolean isShared, final StandardOpenOption... options)
        throws IOException
    {
        final FileChannel channel = FileChannel.open(file, options);
        DirectoryLock result = null;

        try
        {
            final FileLock lock = channel.tryLock(0, Long.MAX_VALUE, isShared);
            if (lock != null)
            {
                result = new DirectoryLock(channel, keyOf(file));
                HELD.add(result.key);
            }
        }
        finally
        {
            if (result == null)
            {
                channel.close();
            }
        }

        return result;
    }

    /** Identifies the file itself, under whatever name it was found. */
    private static Object keyOf(final Path file) throws IOException
    {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException
    {
        synchronized (HELD)
        {
            if (channel.isOpen())
            {
                HELD.remove(key);
                channel.close();
            }
        }
    }
}
