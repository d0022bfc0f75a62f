/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import static org.junit.jupiter.api.Assumptions.abort;

import io.caracal.compatibility.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts each server into a network name space of its own, all on one bridge. Any direction between two servers can be
 * cut for TCP, UDP or both while everything else goes on. A cut drops packets where they arrive, so the sender does not
 * notice. A child process holds the name spaces open, so they are gone with it.
 *
 * <pre>
 * 10.77.0.254 (tests and clients) --- bridge --- 10.77.0.1, 10.77.0.2, ... (servers)
 * </pre>
 */
final class Islands implements Place, AutoCloseable
{
    /** The packets that a cut drops. */
    enum Traffic
    {
        /** Both kinds. */
        ALL(""),
        /** The silent links. */
        TCP("tcp"),
        /** The streams. */
        UDP("udp");

        private final String protocol;

        Traffic(final String protocol)
        {
            this.protocol = protocol;
        }

        private List<String> selector()
        {
            return protocol.isEmpty() ? List.of() : List.of("ipproto", protocol);
        }
    }

    private static final long TIMEOUT_MS = 60_000;
    private static final String NETWORK = "10.77.0.";
    // Rules are evaluated in ascending order, and the kernel's own rule 0 for local addresses would match before any
    // that drops.
    private static final String SETUP = """
        set -e
        mount -t tmpfs tmpfs /run && mkdir -p /run/netns
        [ -z "$1" ] || mount --bind "$1" /etc/hosts
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
        echo ready
        exec cat
        """;
    private static final String PROBE = "mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add s1 && " +
        "ip link add hub type bridge && ip link add v1 type veth peer name e0 netns s1 && " +
        "ip -n s1 rule add pref 9 from 10.77.0.1 ipproto udp blackhole";
    // A server that does not listen yet is asked again. Bash would print an error each time.
    private static final String ASK = "exec 2>/dev/null 3<>\"/dev/tcp/$0/$1\" && printf %s \"$2\" >&3 && cat <&3";

    private final ChildJvm holder;
    private final String[] addresses;
    private final Path hosts;
    private final List<List<String>> cuts = new ArrayList<>();

    /** Creates servers that are known by their addresses. */
    Islands(final int size)
    {
        this(size, null);
    }

    /** Creates servers that are known by names in a hosts file. Their addresses may change. */
    Islands(final int size, final Path hosts)
    {
        this.hosts = hosts;
        addresses = new String[size];
        for (int id = 1; id <= size; id++)
        {
            addresses[id - 1] = NETWORK + id;
        }
        writeHosts();
        holder = ChildJvm.startProgram("islands", List.of("unshare", "--map-root-user", "--net", "--mount", "sh", "-c",
            SETUP, Integer.toString(size), hosts == null ? "" : hosts.toString()));
        holder.awaitLine("ready", TIMEOUT_MS);
    }

    /** Writes in place, because the file is mounted over the one of the system. */
    private void writeHosts()
    {
        if (hosts != null)
        {
            final StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
            for (int id = 1; id <= addresses.length; id++)
            {
                text.append(addresses[id - 1]).append(' ').append(host(id)).append('\n');
            }

            try
            {
                Files.writeString(hosts, text);
            }
            catch (final IOException ex)
            {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /** Gives a stopped server another address under the same name. */
    void move(final int id, final int number)
    {
        final String before = addresses[id - 1];
        addresses[id - 1] = NETWORK + number;
        // Delete first: deleting the first address of a network would also delete the later ones.
        at(id, "addr", "del", before + "/24", "dev", "e0");
        at(id, "addr", "add", addresses[id - 1] + "/24", "dev", "e0");
        writeHosts();
    }

    /** Skips the test by name if this user may not create such name spaces or the kernel has no bridges. */
    static void require(final String test)
    {
        if (!isPossible(test))
        {
            final String message = "left out: " + test + " (needs iproute2, util-linux, and bridges in name spaces)";
            System.out.println(message);
            abort(message);
        }
    }

    private static boolean isPossible(final String test)
    {
        try (ChildJvm probe = ChildJvm.startProgram("probe-islands", List.of("unshare", "--map-root-user", "--net",
            "--mount", "sh", "-c", PROBE)))
        {
            return probe.awaitExit(TIMEOUT_MS) == 0;
        }
        catch (final UncheckedIOException ex)
        {
            System.out.println(test + ": " + ex.getCause().getMessage());
            return false;
        }
    }

    @Override
    public String host(final int id)
    {
        return hosts == null ? addresses[id - 1] : "server" + id + ".islands";
    }

    @Override
    public List<String> launcher(final int id)
    {
        final List<String> launcher = new ArrayList<>(shore());
        launcher.addAll(List.of("ip", "netns", "exec", "s" + id));

        return launcher;
    }

    /** The beginning of a client's command. */
    List<String> shore()
    {
        return List.of("nsenter", "--target", Long.toString(holder.pid()), "--user", "--net", "--mount",
            "--preserve-credentials");
    }

    @Override
    public String ask(final int id, final int port, final String word)
    {
        final List<String> command = new ArrayList<>(shore());
        command.addAll(List.of("timeout", "5", "bash", "-c", ASK, host(id), Integer.toString(port), word));

        return run(command).output();
    }

    /** Drops everything that one server sends to another. */
    void cut(final int from, final int to, final Traffic traffic)
    {
        final List<String> rule = new ArrayList<>(List.of("from", addresses[from - 1]));
        rule.addAll(traffic.selector());
        rule.add("blackhole");
        rule(to, "add", rule);
        final List<String> cut = new ArrayList<>(rule);
        cut.add(0, Integer.toString(to));
        cuts.add(cut);
    }

    /** Undoes every cut. */
    void heal()
    {
        cuts.forEach(cut -> rule(Integer.parseInt(cut.get(0)), "del", cut.subList(1, cut.size())));
        cuts.clear();
    }

    private void rule(final int at, final String what, final List<String> rule)
    {
        final List<String> words = new ArrayList<>(List.of("rule", what, "pref", "10"));
        words.addAll(rule);
        at(at, words.toArray(new String[0]));
    }

    private void at(final int id, final String... words)
    {
        final List<String> command = new ArrayList<>(shore());
        command.addAll(List.of("ip", "-n", "s" + id));
        command.addAll(List.of(words));
        final Ran ran = run(command);
        if (ran.exitCode() != 0)
        {
            throw new AssertionError(command + ": " + ran.output());
        }
    }

    /** A completed run of a program. */
    private record Ran(int exitCode, String output)
    {
    }

    private static Ran run(final List<String> command)
    {
        try
        {
            final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            return new Ran(process.waitFor(), output);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

    @Override
    public void close()
    {
        holder.close();
    }
}
