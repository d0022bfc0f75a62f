/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.servers;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** One server in a process of its own, with its directory and port. It can be started and killed repeatedly. */
public final class ServerProcess implements AutoCloseable
{
    private static final long START_TIMEOUT_NS = 300_000_000_000L;
    private static final long POLL_NS = 1_000_000L;

    private final ServerKind kind;
    private final Path dir;
    private final boolean forceSync;
    private final InetSocketAddress address;
    private final OwnedProcess own;

    /**
     * Finds a free port and creates the directory. Nothing is started yet.
     *
     * @param kind      of the server.
     * @param dir       directory of the server; created if it does not exist.
     * @param forceSync whether writes are durable before they are answered.
     * @throws IOException when the directory cannot be created, or there is no free port.
     */
    public ServerProcess(final ServerKind kind, final Path dir, final boolean forceSync) throws IOException
    {
        this.kind = kind;
        // This comes first, because it fails if the run is about to end, which then creates no more directories.
        own = new OwnedProcess(kind.name());
        this.dir = Files.createDirectories(dir).toAbsolutePath();
        this.forceSync = forceSync;
        address = new InetSocketAddress(loopback(), FreePorts.find());
    }

    /** Returns 127.0.0.1, on which all kinds listen, whatever address this JVM prefers. */
    private static InetAddress loopback() throws IOException
    {
        return InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 });
    }

    /**
     * Returns the kind of the server.
     *
     * @return the kind.
     */
    public ServerKind kind()
    {
        return kind;
    }

    /**
     * Returns the directory of the server.
     *
     * @return an absolute path.
     */
    public Path dir()
    {
        return dir;
    }

    /**
     * Returns the address on which the server listens for clients, whether it is started or not.
     *
     * @return an address on 127.0.0.1.
     */
    public InetSocketAddress address()
    {
        return address;
    }

    /**
     * Returns the id of the running process.
     *
     * @return the pid.
     */
    public long pid()
    {
        return own.process().pid();
    }

    /**
     * Starts the server and waits until it serves.
     *
     * @return nanoseconds from exec to the first {@code Mode:}.
     * @throws IllegalStateException when it ends or does not serve within five minutes; the message has the last lines
     *                               of its output.
     */
    public long start()
    {
        final ProcessBuilder builder;
        try
        {
            final Path output = dir.resolve("output.log");
            builder = new ProcessBuilder(kind.command(dir, address.getPort(), forceSync)).directory(dir.toFile())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            final long startNs = System.nanoTime();
            own.start(builder);
            while (!FourLetterWord.isServing(address))
            {
                if (!own.process().isAlive() || System.nanoTime() - startNs > START_TIMEOUT_NS)
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

    /** Kills the server with SIGKILL and waits until it has ended. */
    public void kill()
    {
        own.kill();
    }

    @Override
    public void close()
    {
        own.close();
    }
}
