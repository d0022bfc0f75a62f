/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.journal.disk.RealPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * The directory in memory ({@code /dev/shm}) that belongs to a data directory. It is the same for every process and
 * start. So a server finds and replaces what an earlier one left, and tools find the server. {@link RuntimeLease}
 * creates and removes it.
 */
public final class RuntimeDirectory
{
    static final Path MEMORY = Path.of("/dev/shm");
    static final String PREFIX = "caracal-";
    private static final int NAME_BYTES = 10;

    private RuntimeDirectory()
    {
    }

    /**
     * Returns the runtime directory of a data directory.
     *
     * @param dataDir data directory of a server; need not exist.
     * @return the path, whether or not it exists.
     * @throws IOException when the real path of the data directory cannot be determined.
     */
    public static Path of(final Path dataDir) throws IOException
    {
        return MEMORY.resolve(PREFIX + hash(RealPath.of(dataDir).toString()));
    }

    /**
     * Lists the runtime directories on this machine that this user may read, of running servers and of killed ones.
     *
     * @return directories with a counters file, sorted by name.
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
