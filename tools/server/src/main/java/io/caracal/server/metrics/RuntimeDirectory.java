/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in memory ({@code /dev/shm}) that belongs to a data directory: the same for every process and start, so
 * that a server finds and replaces what an earlier one left, and tools find the server.
 */
public final class RuntimeDirectory
{
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "caracal-";
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeDirectory.class);
    private static final int NAME_BYTES = 10;

    private RuntimeDirectory()
    {
    }

    /**
     * Name of the directory.
     *
     * @param dataDir of a server; need not exist.
     * @return where its runtime directory is, or would be.
     * @throws IOException when the data directory's real name cannot be found out.
     */
    public static Path of(final Path dataDir) throws IOException
    {
        final Path realDir = Files.exists(dataDir) ? dataDir.toRealPath() : dataDir.toAbsolutePath().normalize();
        return MEMORY.resolve(PREFIX + hash(realDir.toString()));
    }

    /**
     * Makes the directory, readable by nobody else, unless it is there.
     *
     * @param dataDir of the server.
     * @return the directory.
     * @throws IOException when there is no directory in memory, or it belongs to somebody else.
     */
    public static Path make(final Path dataDir) throws IOException
    {
        final Path directory = of(dataDir);
        try
        {
            Files.createDirectory(directory,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        catch (final FileAlreadyExistsException ex)
        {
            final PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory() || !Files.isWritable(directory) ||
                !attributes.permissions().equals(PosixFilePermissions.fromString("rwx------")))
            {
                throw new IOException(directory + " is not a private directory of this user; remove it", ex);
            }
        }

        return directory;
    }

    /**
     * The directories that servers of this machine keep, or left when they were killed, and this user may read.
     *
     * @return directories with a counters file, in order of their names.
     * @throws IOException when there is no memory directory to look into.
     */
    public static List<Path> all() throws IOException
    {
        final List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(MEMORY, PREFIX + "*"))
        {
            for (final Path directory : directories)
            {
                if (Files.isReadable(directory.resolve(CountersFile.NAME)))
                {
                    found.add(directory);
                }
            }
        }
        catch (final DirectoryIteratorException ex)
        {
            throw ex.getCause();
        }

        Collections.sort(found);
        return found;
    }

    /**
     * Removes what killed servers left whose data directory is gone, so that no other start would ever replace it. What
     * cannot be read or removed belongs to somebody else and stays.
     */
    public static void sweep()
    {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(MEMORY, PREFIX + "*"))
        {
            for (final Path directory : directories)
            {
                if (isOrphan(directory))
                {
                    Files.deleteIfExists(directory.resolve(CountersFile.NAME));
                    Files.deleteIfExists(directory);
                }
            }
        }
        catch (final IOException | DirectoryIteratorException ex)
        {
            LOG.debug("old figures stay in {}: {}", MEMORY, ex.toString());
        }
    }

    private static boolean isOrphan(final Path directory)
    {
        if (!Files.isReadable(directory.resolve(CountersFile.NAME)))
        {
            return false;
        }

        try (CountersFile file = CountersFile.open(directory))
        {
            final CountersHeader header = file.header();
            return !Files.exists(Path.of(header.dataDir())) &&
                !ProcessHandle.of(header.pid()).map(ProcessHandle::isAlive).orElse(false);
        }
        catch (final IOException ex)
        {
            return false;
        }
    }

    private static String hash(final String text)
    {
        try
        {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every JVM has SHA-256", ex);
        }
    }
}
