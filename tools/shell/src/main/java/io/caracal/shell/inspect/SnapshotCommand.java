/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.session.Session;
import io.caracal.engine.tree.DataTree;
import io.caracal.server.offline.OfflineReplica;
import io.caracal.server.offline.TreeCursor;
import io.caracal.shell.terminal.Json;
import io.caracal.shell.terminal.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code caracal snapshot}: inspects snapshots, ours and ZooKeeper's. */
@Command(name = "snapshot", mixinStandardHelpOptions = true, description = {
    "Looks into snapshot files: ours (of any name) and ZooKeeper's (snapshot.Z, also .gz and .snappy). A dataDir " +
        "stands for its newest one.",
    "" })
public final class SnapshotCommand implements Runnable
{
    private static final int DIFFERENT = 1;

    private final Output output;

    @Spec
    private CommandSpec spec;

    /**
     * Creates the command.
     *
     * @param output takes its results and errors.
     */
    public SnapshotCommand(final Output output)
    {
        this.output = output;
    }

    @Override
    public void run()
    {
        throw new ParameterException(spec.commandLine(), "say what to do: dump, verify, compare or summary");
    }

    /** Prints znodes and sessions. */
    @Command(name = "dump", mixinStandardHelpOptions = true, description = { "Prints every znode and every session.",
        "" })
    int dump(@Parameters(paramLabel = "FILE", description = "A snapshot.") final Path named,
        @Option(names = { "-d", "--data" }, description = "Data as well, in base64.") final boolean withData,
        @Option(names = { "-json", "--json" }, description = "A JSON object a line.") final boolean isJson)
        throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            SnapshotFileOf.load(SnapshotFileOf.file(named), offline, output);
            final ZnodeText text = new ZnodeText(offline.replica(), withData);
            final TreeCursor cursor = new TreeCursor(offline.replica().tree());
            cursor.begin(offline.replica().tree().root());
            for (long count = 0; cursor.next() && ((count & 0xFFF) != 0 || !output.isBroken()); count++)
            {
                output.line(isJson ? text.json(cursor) : text.text(cursor));
                output.progress("znodes", count);
            }
            sessions(offline, isJson);
        }

        return CommandLine.ExitCode.OK;
    }

    private void sessions(final OfflineReplica offline, final boolean isJson)
    {
        for (Session session = offline.replica().sessions().first(); session != null; session =
            session.nextInTable())
        {
            final int ephemerals = offline.replica().tree().owned().ephemeralCount(session.id());
            output.line(isJson ?
                new Json().hex("session", session.id()).put("timeoutMs", session.timeoutMs())
                    .put("ephemerals", ephemerals).put("imported", session.isImported()).toString() :
                "session 0x" +
                    Long.toHexString(session.id()) + " timeout " + session.timeoutMs() + " ephemerals " + ephemerals);
        }
    }

    /** Loads a snapshot and checks all of it. */
    @Command(name = "verify", mixinStandardHelpOptions = true, description = {
        "Loads a snapshot and checks checksums, structure, counts and digest.", "" })
    int verify(@Parameters(paramLabel = "FILE", description = "A snapshot.") final Path named,
        @Option(names = { "-json", "--json" }, description = "As JSON.") final boolean isJson) throws IOException
    {
        final Path file = SnapshotFileOf.file(named);
        try (OfflineReplica offline = new OfflineReplica())
        {
            SnapshotFileOf.load(file, offline, output);
            final DataTree tree = offline.replica().tree();
            final long zxid = offline.replica().lastAppliedZxid();
            final int sessions = offline.replica().sessions().size();
            final long ephemerals = tree.owned().ephemeralCount();
            output.line(isJson ?
                new Json().put("file", file.toString()).put("whole", true).hex("zxid", zxid)
                    .put("znodes", tree.nodeCount()).put("sessions", sessions).put("ephemerals", ephemerals)
                    .put("dataBytes", tree.approximateDataSize()).hex("digest", tree.digest())
                    .put("nativeBytes", offline.memory()).toString() :
                file + ": whole, zxid 0x" + Long.toHexString(zxid) + ", " + tree.nodeCount() + " znodes, " + sessions +
                    " sessions, " + ephemerals + " ephemerals, digest 0x" + Long.toHexString(tree.digest()));
        }

        return CommandLine.ExitCode.OK;
    }

    /** Compares two snapshots. */
    @Command(name = "compare", mixinStandardHelpOptions = true, description = {
        "Compares two snapshots. Exit code 1 when they differ.", "" })
    int compare(@Option(names = { "-l",
        "--left" }, required = true, paramLabel = "FILE", description = "One.") final Path left,
        @Option(names = { "-r",
            "--right" }, required = true, paramLabel = "FILE", description = "The other.") final Path right,
        @Option(names = { "-b",
            "--bytes" }, defaultValue = "0", paramLabel = "N",
            description = "Leave out subtrees whose bytes " +
                "differ by fewer.") final long bytes,
        @Option(names = { "-n",
            "--nodes" }, defaultValue = "0", paramLabel = "N",
            description = "Leave out subtrees whose " +
                "counts of znodes differ by fewer.") final long nodes,
        @Option(names = { "-json", "--json" }, description = "A JSON object a line.") final boolean isJson)
        throws IOException
    {
        try (OfflineReplica one = new OfflineReplica(); OfflineReplica other = new OfflineReplica())
        {
            SnapshotFileOf.load(SnapshotFileOf.file(left), one, output);
            SnapshotFileOf.load(SnapshotFileOf.file(right), other, output);
            final TreeComparison comparison = new TreeComparison(one.replica().tree(), other.replica().tree(), bytes,
                nodes, difference -> output.line(isJson ? difference.json() : difference.text()));
            final long differences = comparison.compare();
            if (!isJson)
            {
                output.line(differences == 0 ? "no difference" : differences + " znodes differ");
            }

            return differences == 0 ? CommandLine.ExitCode.OK : DIFFERENT;
        }
    }

    /** Counts znodes and bytes of subtrees. */
    @Command(name = "summary", mixinStandardHelpOptions = true, description = {
        "Counts znodes and bytes below a path, level by level.", "" })
    int summary(@Parameters(paramLabel = "FILE", description = "A snapshot.") final Path named,
        @Parameters(arity = "0..1", paramLabel = "PATH", defaultValue = "/",
            description = "Where to begin.") final String path,
        @Parameters(arity = "0..1", paramLabel = "DEPTH", defaultValue = "1",
            description = "How many levels; 0 for all.") final int depth,
        @Option(names = { "-json", "--json" }, description = "A JSON object a line.") final boolean isJson)
        throws IOException
    {
        try (OfflineReplica offline = new OfflineReplica())
        {
            SnapshotFileOf.load(SnapshotFileOf.file(named), offline, output);
            final DataTree tree = offline.replica().tree();
            final UnsafeBuffer bytes = new UnsafeBuffer(path.getBytes(StandardCharsets.UTF_8));
            final long top = tree.find(bytes, 0, bytes.capacity());
            if (top == DataTree.NONE)
            {
                throw new IOException("there is no znode " + path + " in " + named);
            }

            final TreeCursor cursor = new TreeCursor(tree);
            cursor.begin(top);
            boolean isThere = cursor.next();
            while (isThere && !output.isBroken())
            {
                final long node = cursor.node();
                output.line(summary(cursor, tree.descendantCount(node), tree.descendantBytes(node) + Math.max(0,
                    tree.dataLength(node)), isJson));
                final boolean isDeepest = depth > 0 && cursor.depth() >= depth;
                isThere = isDeepest ? cursor.nextBeside() : cursor.next();
            }
        }

        return CommandLine.ExitCode.OK;
    }

    private static String summary(final TreeCursor cursor, final int below, final long bytes, final boolean isJson)
    {
        return isJson ? new Json().put("path", cursor.text()).put("descendants", below).put("bytes", bytes).toString() :
            "  ".repeat(cursor.depth()) + cursor.text() + "  znodes below: " + below + ", bytes: " + bytes;
    }
}
