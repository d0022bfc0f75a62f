/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.disk.DataLayout;
import io.caracal.server.backup.Restore;
import io.caracal.server.offline.NewServerData;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caracal restore}: makes a data directory from a backup, from the data of a server, or from a snapshot. */
@Command(name = "restore", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Makes the data directory of a server out of a backup, or out of the data of a server that is stopped: at its " +
        "end, or as it was at a transaction or a moment. Or out of a single snapshot file: as it was when that " +
        "began. " +
        "To restore an ensemble, give the result to every member before any of them starts; one member alone joins " +
        "the others as a follower and takes over what they have.",
    "" },
    footer = { "",
        "Exit codes: 0 done, 1 the backup or file is damaged or does not reach that point, 2 wrong command line, " +
            "3 in use, no space or no permission." })
public final class RestoreCommand implements Callable<Integer>
{
    private static final int HEXADECIMAL = 16;

    private final Output output;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "The directory of a backup; the dataDir of a stopped server; or " +
        "one snapshot file of Caracal: from a data directory, or what the admin command snapshot has answered.")
    private Path source;

    @Option(names = "--log-dir", paramLabel = "DIR",
        description = "dataLogDir of the server whose dataDir SOURCE is, if it has one.")
    private Path logDir;

    @Mixin
    private ServerTarget target;

    @Option(names = "--to-zxid", paramLabel = "Z", description = "Last transaction, in hexadecimal digits.")
    private String zxid;

    @Option(names = "--to-time", paramLabel = "T", description = "Last moment: " +
        "2026-01-31T23:59:59.999Z (UTC), 2026-01-31T23:59:59+02:00, or milliseconds since 1970. Without a fraction " +
        "it is the beginning of that second.")
    private String time;

    @Option(names = "--up-to-damage", description = "Where the log in the dataDir is damaged, restore what was " +
        "before it; what came after it is lost. For a server alone without a backup.")
    private boolean isUpToDamage;

    @Mixin
    private ReportStyle style;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public RestoreCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException
    {
        style.apply(output);
        final OfflineLoad.Until until = until();
        try (OfflineReplica offline = new OfflineReplica())
        {
            final Restore restore = restore(offline, until);
            try (NewServerData data = NewServerData.begin(target.layout()))
            {
                final long txns = load(restore);
                if (offline.replica().lastAppliedZxid() == 0)
                {
                    throw new IOException("nothing had been written by then: begin with an empty directory instead");
                }
                data.write(offline, restore.acceptedEpoch(), restore.currentEpoch());
                restore.damages().forEach(damage -> output.error("passed over: " + damage));
                report(offline.replica(), txns, restore);
            }
        }

        return 0;
    }

    private Restore restore(final OfflineReplica offline, final OfflineLoad.Until until) throws IOException
    {
        final LongConsumer progress = count -> output.progress("transactions", count);
        final boolean hasData = Files.isDirectory(source.resolve(DataLayout.HOME_NAME));
        final boolean isDataMeant = logDir != null || isUpToDamage;
        // A backup may lie in the dataDir itself. Then the backup is meant, unless an option asks for the data.
        if (hasData && (isDataMeant || !Restore.isBackup(source)))
        {
            return Restore.ofData(DataDirs.existing(source, logDir), offline, until, isUpToDamage, progress);
        }
        if (isDataMeant)
        {
            throw new ParameterException(spec.commandLine(), source + " is no dataDir of a server: there is no " +
                DataLayout.HOME_NAME + " in it. Leave --log-dir and --up-to-damage out, or name the dataDir");
        }

        return Restore.of(source, offline, until, progress);
    }

    /** Loads the data. Reports damage as damage of the copy, not of a server's data directory. */
    private static long load(final Restore restore) throws IOException
    {
        try
        {
            return restore.load();
        }
        catch (final CorruptionException ex)
        {
            throw new IOException(ex.damage() + "; what is restored from is damaged: name another snapshot file or " +
                "backup, or an earlier moment of this one", ex);
        }
    }

    private OfflineLoad.Until until()
    {
        if (zxid != null && time != null)
        {
            throw new ParameterException(spec.commandLine(), "give --to-zxid or --to-time, not both");
        }

        if ((zxid != null || time != null) && Files.isRegularFile(source))
        {
            throw new ParameterException(spec.commandLine(), source + " is one file and holds no other moment than " +
                "its own; leave --to-zxid and --to-time out, or name the directory of a backup");
        }

        return new OfflineLoad.Until(zxid == null ? Long.MAX_VALUE : zxid(zxid),
            time == null ? Long.MAX_VALUE : time(time));
    }

    private long zxid(final String text)
    {
        try
        {
            final long parsed = Long.parseLong(text.startsWith("0x") ? text.substring(2) : text, HEXADECIMAL);
            if (parsed >= 0)
            {
                return parsed;
            }
        }
        catch (final NumberFormatException ex)
        {
            throw noZxid(text, ex);
        }

        throw noZxid(text, null);
    }

    private ParameterException noZxid(final String text, final Throwable cause)
    {
        return new ParameterException(spec.commandLine(), text + " is no zxid in hexadecimal digits", cause);
    }

    private long time(final String text)
    {
        try
        {
            return text.matches("\\d{1,15}") ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
        }
        catch (final DateTimeParseException | ArithmeticException ex)
        {
            throw new ParameterException(spec.commandLine(), text + " is no time as 2026-01-31T23:59:59Z, " +
                "which is one of UTC, or 2026-01-31T23:59:59+02:00", ex);
        }
    }

    private void report(final Replica replica, final long txns, final Restore restore)
    {
        output.line(style.isJson() ? json(replica, txns, restore) : text(replica, restore));
    }

    private String json(final Replica replica, final long txns, final Restore restore)
    {
        final Json json = new Json().put("backup", source.toString()).put("to", target.dataDir().toString())
            .hex("zxid", replica.lastAppliedZxid()).put("transactions", txns).put("znodes", replica.tree().nodeCount())
            .put("sessions", replica.sessions().size()).hex("digest", replica.tree().digest());
        if (restore.lastTimeMs() != 0)
        {
            json.put("lastTimeMs", restore.lastTimeMs());
        }
        if (restore.leftOut() != null)
        {
            json.hex("leftOutZxid", restore.leftOut().zxid()).put("leftOutTimeMs", restore.leftOut().timeMs());
        }

        return json.toString();
    }

    private String text(final Replica replica, final Restore restore)
    {
        return "restored " + replica.tree().nodeCount() + " znodes and " + replica.sessions().size() +
            " sessions at zxid 0x" + Long.toHexString(replica.lastAppliedZxid()) + " to " + target.dataDir() +
            end(restore) + "; start the server with " + target.settings();
    }

    /**
     * Names the first transaction that is missing, so that a time that was a second too early is noticed; or where all
     * of it was restored, so that a backup that ends long before the time is noticed.
     */
    private String end(final Restore restore)
    {
        if (restore.leftOut() != null)
        {
            return "; the first transaction left out is 0x" + Long.toHexString(restore.leftOut().zxid()) + " of " +
                Instant.ofEpochMilli(restore.leftOut().timeMs());
        }
        if (time == null)
        {
            return "";
        }

        return "; that is all that " + source + " holds" + (restore.lastTimeMs() == 0 ? "" :
            ", its last transaction is of " + Instant.ofEpochMilli(restore.lastTimeMs()));
    }
}
