/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.journal.offline.StoredData;
import io.caracal.server.backup.Backup;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code caracal backup}: adds what a server holds to a backup. */
@Command(name = "backup", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Backs up a server, running or stopped: its newest snapshot and the transactions up to the last one that is " +
        "durable. Run again with the same directory it adds what is new; any moment in between can be restored. Of " +
        "an ensemble, back up one member, best the leader, and the same one each time; another one if it is lost.",
    "" },
    footer = { "",
        "Exit codes: 0 done, 1 a file is damaged, 2 wrong command line, 3 no space or no permission." })
public final class BackupCommand implements Callable<Integer>
{
    private final Output output;

    @Parameters(paramLabel = "DIR",
        description = "Where the backup is, or is to be. Within dataDir a server leaves it alone, but it is lost " +
            "with that disk.")
    private Path directory;

    @Mixin
    private ServerSource source;

    @Mixin
    private ReportStyle style;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public BackupCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException
    {
        style.apply(output);
        try (StoredData data = StoredData.open(source.layout()))
        {
            data.requirePair();
            final Backup backup = new Backup(data, directory, count -> output.progress("transactions", count));
            final Backup.Result result = run(backup);
            backup.damages().forEach(damage -> output.error("damaged snapshot, passed over: " + damage));
            output.line(style.isJson() ? new Json().put("backup", directory.toString()).hex("firstZxid",
                result.firstZxid())
                .hex("lastZxid", result.lastZxid()).put("added", result.added()).toString() :
                directory +
                    " can give back every state from zxid 0x" + Long.toHexString(result.firstZxid()) + " to 0x" +
                    Long.toHexString(result.lastZxid()) + "; transactions added: " + result.added());
        }

        return 0;
    }

    private Backup.Result run(final Backup backup) throws IOException
    {
        try
        {
            return backup.run();
        }
        catch (final IOException ex)
        {
            throw NamedFailure.at(directory, ex);
        }
    }
}
