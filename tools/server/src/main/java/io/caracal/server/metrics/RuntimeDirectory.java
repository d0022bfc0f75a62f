/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The directory in memory ({@code /dev/shm}) that belongs to a data directory: the same for every process and start, so
 * that a server finds and replaces what an earlier one left, and tools find the server.
 */
public final class RuntimeDirectory
{
    private static final Path MEMORY = Path.of("/dev/shm");
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
        return MEMORY.resolve("caracal-" + hash(realDir.toString()));
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
