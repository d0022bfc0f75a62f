/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Creates copies of a data directory and mixtures of two copies, to simulate what the device holds after a crash. */
public final class CrashImage
{
    private static final int PAGE_LENGTH = 4096;

    private CrashImage()
    {
    }

    /**
     * Copies what a killed process leaves: everything that was written, forced or not. Directories that vanish
     * meanwhile are garbage.
     */
    public static void copy(final Path from, final Path to)
    {
        try
        {
            Files.walkFileTree(from, new Copying(from, to));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Copies a tree in which a thread may be creating and renaming temporary files. */
    private static final class Copying extends SimpleFileVisitor<Path>
    {
        private final Path from;
        private final Path to;

        private Copying(final Path from, final Path to)
        {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(final Path directory, final BasicFileAttributes attributes)
            throws IOException
        {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException
        {
            if (!isTemporary(file))
            {
                copyFile(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(final Path file, final IOException ex) throws IOException
        {
            if (ex instanceof NoSuchFileException && isTemporary(file))
            {
                return FileVisitResult.CONTINUE;
            }
            throw ex;
        }

        private static boolean isTemporary(final Path file)
        {
            final String name = file.toString();
            return name.endsWith(".tmp") || name.endsWith(".part") || name.endsWith(".precreated");
        }
    }

    /**
     * Creates what a power cut leaves: each page of each file as it was at the last force, or as it is now. Files that
     * did not exist at the last force are absent or present, but files in directories that the manifest names are
     * always present. A file that was shortened since then has its old or its new length.
     */
    public static void mix(final Path forced, final Path now, final Path to, final SplittableRandom random)
        throws IOException
    {
        copy(now, to);
        for (final Path file : files(forced))
        {
            final Path target = to.resolve(forced.relativize(file));
            if (Files.exists(target))
            {
                mixPages(file, target, random);
            }
            else
            {
                Files.createDirectories(target.getParent());
                copyFile(file, target);
            }
        }
    }

    public static List<Path> files(final Path root) throws IOException
    {
        try (Stream<Path> files = Files.walk(root))
        {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void mixPages(final Path forced, final Path target, final SplittableRandom random) throws IOException
    {
        final int oddsOfOld = random.nextInt(1, 100);
        final byte[] old = new byte[PAGE_LENGTH];
        final byte[] present = new byte[PAGE_LENGTH];

        try (RandomAccessFile from = new RandomAccessFile(forced.toFile(), "r");
            RandomAccessFile to = new RandomAccessFile(target.toFile(), "rw"))
        {
            final long presentLength = to.length();
            final boolean isCutUndone = presentLength < from.length() && random.nextBoolean();
            final long length = isCutUndone ? from.length() : Math.min(from.length(), presentLength);
            to.setLength(Math.max(length, presentLength));
            for (long position = 0; position + PAGE_LENGTH <= length; position += PAGE_LENGTH)
            {
                from.seek(position);
                from.readFully(old);
                to.seek(position);
                to.readFully(present);
                final boolean isOld = position >= presentLength || random.nextInt(100) < oddsOfOld;
                if (isOld && !Arrays.equals(old, present))
                {
                    to.seek(position);
                    to.write(old);
                }
            }
        }
    }

    /** Keeps zeros as holes, so that many images take little room. */
    static void copyFile(final Path from, final Path to) throws IOException
    {
        if (Files.size(from) < PAGE_LENGTH)
        {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            return;
        }

        final byte[] page = new byte[PAGE_LENGTH];
        final byte[] zeros = new byte[PAGE_LENGTH];
        try (RandomAccessFile source = new RandomAccessFile(from.toFile(), "r");
            RandomAccessFile target = new RandomAccessFile(to.toFile(), "rw"))
        {
            final long length = source.length();
            target.setLength(length);
            for (long position = 0; position < length; position += PAGE_LENGTH)
            {
                final int count = source.read(page);
                if (count > 0 && !Arrays.equals(page, 0, count, zeros, 0, count))
                {
                    target.seek(position);
                    target.write(page, 0, count);
                }
            }
        }
    }
}
