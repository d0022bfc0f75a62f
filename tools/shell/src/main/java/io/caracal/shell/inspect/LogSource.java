/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.journal.offline.StoredData;
import io.caracal.shell.migrate.DataDirs;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that select the log to inspect. */
final class LogSource
{
    @Parameters(paramLabel = "DIR", description = "dataDir of a server, which may be running.")
    private Path dataDir;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "dataLogDir of the server, if it has one.")
    private Path logDir;

    StoredData open() throws IOException
    {
        return StoredData.open(DataDirs.existing(dataDir, logDir));
    }
}
