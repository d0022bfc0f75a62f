/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The places of a server's files.
 *
 * <pre>
 *   dataDir/caracal-1/lock                       held while a server works here
 *                     epochs                     two epochs and a server id, two slots
 *                     snapshots/snapshot-Z       state at zxid Z, sixteen hexadecimal digits
 *   dataLogDir/caracal-1/lock                    the same, where the two directories differ
 *                        manifest                what counts, two slots
 *                        segments/N-ID/          one Chronicle queue each
 * </pre>
 *
 * @param home     of everything but the log.
 * @param logHome  of the log; may be the same.
 */
public record DataLayout(Path home, Path logHome)
{
    /** Names the generation of the format. Another generation lives beside it. */
    public static final String HOME_NAME = "caracal-1";

    /**
     * Returns the layout in two directories. They may be one directory under two names, for example through a link or a
     * roundabout path.
     *
     * @param dataDir    of the server; must exist to be recognized under another name.
     * @param dataLogDir of its log.
     * @return the layout.
     */
    public static DataLayout in(final Path dataDir, final Path dataLogDir)
    {
        final Path home = dataDir.resolve(HOME_NAME);
        return new DataLayout(home, isSame(dataDir, dataLogDir) ? home : dataLogDir.resolve(HOME_NAME));
    }

    private static boolean isSame(final Path one, final Path other)
    {
        try
        {
            return Files.isSameFile(one, other);
        }
        catch (final IOException ex)
        {
            // One of them does not exist or cannot be examined. Opening it will report that.
            return false;
        }
    }

    /**
     * The lock file in a home.
     *
     * @param directory a home.
     * @return path of the file.
     */
    public static Path lock(final Path directory)
    {
        return directory.resolve("lock");
    }

    /**
     * The file in a home that says which two homes belong together.
     *
     * @param directory a home.
     * @return path of the file.
     */
    public static Path pair(final Path directory)
    {
        return directory.resolve("pair");
    }

    /**
     * The epoch file.
     *
     * @return its path.
     */
    public Path epochs()
    {
        return home.resolve("epochs");
    }

    /**
     * The directory of snapshot files.
     *
     * @return its path.
     */
    public Path snapshots()
    {
        return home.resolve("snapshots");
    }

    /**
     * The manifest.
     *
     * @return its path.
     */
    public Path manifest()
    {
        return logHome.resolve("manifest");
    }

    /**
     * The directory of segments.
     *
     * @return its path.
     */
    public Path segments()
    {
        return logHome.resolve("segments");
    }
}
