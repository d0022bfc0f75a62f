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
 * Servers in network name spaces of their own, all on one bridge, so that one can be cut off from the others while its
 * clients still reach it. A cut drops packets where they arrive, so that the sender does not notice. No right to change
 * the machine's own network is needed, and everything disappears when the process on the shore ends.
 *
 * <pre>
 * 10.77.0.254 (this program and its clients) --- bridge --- 10.77.0.1, 10.77.0.2, ... (servers)
 * </pre>
 */
final class Islands
{
    private static final String PROPERTY = "caracal.bench.islands";
    private static final String MAIN_CLASS = "io.caracal.bench.BenchMain";
    private static final String NETWORK = "10.77.0.";
    // Rules are asked in ascending order; the one that finds the own address would come before any that drops.
    private static final String SETUP = """
        set -e
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

    /** Whether this process lives where all islands can be reached. */
    static boolean isOnShore()
    {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Makes the islands and runs the same command there. Whoever ends this program ends that one, which then tells what
     * it has measured.
     *
     * @param size  islands.
     * @param typed arguments of {@code caracal bench}.
     * @return its exit code; that of a missing environment where there can be no islands.
     * @throws IOException when a command is missing.
     */
    static int repeatOnShore(final int size, final List<String> typed) throws IOException
    {
        final List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        flags.add("-D" + PROPERTY + "=" + size);
        final List<String> command = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "--mount", "sh",
            "-c", SETUP, Integer.toString(size)));
        command.addAll(JavaCommand.of(flags, MAIN_CLASS, typed));
        final Process shore = start(command);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(shore)));
        return await(shore);
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

    /** What the command of a server begins with. */
    static List<String> launcher(final int id)
    {
        return List.of("ip", "netns", "exec", "s" + id);
    }

    /** Nothing passes between one server and the others any more. */
    static void cut(final int id, final int size)
    {
        rules("add", id, size);
    }

    /** Takes a cut back. */
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
