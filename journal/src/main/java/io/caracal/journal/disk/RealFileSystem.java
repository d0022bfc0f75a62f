/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Makes the calls of the operating system. */
public final class RealFileSystem implements FileSystemCalls
{
    private final BlockReservation reservation = new BlockReservation();

    @Override
    public void createDirectory(final Path directory) throws IOException
    {
        try
        {
            Files.createDirectories(directory);
        }
        catch (final FileAlreadyExistsException inTheWay)
        {
            throw new IOException(inTheWay.getFile() + " is no directory, nor a link to one that is there", inTheWay);
        }
        catch (final IOException ex)
        {
            throw translated(ex, directory);
        }
    }

    @Override
    public void reserve(final Path file, final long length) throws IOException
    {
        try
        {
            reservation.reserve(file, length);
        }
        catch (final IOException ex)
        {
            throw translated(ex, file);
        }
    }

    @Override
    public void write(final FileChannel channel, final Path file, final ByteBuffer bytes, final long position)
        throws IOException
    {
        long next = position;

        try
        {
            while (bytes.hasRemaining())
            {
                next += channel.write(bytes, next);
            }
        }
        catch (final IOException ex)
        {
            throw translated(ex, file);
        }
    }

    @Override
    public void force(final FileChannel channel, final Path file) throws IOException
    {
        try
        {
            channel.force(false);
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException
    {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ))
        {
            channel.force(true);
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, directory);
        }
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException
    {
        try
        {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (final IOException ex)
        {
            throw translated(ex, to);
        }
    }

    @Override
    public void truncate(final Path file, final long length) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE))
        {
            channel.truncate(length);
        }
        catch (final IOException ex)
        {
            throw FileFailure.named(ex, file);
        }
    }

    @Override
    public void remove(final Path path) throws IOException
    {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        {
            removeEntries(path);
        }

        Files.deleteIfExists(path);
    }

    /**
     * Removes what is in a directory. If the directory cannot be read for want of a descriptor, it is treated as empty,
     * which it may be.
     */
    private static void removeEntries(final Path directory) throws IOException
    {
        final List<Path> entries;
        try
        {
            entries = DirectoryEntries.of(directory);
        }
        catch (final NoDescriptorException ex)
        {
            return;
        }

        for (final Path entry : entries)
        {
            Files.deleteIfExists(entry);
        }
    }

    private static IOException translated(final IOException ex, final Path path)
    {
        if (ex instanceof NoSpaceException || !NoSpaceException.isToldBy(ex))
        {
            return FileFailure.named(ex, path);
        }

        final IOException noSpace = new NoSpaceException("no room on disk for " + path);
        noSpace.addSuppressed(ex);
        return noSpace;
    }
}
