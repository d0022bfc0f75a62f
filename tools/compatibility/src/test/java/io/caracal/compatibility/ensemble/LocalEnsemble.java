/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.LeftInMemory;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The servers of one ensemble, each a process of its own. A test may kill, stop, wipe and restart them. */
final class LocalEnsemble implements AutoCloseable
{
    static final long LIMIT_MS = 120_000;

    private static final String MAIN = "io.caracal.server.main.ServerMain";

    private final Place place;
    private final Path home;
    private final int[] ports;
    private final ChildJvm[] children;
    private final List<String> settings = new ArrayList<>();

    LocalEnsemble(final int size, final String... more)
    {
        this(new OwnMachine(), size, more);
    }

    LocalEnsemble(final Place place, final int size, final String... more)
    {
        this.place = place;
        ports = FreePorts.find(3 * size);
        children = new ChildJvm[size];
        settings.addAll(List.of(more));
        settings.add("4lw.commands.whitelist=*");
        settings.add("tickTime=2000");
        for (int id = 1; id <= size; id++)
        {
            settings.add("server." + id + "=" + place.host(id) + ":" + ports[size + id - 1] + ":" +
                ports[2 * size + id - 1] + ":participant;" + place.host(id) + ":" + ports[id - 1]);
        }

        try
        {
            home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "ensemble")
                .toAbsolutePath();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        for (int id = 1; id <= size; id++)
        {
            start(id);
        }
        awaitAllServing();
    }

    int size()
    {
        return children.length;
    }

    void start(final int id)
    {
        try
        {
            final Path data = place.data(id, data(id));
            Files.writeString(Files.createDirectories(place.outside(id, data(id))).resolve("myid"), id + "\n");
            final List<String> arguments = new ArrayList<>(settings);
            arguments.add("dataDir=" + data);
            children[id - 1] = ChildJvm.startServer("member-" + id, place.launcher(id), List.of("-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dcaracal.parent=" + ProcessHandle.current().pid()), MAIN, arguments);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private Path data(final int id)
    {
        return home.resolve(Integer.toString(id));
    }

    String connectString(final int id)
    {
        return place.host(id) + ":" + ports[id - 1];
    }

    String connectString()
    {
        final StringBuilder text = new StringBuilder();
        for (int id = 1; id <= size(); id++)
        {
            text.append(id == 1 ? "" : ",").append(connectString(id));
        }

        return text.toString();
    }

    /** The answer to a four-letter word; empty while there is none. */
    String ask(final int id, final String word)
    {
        return place.ask(id, ports[id - 1], word);
    }

    /** What {@code srvr} says after "Mode: "; empty while the server does not serve. */
    String mode(final int id)
    {
        return ask(id, "srvr").lines().filter(line -> line.startsWith("Mode: ")).map(line -> line.substring(6))
            .findFirst().orElse("");
    }

    int leader()
    {
        final int[] found = new int[1];
        Await.until("a leader", LIMIT_MS, () ->
        {
            for (int id = 1; id <= size(); id++)
            {
                found[0] = children[id - 1].isAlive() && "leader".equals(mode(id)) ? id : found[0];
            }
            return found[0] != 0;
        });

        return found[0];
    }

    /** Returns a running server that is none of these. */
    int other(final int... ids)
    {
        for (int id = 1; id <= size(); id++)
        {
            final int candidate = id;
            if (children[id - 1].isAlive() && Arrays.stream(ids).noneMatch(each -> each == candidate))
            {
                return id;
            }
        }

        throw new AssertionError("no other server runs");
    }

    void awaitServing(final int id)
    {
        Await.until("server " + id + " serves: ", children[id - 1]::tail, LIMIT_MS, () -> !mode(id).isEmpty());
    }

    void awaitAllServing()
    {
        for (int id = 1; id <= size(); id++)
        {
            awaitServing(id);
        }
    }

    void kill(final int id)
    {
        children[id - 1].close();
    }

    /** Sends SIGTERM and returns the exit code. */
    int stop(final int id)
    {
        children[id - 1].terminate();
        return children[id - 1].awaitExit(LIMIT_MS);
    }

    void signal(final int id, final String name)
    {
        final ChildJvm kill = ChildJvm.startProgram("kill",
            List.of("kill", "-" + name, Long.toString(children[id - 1].pid())));
        if (kill.awaitExit(LIMIT_MS) != 0)
        {
            throw new AssertionError("kill -" + name + ": " + kill.tail());
        }
    }

    /** Removes everything that a stopped server has on disk. */
    void wipe(final int id)
    {
        delete(data(id));
    }

    /** The configuration of a server as a file, for tools that read one. */
    Path config(final int id)
    {
        try
        {
            final List<String> lines = new ArrayList<>(settings);
            lines.add("dataDir=" + data(id));
            return Files.write(home.resolve("zoo-" + id + ".cfg"), lines);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    String output(final int id)
    {
        return children[id - 1].output();
    }

    private static void delete(final Path directory)
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList())
            {
                Files.delete(file);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close()
    {
        for (final ChildJvm child : children)
        {
            if (child != null)
            {
                child.close();
            }
        }
        delete(home);
        LeftInMemory.remove(home);
    }
}
