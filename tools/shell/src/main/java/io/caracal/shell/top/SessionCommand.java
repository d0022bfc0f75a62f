/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.console.EmptyArgument;
import io.caracal.server.console.Results;
import io.caracal.server.metrics.CountersFile;
import io.caracal.server.metrics.Vital;
import io.caracal.server.record.Fact;
import io.caracal.server.record.FactRing;
import io.caracal.server.record.SessionStory;
import io.caracal.shell.log.StderrLogging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * {@code caracal session}: prints what the servers of this machine remember of a session, and why it expired. Asks no
 * server; reads the same files as {@code caracal top}.
 */
public final class SessionCommand
{
    private static final String USAGE = "usage: caracal session 0xSESSIONID [DATADIR]    default: all servers here";
    private static final int GOOD = 0;
    private static final int UNKNOWN = 1;
    private static final int USAGE_CODE = 2;
    private static final int NOTHING = 3;

    private final PrintStream out;
    private final PrintStream err;

    /**
     * Creates the command.
     *
     * @param out takes results.
     * @param err takes errors.
     */
    public SessionCommand(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        StderrLogging.install();
        Results.end(out -> new SessionCommand(out, System.err).run(args));
    }

    /**
     * Runs the command.
     *
     * @param args of the command line.
     * @return exit code: 0; 1 when no server remembers the session; 2 for a wrong command line; 3 when there is no
     *         server.
     */
    public int run(final String... args)
    {
        if (args.length == 1 && ("-h".equals(args[0]) || "--help".equals(args[0])))
        {
            out.println(USAGE);
            return GOOD;
        }
        if (EmptyArgument.isAmong(args))
        {
            err.println(EmptyArgument.MESSAGE);
            return USAGE_CODE;
        }
        if (args.length < 1 || args.length > 2 || !args[0].matches("(0x)?[0-9a-fA-F]{1,16}"))
        {
            err.println(USAGE);
            return USAGE_CODE;
        }

        final long sessionId = Long.parseUnsignedLong(args[0].startsWith("0x") ? args[0].substring(2) : args[0], 16);
        try
        {
            return args.length == 2 ? tellOf(sessionId, args[1]) : tell(sessionId, Servers.all());
        }
        catch (final IOException ex)
        {
            err.println("no server to look at: " + ex.getMessage());
            return NOTHING;
        }
    }

    /**
     * Refuses a directory without figures. After a mistyped one, the answer that no server remembers the session would
     * mislead.
     */
    private int tellOf(final long sessionId, final String dataDir) throws IOException
    {
        final Servers servers = Servers.of(Path.of(dataDir));
        for (final Path directory : servers.directories())
        {
            if (!Files.exists(directory.resolve(CountersFile.NAME)))
            {
                err.println("no figures of a server with the data directory " + dataDir + "; name the dataDir of its " +
                    "zoo.cfg, or none for all servers here");
                return NOTHING;
            }
        }

        return tell(sessionId, servers);
    }

    private int tell(final long sessionId, final Servers servers) throws IOException
    {
        final List<Path> directories = servers.directories();
        if (directories.isEmpty())
        {
            err.println(TopCommand.NO_SERVER);
            return NOTHING;
        }

        boolean isKnown = false;
        for (final Path directory : directories)
        {
            try (CountersFile file = CountersFile.open(directory))
            {
                isKnown |= tell(sessionId, Sample.of(directory), new FactRing(file.facts()).about(sessionId));
            }
            catch (final IOException ex)
            {
                // A server of another version, or one that has just ended. The others may remember the session.
                err.println("left out: " + ex.getMessage());
            }
        }
        if (!isKnown)
        {
            err.println("no server of this machine remembers session 0x" + Long.toHexString(sessionId) +
                "; ask the machine of the server that leads, and that of the one that held it");
        }

        return isKnown ? GOOD : UNKNOWN;
    }

    private boolean tell(final long sessionId, final Sample sample, final List<Fact> facts)
    {
        if (facts.stream().noneMatch(fact -> fact.sessionId() == sessionId))
        {
            return false;
        }

        out.println("server " + sample.vital(Vital.SERVER_ID) + ", port " + sample.vital(Vital.CLIENT_PORT) + ", " +
            sample.verdict());
        final SessionStory story = new SessionStory(facts);
        out.println("verdict: " + story.verdict());
        story.course().forEach(fact -> out.println("  " + Instant.ofEpochMilli(fact.atMs()) + "  " + fact.text()));

        return true;
    }
}
