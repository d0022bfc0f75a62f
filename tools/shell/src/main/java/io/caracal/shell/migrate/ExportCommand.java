/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.offline.StoredData;
import io.caracal.server.offline.OfflineLoad;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.zookeeper.OldTtlMarks;
import io.caracal.server.zookeeper.ZooKeeperExport;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caracal export}: writes a directory from which a ZooKeeper server can start. */
@Command(name = "export", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Writes the data of a server that is stopped as a dataDir of ZooKeeper 3.9. Zxids, stats, data, ACLs, " +
        "ephemerals, TTLs and containers stay. Sessions that were born here end by their time-out, since ZooKeeper " +
        "has another rule for passwords; those that came from ZooKeeper go on.",
    "" },
    footer = { "",
        "Exit codes: 0 done, 1 a file is damaged, 2 wrong command line, 3 in use, no space or no permission." })
public final class ExportCommand implements Callable<Integer>
{
    private final Output output;

    @Mixin
    private ServerSource source;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "dataDir of the ZooKeeper to be.")
    private Path to;

    @Option(names = "--gzip", description = "Pack the snapshot; ZooKeeper reads it since 3.6.")
    private boolean isPacked;

    @Mixin
    private ReportStyle style;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public ExportCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException
    {
        style.apply(output);
        try (StoredData data = StoredData.openAlone(source.layout());
            OfflineReplica offline = new OfflineReplica();
            ZooKeeperExport target = new ZooKeeperExport(to))
        {
            data.requirePair();
            target.begin();
            OfflineLoad.load(data, offline, OfflineLoad.Until.END, count -> output.progress("transactions", count));
            final long zxid = offline.replica().lastAppliedZxid();
            final long current = Math.max(data.epochs().current(), Zxid.epoch(zxid));
            final Path snapshot = write(target, offline.replica(), Math.max(data.epochs().accepted(), current),
                current);
            data.damages().forEach(damage -> output.error("passed over: " + damage));
            report(offline.replica(), snapshot);
        }

        return 0;
    }

    private Path write(final ZooKeeperExport target, final Replica replica, final long accepted, final long current)
        throws IOException
    {
        try
        {
            return target.write(replica, accepted, current, isPacked, output::progress);
        }
        catch (final IOException ex)
        {
            throw NamedFailure.at(to, ex);
        }
    }

    private void report(final Replica replica, final Path snapshot)
    {
        if (style.isJson())
        {
            output.line(new Json().put("from", source.dataDir().toString()).put("snapshot", snapshot.toString())
                .hex("zxid", replica.lastAppliedZxid()).put("znodes", replica.tree().nodeCount())
                .put("sessions", replica.sessions().size()).hex("digest", replica.tree().digest()).toString());
            return;
        }

        output.line("exported " + replica.tree().nodeCount() + " znodes and " + replica.sessions().size() +
            " sessions at zxid 0x" + Long.toHexString(replica.lastAppliedZxid()) + " to " + snapshot);
        if (replica.tree().owned().firstTtl() != DataTree.NONE)
        {
            output.line("  note: there are znodes with a TTL: ZooKeeper needs zookeeper.extendedTypesEnabled=true");
        }

        final String oldTtls = new OldTtlMarks(replica).remark();
        if (oldTtls != null)
        {
            output.line("  note: " + oldTtls + ": ZooKeeper needs " + OldTtlMarks.KEYS +
                " (each a property zookeeper.KEY), or removes them when it starts");
        }
    }
}
