/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.ensemble;

import io.caracal.bench.servers.JavaCommand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs servers in network name spaces of their own, all on one bridge, so that one server can be cut off from the
 * others while its clients still reach it. A cut drops packets at the receiver, so that the sender does not notice.
 * This needs no permission to change the machine's own network, and everything disappears when the process on the shore
 * (in the name space of the bridge) ends.
 *
 * <pre>
 * 10.77.0.254 (this program and its clients) --- bridge --- 10.77.0.1, 10.77.0.2, ... (servers)
 * </pre>
 */
final class Islands
{
    private static final int IMPOSSIBLE = 3;
    private static final List<String> APART = List.of("unshare", "--map-root-user", "--net", "--mount");
    private static final String PROPERTY = "caracal.bench.islands";
    private static final String MAIN_CLASS = "io.caracal.bench.BenchMain";
    private static final String NETWORK = "10.77.0.";
    // Rules are evaluated in ascending order. The rule for a server's own address moves from 0 to 100, because it would
    // otherwise come before the rules that drop packets.
    private static final String SETUP = """
        set -e
        trap 'echo "the islands cannot be made; ip (iproute2) and mount are needed" >&2; exit 3' EXIT
        mount -t tmpfs tmpfs /run && mkdir -p /run/netns
        ip link set lo up
        ip link add hub type bridge && ip addr add 10.77.0.254/24 dev hub && ip link set hub up
        i=1
        while [ "$i" -le "$0" ]; do
          ip netns add "s$i"
          ip link add "v$i" type veth peer name e0 netns "s$i"
          ip link set "v$i" master hub up
          ip -n "s$i" addr add "10.77.0.$i/24" dev e0
          ip -n "s$i" link set e0 up
          ip -n "s$i" link set lo up
          ip -n "s$i" rule add pref 100 lookup local
          ip -n "s$i" rule del pref 0
          i=$((i + 1))
        done
        exec "$@"
        """;

    private Islands()
    {
    }

    /** Whether this process runs on the shore, from where all islands can be reached. */
    static boolean isOnShore()
    {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Creates the islands and runs the same command on their shore, in a new process. When this program is ended, it
     * ends that process, which then reports what it has measured.
     *
     * @param size  islands.
     * @param typed arguments of {@code caracal bench}.
     * @return the exit code of the command; 3 where islands are not possible, after saying why.
     * @throws IOException when {@code unshare} is missing.
     */
    static int repeatOnShore(final int size, final List<String> typed) throws IOException
    {
        if (await(start(apart("true"))) != 0)
        {
            System.err.println("this user may not make network name spaces, without which --islands is not possible");
            return IMPOSSIBLE;
        }

        final List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        flags.add("-D" + PROPERTY + "=" + size);
        final List<String> command = apart("sh", "-c", SETUP, Integer.toString(size));
        command.addAll(JavaCommand.of(flags, MAIN_CLASS, typed));
        final Process shore = start(command);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(shore)));
        return await(shore);
    }

    /** A command in name spaces of its own. */
    private static List<String> apart(final String... command)
    {
        final List<String> words = new ArrayList<>(APART);
        words.addAll(List.of(command));
        return words;
    }

    private static void end(final Process shore)
    {
        shore.destroy();
        await(shore);
    }

    static String host(final int id)
    {
        return NETWORK + id;
    }

    /** Returns what the command line of a server begins with. */
    static List<String> launcher(final int id)
    {
        return List.of("ip", "netns", "exec", "s" + id);
    }

    /** Cuts one server off: from now on nothing passes between it and the others. */
    static void cut(final int id, final int size)
    {
        rules("add", id, size);
    }

    /** Undoes a cut. */
    static void heal(final int id, final int size)
    {
        rules("del", id, size);
    }

    private static void rules(final String verb, final int id, final int size)
    {
        final StringBuilder script = new StringBuilder("set -e\n");
        IntStream.rangeClosed(1, size).filter(other -> other != id).forEach(other ->
        {
            script.append(rule(verb, id, other));
            script.append(rule(verb, other, id));
        });
        try
        {
            final int exitCode = await(start(List.of("sh", "-c", script.toString())));
            if (exitCode != 0)
            {
                throw new IllegalStateException("ip rule " + verb + " failed with " + exitCode);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String rule(final String verb, final int at, final int from)
    {
        return "ip -n s" + at + " rule " + verb + " pref 10 from " + host(from) + " blackhole\n";
    }

    private static Process start(final List<String> command) throws IOException
    {
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static int await(final Process process)
    {
        try
        {
            return process.waitFor();
        }
        catch (final InterruptedException ex)
        {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }
}
