/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An exclusive lock on a file, held while a server works on the directory around it; the system frees it with the
 * process.
 */
public final class DirectoryLock implements AutoCloseable
{
    private final FileChannel channel;

    private DirectoryLock(final FileChannel channel)
    {
        this.channel = channel;
    }

    /**
     * Tries to take the lock.
     *
     * @param file created when missing; its directory exists.
     * @return the lock, or null when another process, or another server of this one, holds it.
     * @throws IOException when the file cannot be opened.
     */
    public static DirectoryLock tryLock(final Path file) throws IOException
    {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;

        try
        {
            lock = channel.tryLock();
        }
        catch (final OverlappingFileLockException held)
        {
            // Held within this process: the same answer as when another process holds it.
            lock = null;
        }
        finally
        {
            if (lock == null)
            {
                channel.close();
            }
        }

        return lock == null ? null : new DirectoryLock(channel);
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }
}
