/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.journal.disk.DataLayout;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that name the server whose data is read. */
final class ServerSource
{
    @Option(names = "--from", required = true, paramLabel = "DIR", description = "dataDir of the server.")
    private Path from;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "dataLogDir of the server, if it has one.")
    private Path logDir;

    Path dataDir()
    {
        return from;
    }

    DataLayout layout() throws IOException
    {
        return DataDirs.existing(from, logDir);
    }
}
