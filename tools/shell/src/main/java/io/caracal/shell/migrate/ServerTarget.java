/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.journal.disk.DataLayout;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that name the server whose data is created. */
final class ServerTarget
{
    @Option(names = "--to", required = true, paramLabel = "DIR", description = "dataDir of the new server.")
    private Path to;

    @Option(names = "--to-log-dir", paramLabel = "DIR",
        description = "dataLogDir of the new server, if it is to have one.")
    private Path toLogDir;

    Path dataDir()
    {
        return to;
    }

    /** What the configuration of the new server has to hold. */
    String settings()
    {
        return "dataDir=" + to + (toLogDir == null ? "" : " and dataLogDir=" + toLogDir);
    }

    DataLayout layout() throws IOException
    {
        return DataDirs.layout(to, toLogDir);
    }
}
