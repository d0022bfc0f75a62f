/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * The real file system, except that a test decides how long forces of the log take, and whether the disk is full,
 * broken, or closed to this user.
 */
final class HeldDisk implements FileSystemCalls
{
    private static final long POLL_NS = 200_000;

    private final RealFileSystem real = new RealFileSystem();
    private volatile boolean isHeld;
    private volatile boolean isFull;
    private volatile boolean isClosed;
    private volatile boolean isForcing;
    private volatile boolean isBroken;

    /** From now on, a force does not return before {@link #release}. */
    void hold()
    {
        isHeld = true;
    }

    void release()
    {
        isHeld = false;
    }

    /** From now on, no space can be reserved. */
    void fill()
    {
        isFull = true;
    }

    /** From now on, the disk belongs to another user. */
    void closeToUser()
    {
        isClosed = true;
    }

    /** From now on, forces of the log fail. */
    void breakDown()
    {
        isBroken = true;
    }

    /** Whether a force is under way and held back. */
    boolean isForcing()
    {
        return isForcing && isHeld;
    }

    @Override
    public void force(final FileChannel channel, final Path file) throws IOException
    {
        final boolean isOfLog = "caracal-journal".equals(Thread.currentThread().getName());
        if (isBroken && isOfLog)
        {
            throw new IOException("Input/output error");
        }
        if (isHeld && isOfLog)
        {
            isForcing = true;
            while (isHeld)
            {
                LockSupport.parkNanos(POLL_NS);
            }

            isForcing = false;
        }

        real.force(channel, file);
    }

    @Override
    public void createDirectory(final Path directory) throws IOException
    {
        if (isClosed)
        {
            throw new AccessDeniedException(directory.toString());
        }

        real.createDirectory(directory);
    }

    @Override
    public void reserve(final Path file, final long length) throws IOException
    {
        if (isFull)
        {
            throw new NoSpaceException("no room on disk for " + file);
        }

        real.reserve(file, length);
    }

    @Override
    public void write(final FileChannel channel, final Path file, final ByteBuffer bytes, final long position)
        throws IOException
    {
        real.write(channel, file, bytes, position);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException
    {
        real.forceDirectory(directory);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException
    {
        real.rename(from, to);
    }

    @Override
    public void truncate(final Path file, final long length) throws IOException
    {
        real.truncate(file, length);
    }

    @Override
    public void remove(final Path path) throws IOException
    {
        real.remove(path);
    }
}
