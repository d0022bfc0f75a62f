/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.RealPath;
import io.caracal.server.backup.SnapshotAlone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Turns the directories that a user names into the layout of a server's files. */
public final class DataDirs
{
    private DataDirs()
    {
    }

    /**
     * Returns the layout of a server.
     *
     * @param dataDir    as in zoo.cfg.
     * @param dataLogDir as in zoo.cfg; null where it is not set.
     * @return with real paths: a directory that was named twice, once through a link, counts as one.
     * @throws IOException when a link cannot be followed.
     */
    public static DataLayout layout(final Path dataDir, final Path dataLogDir) throws IOException
    {
        final Path logDir = dataLogDir == null ? dataDir : dataLogDir;

        return DataLayout.in(RealPath.of(dataDir), RealPath.of(logDir));
    }

    /**
     * Returns the layout of a server that has been started before.
     *
     * @param dataDir    as in zoo.cfg.
     * @param dataLogDir as in zoo.cfg; null where it is not set.
     * @return of existing files.
     * @throws IOException when there is no data of a server.
     */
    public static DataLayout existing(final Path dataDir, final Path dataLogDir) throws IOException
    {
        final DataLayout layout = layout(dataDir, dataLogDir);
        if (!Files.isDirectory(layout.home()))
        {
            throw new IOException(dataDir + " holds no data of Caracal: there is no " + layout.home() +
                ". Name the dataDir of its zoo.cfg");
        }
        if (!Files.exists(layout.manifest()))
        {
            throw new IOException(layout.manifest() +
                " is missing. If zoo.cfg sets dataLogDir, name it with --log-dir" + withoutLog(layout));
        }

        return layout;
    }

    /** What is left where the log is lost for good, as with its disk; nothing where there is no snapshot. */
    private static String withoutLog(final DataLayout layout) throws IOException
    {
        final String advice = ". If the log is lost: a member of an ensemble is given all by the others (move " +
            layout.home() + " away and start it); of a server alone the newest snapshot is left, ";

        return SnapshotAlone.command(layout).map(advice::concat).orElse("");
    }
}
