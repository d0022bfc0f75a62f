/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A disk whose forces fail as in Linux: what was written stays in memory, is read from there and counts as written,
 * although the device never got it. A later force succeeds but does not repair that. The contents of the device are
 * kept in separate files: all contents at the first force of a file, and later what was written between two forces, if
 * the second one did not fail. Names reach the device at once.
 */
public final class ForgetfulDisk implements FileSystemCalls
{
    private final RealFileSystem real = new RealFileSystem();
    private final Map<Object, Path> device = new HashMap<>();
    private final Map<Object, List<long[]>> unforced = new HashMap<>();
    private final Path contents;
    private volatile Predicate<Path> failing = file -> false;

    /**
     * Creates a disk that works at first.
     *
     * @param contents holds what is on the device; the caller removes it.
     */
    public ForgetfulDisk(final Path contents)
    {
        this.contents = contents;
    }

    /** Selects the files whose forces fail from now on. */
    public void failForce(final Predicate<Path> files)
    {
        failing = files;
    }

    @Override
    public synchronized void write(final FileChannel channel, final Path file, final ByteBuffer bytes,
        final long position) throws IOException
    {
        unforced.computeIfAbsent(key(file), any -> new ArrayList<>()).add(new long[]{ position, bytes.remaining() });
        real.write(channel, file, bytes, position);
    }

    @Override
    public synchronized void force(final FileChannel channel, final Path file) throws IOException
    {
        final Object key = key(file);
        final List<long[]> pieces = unforced.remove(key);
        if (failing.test(file))
        {
            throw new IOException("Input/output error: " + file);
        }

        real.force(channel, file);
        if (!device.containsKey(key))
        {
            device.put(key, contents.resolve("file-" + device.size()));
            CrashImage.copyFile(file, device.get(key));
        }
        else if (pieces != null)
        {
            copy(pieces, file, device.get(key));
        }
    }

    private static void copy(final List<long[]> pieces, final Path from, final Path to) throws IOException
    {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
            FileChannel target = FileChannel.open(to, StandardOpenOption.WRITE))
        {
            for (final long[] piece : pieces)
            {
                final ByteBuffer bytes = ByteBuffer.allocate((int)piece[1]);
                source.read(bytes, piece[0]);
                target.write(bytes.flip(), piece[0]);
            }
        }
    }

    /** Writes what a power cut leaves to a directory that does not exist. */
    public synchronized void writeTo(final Path root, final Path target) throws IOException
    {
        try (Stream<Path> all = Files.walk(root))
        {
            for (final Path path : all.toList())
            {
                final Path to = target.resolve(root.relativize(path).toString());
                if (Files.isDirectory(path))
                {
                    Files.createDirectories(to);
                }
                else if (device.containsKey(key(path)))
                {
                    CrashImage.copyFile(device.get(key(path)), to);
                }
                else
                {
                    Files.createFile(to);
                }
            }
        }
    }

    private static Object key(final Path file) throws IOException
    {
        return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void createDirectory(final Path directory) throws IOException
    {
        real.createDirectory(directory);
    }

    @Override
    public void reserve(final Path file, final long length) throws IOException
    {
        real.reserve(file, length);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException
    {
        real.forceDirectory(directory);
    }

    @Override
    public synchronized void rename(final Path from, final Path to) throws IOException
    {
        forget(to);
        real.rename(from, to);
    }

    @Override
    public synchronized void truncate(final Path file, final long length) throws IOException
    {
        real.truncate(file, length);
        final Path copy = device.get(key(file));
        if (copy != null)
        {
            real.truncate(copy, length);
        }
    }

    @Override
    public synchronized void remove(final Path path) throws IOException
    {
        forget(path);
        real.remove(path);
    }

    /**
     * Forgets a removed file, or a directory with all its contents, because the next file may get the same inode
     * number.
     */
    private void forget(final Path path) throws IOException
    {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        {
            return;
        }

        try (Stream<Path> all = Files.walk(path))
        {
            for (final Path file : all.filter(Files::isRegularFile).toList())
            {
                device.remove(key(file));
                unforced.remove(key(file));
            }
        }
    }
}
