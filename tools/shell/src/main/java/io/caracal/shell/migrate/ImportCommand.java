/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.migrate;

import io.caracal.engine.apply.Replica;
import io.caracal.server.offline.NewServerData;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.zookeeper.ZooKeeperImport;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caracal import}: takes over the data of a ZooKeeper server. */
@Command(name = "import", sortOptions = false, mixinStandardHelpOptions = true, description = {
    "Takes over the data of a ZooKeeper server that is stopped: every znode with its stat, data and ACL, sessions " +
        "with their ephemerals, TTLs, containers and quotas, at the same zxid. Clients reconnect with the sessions " +
        "they have.",
    "Of an ensemble take the member with the highest epoch and zxid, and give the result to every member.",
    "" },
    footer = { "",
        "Exit codes: 0 done, 1 a file is damaged, 2 wrong command line, 3 in use, no space or no permission." })
public final class ImportCommand implements Callable<Integer>
{
    private final Output output;

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "dataDir of ZooKeeper.")
    private Path from;

    @Option(names = "--log-dir", paramLabel = "DIR", description = "dataLogDir of ZooKeeper, if it has one.")
    private Path logDir;

    @Mixin
    private ServerTarget target;

    @Option(names = "--ignore-digests",
        description = "Go on where a digest differs from ZooKeeper's; it is told at the end.")
    private boolean ignoresDigests;

    @Option(names = "--up-to-damage", description = "Where a log is damaged, import what was before it; what came " +
        "after it is lost. For a server alone, whose data no other member has.")
    private boolean isUpToDamage;

    @Mixin
    private ReportStyle style;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public ImportCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public Integer call() throws IOException
    {
        style.apply(output);
        try (OfflineReplica offline = new OfflineReplica())
        {
            final ZooKeeperImport source = new ZooKeeperImport(from, logDir, offline,
                !ignoresDigests, isUpToDamage, output::progress);
            try (NewServerData data = NewServerData.begin(target.layout()))
            {
                final ZooKeeperImport.Result result = source.load();
                data.write(offline, result.acceptedEpoch(), result.currentEpoch());
                report(offline.replica(), result);
            }
        }

        return 0;
    }

    private void report(final Replica replica, final ZooKeeperImport.Result result)
    {
        if (style.isJson())
        {
            output.line(new Json().put("from", from.toString()).put("to", target.dataDir().toString()).hex("zxid",
                result.zxid())
                .put("snapshot", result.snapshot() == null ? null : result.snapshot().toString())
                .put("transactions", result.txns()).put("znodes", replica.tree().nodeCount())
                .put("sessions", replica.sessions().size()).put("ephemerals", replica.tree().owned().ephemeralCount())
                .put("digestsCompared", result.digests()).hex("digest", replica.tree().digest())
                .put("remarks", result.remarks()).toString());
            return;
        }

        output.line("imported " + replica.tree().nodeCount() + " znodes and " + replica.sessions().size() +
            " sessions (" + replica.tree().owned().ephemeralCount() + " ephemerals) at zxid 0x" +
            Long.toHexString(result.zxid()));
        output.line("  from " + (result.snapshot() == null ? "the beginning of the log" : result.snapshot()) + " and " +
            result.txns() + " transactions after it; digests compared: " + result.digests());
        result.remarks().forEach(remark -> output.line("  note: " + remark));
        output.line("  start the server with " + target.settings() +
            "; in an ensemble, every member needs these data first");
    }
}
