/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.log.StoredLog;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.backup.StoredBackup;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code caracal journal}: inspects the log of a server, stopped or running, and that of a backup. */
@Command(name = "journal", mixinStandardHelpOptions = true, description = {
    "Looks into the log of a server, stopped or running, or of a backup. Nothing is changed.", "" })
public final class JournalCommand implements Runnable
{
    private final Output output;

    @Spec
    private CommandSpec spec;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public JournalCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "say what to do: dump, verify or stat");
    }

    /** Prints transactions. */
    @Command(name = "dump", mixinStandardHelpOptions = true, description = { "Prints every transaction, a line each.",
        "" })
    int dump(@Mixin final LogSource source,
        @Option(names = "--from-zxid", paramLabel = "Z",
            description = "First one, with or without 0x.") final String from,
        @Option(names = "--to-zxid", paramLabel = "Z", description = "Last one.") final String to,
        @Option(names = "--json", description = "A JSON object a line.") final boolean isJson) throws IOException
    {
        final long first = from == null ? 0 : zxid(from);
        final long last = to == null ? Long.MAX_VALUE : zxid(to);
        final TxnView txn = new TxnView();
        return source.readHistory(history ->
        {
            final Records records = new Records((zxid, buffer, offset, length) ->
            {
                if (zxid >= first && zxid <= last)
                {
                    txn.wrap(buffer, offset);
                    output.line(isJson ? json(zxid, txn, length) : text(zxid, txn));
                }
            });
            history.read(history.beginFor(first - 1), records, () -> records.lastZxid < last &&
                !output.isBroken());

            return CommandLine.ExitCode.OK;
        });
    }

    private long zxid(final String text)
    {
        final String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!digits.matches("0*[0-7]?[0-9a-fA-F]{1,15}"))
        {
            throw new ParameterException(spec.commandLine(), text + " is no zxid in hexadecimal digits");
        }

        return Long.parseUnsignedLong(digits, 16);
    }

    private static String text(final long zxid, final TxnView txn)
    {
        return Instant.ofEpochMilli(txn.timeMs()) + " zxid 0x" + Long.toHexString(zxid) + " session 0x" +
            Long.toHexString(txn.sessionId()) + " " + txn.kind() + (txn.detail().isEmpty() ? "" : " " + txn.detail());
    }

    private static String json(final long zxid, final TxnView txn, final int length)
    {
        return new Json().hex("zxid", zxid)
            .put("time", Instant.ofEpochMilli(txn.timeMs()).toString()).put("timeMs", txn.timeMs())
            .hex("session", txn.sessionId()).put("kind", txn.kind()).put("detail", txn.detail()).put("bytes", length)
            .toString();
    }

    /** Reads all records and applies them. */
    @Command(name = "verify", mixinStandardHelpOptions = true, description = {
        "Reads snapshot and log as a start would, checks every checksum, and applies every transaction after the " +
            "snapshot, comparing digests with those of the leader. Of a backup, reads every file, and applies what a " +
            "restore would.",
        "" })
    int verify(@Mixin final LogSource source, @Option(names = "--json", description = "As JSON.") final boolean isJson)
        throws IOException
    {
        return source.isBackup() ? verify(source.backup(), isJson) : source.read(data -> verify(data, isJson));
    }

    private int verify(final StoredBackup backup, final boolean isJson) throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            final Records records = new Records((zxid, buffer, offset, length) ->
            {
            });
            final long applied = backup.verify(offline, records, count -> output.progress("transactions", count));
            final long zxid = offline.replica().lastAppliedZxid();
            final long digest = offline.replica().tree().digest();
            output.line(isJson ? new Json().put("whole", true).put("records", records.count).put("bytes", records.bytes)
                .put("applied", applied).hex("firstZxid", backup.firstZxid()).hex("zxid", zxid).hex("digest", digest)
                .toString() :
                "whole: " + records.count + " records, " + records.bytes +
                    " bytes, every state from zxid 0x" + Long.toHexString(backup.firstZxid()) + " to 0x" +
                    Long.toHexString(zxid) + ", digest 0x" + Long.toHexString(digest));

            return CommandLine.ExitCode.OK;
        }
    }

    private int verify(final StoredData data, final boolean isJson) throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            final Records records = new Records((zxid, buffer, offset, length) ->
            {
            });
            data.requirePair().log().read(data.log().baseZxid(), records, StoredLog.Sight.TO_THE_END);
            final long applied =
                OfflineLoad.load(data, offline, OfflineLoad.Until.END, count -> output.progress("transactions", count));
            final long zxid = offline.replica().lastAppliedZxid();
            output.line(isJson ? new Json().put("whole", true).put("records", records.count).put("bytes", records.bytes)
                .put("applied", applied).hex("zxid", zxid).hex("digest", offline.replica().tree().digest()).put("live",
                    data.isLive())
                .put("damagedSnapshots", data.damages()).toString() :
                "whole: " +
                    records.count + " records, " + records.bytes + " bytes, up to zxid 0x" + Long.toHexString(zxid) +
                    ", digest 0x" + Long.toHexString(offline.replica().tree().digest()));
            data.damages().forEach(damage -> output.error("damaged snapshot, passed over: " + damage));

            return data.damages().isEmpty() ? CommandLine.ExitCode.OK : 1;
        }
    }

    /** Counts transactions by kind and lists the segments. */
    @Command(name = "stat", mixinStandardHelpOptions = true, description = {
        "Counts transactions by kind, and lists the segments.", "" })
    int stat(@Mixin final LogSource source, @Option(names = "--json", description = "As JSON.") final boolean isJson)
        throws IOException
    {
        final Map<String, long[]> kinds = new TreeMap<>();
        final TxnView txn = new TxnView();
        final long[] times = { Long.MAX_VALUE, Long.MIN_VALUE };
        return source.readHistory(history ->
        {
            final Records records = new Records((zxid, buffer, offset, length) ->
            {
                txn.wrap(buffer, offset);
                final long[] figures = kinds.computeIfAbsent(txn.kind(), kind -> new long[2]);
                figures[0]++;
                figures[1] += length;
                times[0] = Math.min(times[0], txn.timeMs());
                times[1] = Math.max(times[1], txn.timeMs());
            });
            history.read(history.baseZxid(), records, StoredLog.Sight.TO_THE_END);
            if (isJson)
            {
                output.line(json(history, records, kinds));
            }
            else
            {
                print(history, records, kinds, times);
            }

            return CommandLine.ExitCode.OK;
        });
    }

    private static String json(final History history, final Records records, final Map<String, long[]> kinds)
    {
        final Json byKind = new Json();
        kinds.forEach((kind, figures) -> byKind.put(kind, new Json().put("count", figures[0]).put("bytes",
            figures[1])));

        return new Json().put("records", records.count).put("bytes", records.bytes).hex("afterZxid", history.baseZxid())
            .hex("lastZxid", records.lastZxid).hex("snapshotZxid", history.snapshotZxid()).put(
                "segments", history.parts().size())
            .put("kinds", byKind).toString();
    }

    private void print(final History history, final Records records, final Map<String, long[]> kinds,
        final long[] times)
    {
        output.line(records.count + " records, " + records.bytes + " bytes, after zxid 0x" +
            Long.toHexString(history.baseZxid()) + " up to 0x" + Long.toHexString(records.lastZxid) +
            "; newest snapshot 0x" +
            Long.toHexString(history.snapshotZxid()));
        if (records.count > 0)
        {
            output.line("from " + Instant.ofEpochMilli(times[0]) + " to " + Instant.ofEpochMilli(times[1]));
        }
        kinds.forEach((kind, figures) -> output.line("  " + kind + " " + figures[0] + ", " + figures[1] + " bytes"));
        history.parts().forEach(output::line);
    }

    /** What a command does with a record. */
    private interface Use
    {
        void accept(long zxid, DirectBuffer buffer, int offset, int length);
    }

    /** Counts records and passes them on. */
    private final class Records implements ReplayHandler
    {
        private final Use use;
        private long count;
        private long bytes;
        private long lastZxid;

        private Records(final Use use)
        {
            this.use = use;
        }

        @Override
        public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
            final int length)
        {
            count++;
            bytes += length;
            lastZxid = zxid;
            use.accept(zxid, buffer, offset, length);
            output.progress("records", count);
        }

        @Override
        public void onReplayEnd(final long endZxid)
        {
            lastZxid = Math.max(lastZxid, endZxid);
        }
    }
}
