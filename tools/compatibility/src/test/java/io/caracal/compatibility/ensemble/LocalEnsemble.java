/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.Await;
import io.caracal.compatibility.ChildJvm;
import io.caracal.compatibility.FreePorts;
import io.caracal.compatibility.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Servers of one ensemble, each a process of its own, that a test may kill, stop, wipe and start again. */
final class LocalEnsemble implements AutoCloseable
{
    static final long LIMIT_MS = 60_000;

    private static final int WORD_TIMEOUT_MS = 5_000;
    private static final String MAIN = "io.caracal.server.ServerMain";

    private final Path home;
    private final int[] ports;
    private final ChildJvm[] children;
    private final List<String> settings = new ArrayList<>();

    LocalEnsemble(final int size, final String... more)
    {
        ports = FreePorts.find(3 * size);
        children = new ChildJvm[size];
        settings.addAll(List.of(more));
        settings.add("4lw.commands.whitelist=*");
        settings.add("tickTime=2000");
        for (int id = 1; id <= size; id++)
        {
            settings.add("server." + id + "=127.0.0.1:" + ports[size + id - 1] + ":" + ports[2 * size + id - 1] +
                ":participant;127.0.0.1:" + ports[id - 1]);
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
            final Path data = Files.createDirectories(data(id));
            Files.writeString(data.resolve("myid"), id + "\n");
            final List<String> arguments = new ArrayList<>(settings);
            arguments.add("dataDir=" + data);
            children[id - 1] = ChildJvm.startOwn("member-" + id, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1",
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
        return "127.0.0.1:" + ports[id - 1];
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

    /** The answer to a word, empty while there is none. */
    String ask(final int id, final String word)
    {
        try (Socket socket = new Socket())
        {
            socket.connect(Loopback.port(ports[id - 1]), WORD_TIMEOUT_MS);
            socket.setSoTimeout(WORD_TIMEOUT_MS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            return "";
        }
    }

    /** What {@code srvr} says after "Mode: ", empty while the server does not serve. */
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

    /** A server that runs and is none of these. */
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
        Await.until("server " + id + " serves: " + children[id - 1].tail(), LIMIT_MS, () -> !mode(id).isEmpty());
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

    /** SIGTERM; gives the exit code. */
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

    /** Removes everything a server that does not run had on disk. */
    void wipe(final int id)
    {
        delete(data(id));
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
    }
}
