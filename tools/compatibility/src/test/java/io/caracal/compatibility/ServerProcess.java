/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility;

import io.caracal.compatibility.disk.SmallDisk;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs a {@link ServerUnderTest} as a child JVM whose main class is given its ports and prints "ready". */
final class ServerProcess implements ServerUnderTest
{
    private static final long START_TIMEOUT_MS = 120_000;
    private static final long STOP_TIMEOUT_MS = 60_000;

    private final ServerKind kind;
    private final ServerSettings settings;
    private final Path home;
    private final AtomicInteger turns = new AtomicInteger();
    private ChildJvm child;
    private final int[] ports;
    private final List<InetSocketAddress> members;

    ServerProcess(final ServerKind kind, final ServerSettings settings)
    {
        this.kind = kind;
        this.settings = settings;
        ports = FreePorts.find(kind.ports());
        members = IntStream.of(ports).limit(kind.size()).mapToObj(Loopback::port).toList();

        try
        {
            home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), label());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        start();
    }

    private String label()
    {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void start()
    {
        final SmallDisk disk = settings.disk();
        final Path data = disk == null ? home.resolve("data").toAbsolutePath() : disk.directory().resolve("data");
        final StringBuilder text = new StringBuilder("dataDir=").append(data).append('\n');

        for (final Map.Entry<String, String> entry : settings.values().entrySet())
        {
            text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
        }

        try
        {
            final Path file = Files.writeString(home.resolve("zoo.cfg"), text.toString());
            final List<String> options = new ArrayList<>();
            options.add(settings.heap());
            options.add("-XX:TieredStopAtLevel=1");
            child = ChildJvm.startServer(label(), disk == null ? List.of() : disk.launcher(), options, kind.mainClass(),
                arguments(file));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        boolean ready = false;

        try
        {
            child.awaitLine("ready", START_TIMEOUT_MS);
            ready = true;
        }
        finally
        {
            if (!ready)
            {
                child.close();
            }
        }
    }

    private List<String> arguments(final Path file)
    {
        return Stream.concat(Stream.of(file.toString()), IntStream.of(ports).mapToObj(Integer::toString)).toList();
    }

    @Override
    public ServerKind kind()
    {
        return kind;
    }

    @Override
    public InetSocketAddress address()
    {
        return members.get(turns.getAndIncrement() % members.size());
    }

    @Override
    public List<InetSocketAddress> members()
    {
        return members;
    }

    @Override
    public boolean isAlive()
    {
        return child.isAlive();
    }

    @Override
    public void kill()
    {
        child.close();
    }

    @Override
    public void stop()
    {
        child.terminate();
        child.awaitExit(STOP_TIMEOUT_MS);
    }

    @Override
    public String tail()
    {
        return child.tail();
    }

    @Override
    public void close()
    {
        child.close();

        try (Stream<Path> files = Files.walk(home))
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
        LeftInMemory.remove(home);
    }

    @Override
    public String toString()
    {
        return label() + "@" + members;
    }
}
