/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.RealPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What people name as directories of a server, as layouts. */
public final class DataDirs
{
    private DataDirs()
    {
    }

    /**
     * The layout of a server.
     *
     * @param dataDir    as in zoo.cfg.
     * @param dataLogDir as in zoo.cfg, null where it is not set.
     * @return where what lies; a directory that was named in two ways, one of them a link, is one.
     * @throws IOException when a link cannot be followed.
     */
    public static DataLayout layout(final Path dataDir, final Path dataLogDir) throws IOException
    {
        final Path logDir = dataLogDir == null ? dataDir : dataLogDir;

        return DataLayout.in(RealPath.of(dataDir), RealPath.of(logDir));
    }

    /**
     * The layout of a server that has been started before.
     *
     * @param dataDir    as in zoo.cfg.
     * @param dataLogDir as in zoo.cfg, null where it is not set.
     * @return where what lies.
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
                " is missing. If zoo.cfg sets dataLogDir, name it with --log-dir");
        }

        return layout;
    }
}
