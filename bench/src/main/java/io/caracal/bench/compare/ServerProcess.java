/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One server in a process of its own, with its directory and port; started and killed as often as asked. */
final class ServerProcess implements AutoCloseable
{
    private static final long START_TIMEOUT_NS = 300_000_000_000L;
    private static final long POLL_NS = 1_000_000L;
    private static final long END_TIMEOUT_S = 30;

    private final ServerKind kind;
    private final Path dir;
    private final boolean forceSync;
    private final InetSocketAddress address;
    private final Thread onExit = new Thread(this::destroy);
    private Process process;

    ServerProcess(final ServerKind kind, final Path dir, final boolean forceSync) throws IOException
    {
        this.kind = kind;
        this.dir = Files.createDirectories(dir).toAbsolutePath();
        this.forceSync = forceSync;
        address = new InetSocketAddress(loopback(), FreePorts.find());
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** The kinds listen on 127.0.0.1, whatever this JVM prefers. */
    private static InetAddress loopback() throws IOException
    {
        return InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 });
    }

    ServerKind kind()
    {
        return kind;
    }

    Path dir()
    {
        return dir;
    }

    InetSocketAddress address()
    {
        return address;
    }

    long pid()
    {
        return process.pid();
    }

    /** Starts it and waits until it serves; returns the nanoseconds from exec to the first {@code Mode:}. */
    long start()
    {
        final ProcessBuilder builder;
        try
        {
            final Path output = dir.resolve("output.log");
            builder = new ProcessBuilder(kind.command(dir, address.getPort(), forceSync)).directory(dir.toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            final long startNs = System.nanoTime();
            process = builder.start();
            while (!FourLetterWord.isServing(address))
            {
                if (!process.isAlive() || System.nanoTime() - startNs > START_TIMEOUT_NS)
                {
                    throw new IllegalStateException(kind.name() + " did not start: " + OutputTail.of(output));
                }
                LockSupport.parkNanos(POLL_NS);
            }

            return System.nanoTime() - startNs;
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** kill -9, and waits for the end. */
    void kill()
    {
        destroy();
        try
        {
            if (!process.waitFor(END_TIMEOUT_S, TimeUnit.SECONDS))
            {
                throw new IllegalStateException(kind.name() + " does not end, pid " + process.pid());
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", ex);
        }
    }

    private void destroy()
    {
        if (process != null)
        {
            process.destroyForcibly();
        }
    }

    @Override
    public void close()
    {
        if (process != null)
        {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
