/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The real file system until a process would be killed: from then on nothing reaches it any more. */
final class FailingDisk implements FileSystemCalls
{
    private final RealFileSystem real = new RealFileSystem();
    private final AtomicInteger left;

    FailingDisk(final int callsMax)
    {
        left = new AtomicInteger(callsMax);
    }

    boolean hasFailed()
    {
        return left.get() < 0;
    }

    private void count() throws IOException
    {
        if (left.decrementAndGet() < 0)
        {
            throw new IOException("killed");
        }
    }

    @Override
    public void createDirectory(final Path directory) throws IOException
    {
        count();
        real.createDirectory(directory);
    }

    @Override
    public void reserve(final Path file, final long length) throws IOException
    {
        count();
        real.reserve(file, length);
    }

    @Override
    public void write(final FileChannel channel, final Path file, final ByteBuffer bytes, final long position)
        throws IOException
    {
        count();
        real.write(channel, file, bytes, position);
    }

    @Override
    public void force(final FileChannel channel, final Path file) throws IOException
    {
        count();
        real.force(channel, file);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException
    {
        count();
        real.forceDirectory(directory);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException
    {
        count();
        real.rename(from, to);
    }

    @Override
    public void truncate(final Path file, final long length) throws IOException
    {
        count();
        real.truncate(file, length);
    }

    @Override
    public void remove(final Path path) throws IOException
    {
        count();
        real.remove(path);
    }
}
