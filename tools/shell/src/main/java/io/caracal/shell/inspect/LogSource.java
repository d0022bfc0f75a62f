/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.backup.Restore;
import io.caracal.server.backup.StoredBackup;
import io.caracal.shell.migrate.DataDirs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options that select the log to inspect: that of a server, or of a backup. */
final class LogSource
{
    @Parameters(paramLabel = "DIR", description = "dataDir of a server, which may be running, or the " +
        "directory of a backup.")
    private Path dataDir;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "dataLogDir of the server, if it has one.")
    private Path logDir;

    /** What is done with the data. */
    interface Use
    {
        int apply(StoredData data) throws IOException;
    }

    /** Whether a backup is named. One may lie in a dataDir, whose own log is meant then. */
    boolean isBackup()
    {
        return logDir == null && !Files.isDirectory(dataDir.resolve(DataLayout.HOME_NAME)) && Restore.isBackup(dataDir);
    }

    /** The backup. */
    StoredBackup backup() throws IOException
    {
        return StoredBackup.open(dataDir);
    }

    /** What is done with the transactions. */
    interface HistoryUse
    {
        int apply(History history) throws IOException;
    }

    /** Reads the transactions. */
    int readHistory(final HistoryUse use) throws IOException
    {
        return isBackup() ? use.apply(new History.OfBackup(backup())) :
            read(data -> use.apply(new History.OfServer(data.log())));
    }

    /**
     * Reads the data. A server may begin meanwhile, because nobody who looks into its files should keep it from that;
     * then what looks like damage may be none.
     */
    int read(final Use use) throws IOException
    {
        try (StoredData data = StoredData.open(DataDirs.existing(dataDir, logDir)))
        {
            try
            {
                return use.apply(data);
            }
            catch (final NoSuchFileException | CorruptionException ex)
            {
                if (data.hasChanged())
                {
                    throw new DirectoryInUseException(
                        "a server has begun in " + dataDir + ", or has removed history, " +
                            "while it was read: run this again");
                }
                throw ex;
            }
        }
    }
}
