/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.JvmFlags;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.launch.LaunchFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.agrona.IoUtil;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Several servers in this process that form an ensemble on the loopback address, for tests of programs that use one.
 *
 * <pre>
 * try (ServerEnsemble ensemble = ServerEnsemble.launch(3))
 * {
 *     connect(ensemble.connectString());
 *     ensemble.stop(ensemble.leader());
 * }
 * </pre>
 *
 * The servers share nothing but the process: each has its own threads, ports and directory. All methods may be called
 * by any thread.
 */
public final class ServerEnsemble implements AutoCloseable
{
    private static final Duration LAUNCH_MAX = Duration.ofSeconds(60);
    private static final int TRIES = 3;
    private static final String LEADER = "leader";

    private final EnsembleContext context;
    private final EnsemblePlan plan;
    private final Path temporary;
    private final Server[] servers;

    private ServerEnsemble(final EnsembleContext context, final EnsemblePlan plan, final Path temporary)
    {
        this.context = context;
        this.plan = plan;
        this.temporary = temporary;
        servers = new Server[plan.members().size()];
    }

    /**
     * Starts an ensemble with a temporary directory and returns when every server serves clients.
     *
     * @param participants servers that vote, 1 to {@value EnsemblePlan#MEMBERS_MAX}.
     * @return the ensemble, to be closed by the caller, which removes the directory.
     * @throws LaunchException when it cannot start; the message says what to do.
     */
    public static ServerEnsemble launch(final int participants)
    {
        return launch(participants, new EnsembleContext());
    }

    /**
     * Starts an ensemble and returns when every server serves clients. An interrupt aborts the start.
     *
     * @param participants servers that vote.
     * @param context      configuration of the ensemble.
     * @return the ensemble, to be closed by the caller.
     * @throws LaunchException when it cannot start; the message says what to do.
     */
    public static ServerEnsemble launch(final int participants, final EnsembleContext context)
    {
        final int size = participants + context.observers();
        if (participants < 1 || context.observers() < 0 || size > EnsemblePlan.MEMBERS_MAX)
        {
            throw new LaunchException(ExitCode.INVALID_INVOCATION, "an ensemble of " + participants +
                " participants and " + context.observers() + " observers; 1 to " + EnsemblePlan.MEMBERS_MAX +
                " servers are possible", null);
        }

        JvmFlags.require();

        return launch(participants, context, Path.of(System.getProperty("java.io.tmpdir")), EnsemblePlan::freePorts);
    }

    static ServerEnsemble launch(final int participants, final EnsembleContext context, final Path above,
        final IntFunction<int[]> freePorts)
    {
        for (int i = 1;; i++)
        {
            try
            {
                return launchOnce(participants, context, above, freePorts);
            }
            catch (final LaunchException ex)
            {
                // A port that was free may be taken by now, so other ports are tried.
                final boolean mayBeTaken =
                    ex.exitCode() == ExitCode.UNEXPECTED || ex.exitCode() == ExitCode.QUORUM_PORT;
                if (i == TRIES || !mayBeTaken || Thread.currentThread().isInterrupted())
                {
                    throw ex;
                }
            }
        }
    }

    static ServerEnsemble launchOnce(final int participants, final EnsembleContext context, final Path above,
        final IntFunction<int[]> freePorts)
    {
        // Ports are found before the directory is made, so that no directory is left behind when there are no ports.
        final int[] ports = freePorts.apply(participants + context.observers());
        final Path temporary = context.directory() == null ? temporaryDirectory(above) : null;
        final Path directory = temporary == null ? context.directory() : temporary;
        final ServerEnsemble ensemble = new ServerEnsemble(context,
            EnsemblePlan.on(ports, participants, context.observers(), directory), temporary);
        try
        {
            ensemble.plan.prepare();
            ensemble.launchAll();
            if (!ensemble.awaitServing(LAUNCH_MAX))
            {
                throw new LaunchException(ExitCode.UNEXPECTED, "the ensemble does not serve after " +
                    LAUNCH_MAX.toSeconds() + " s; its log tells more", null);
            }

            return ensemble;
        }
        catch (final Throwable ex)
        {
            ensemble.closeAfter(ex);
            throw LaunchFailures.of(ex) instanceof LaunchException known ? known :
                new LaunchException(ExitCode.UNEXPECTED, ex.toString(), ex);
        }
    }

    static Path temporaryDirectory(final Path above)
    {
        try
        {
            return Files.createTempDirectory(above, "caracal-ensemble");
        }
        catch (final IOException ex)
        {
            throw new LaunchException(ExitCode.DATA, "no directory for the ensemble can be made in " + above + " (" +
                DataDirectory.reason(ex) + "); set -Djava.io.tmpdir, or name one with EnsembleContext.directory", ex);
        }
    }

    /** Starts all servers at the same time, because each of them waits for its own disk. */
    private void launchAll()
    {
        try
        {
            CompletableFuture.allOf(plan.members().stream().map(this::launch).toArray(CompletableFuture[]::new)).join();
        }
        catch (final CompletionException ex)
        {
            throw LaunchFailures.of(ex.getCause());
        }
    }

    /** A thread that cannot be started is a failure as well, and must not end the wait for the other servers. */
    private CompletableFuture<Void> launch(final EnsemblePlan.Member member)
    {
        try
        {
            return CompletableFuture.runAsync(() -> start(member.serverId()),
                task -> context.threads().newThread(task).start());
        }
        catch (final OutOfMemoryError ex)
        {
            return CompletableFuture.failedFuture(ex);
        }
    }

    /**
     * Starts a server that does not run, with its previous directory and ports.
     *
     * @param serverId of the server, from 1.
     */
    public void start(final long serverId)
    {
        final EnsemblePlan.Member member = plan.members().get(index(serverId));
        if (server(serverId) != null)
        {
            throw new IllegalStateException("server " + serverId + " runs already");
        }

        final ServerContext server = plan.context(member);
        context.addTo(server);
        final Server launched = Server.launch(server);
        synchronized (servers)
        {
            servers[index(serverId)] = launched;
        }
    }

    /**
     * Closes a server in good order: a leader hands over first. Has no effect on a server that does not run.
     *
     * @param serverId of the server, from 1.
     */
    public void stop(final long serverId)
    {
        final Server server;
        synchronized (servers)
        {
            server = servers[index(serverId)];
            servers[index(serverId)] = null;
        }

        if (server != null)
        {
            server.close();
        }
    }

    private int index(final long serverId)
    {
        if (serverId < 1 || serverId > servers.length)
        {
            throw new IllegalArgumentException("no server " + serverId + " in an ensemble of " + servers.length);
        }

        return (int)serverId - 1;
    }

    /**
     * Returns one server.
     *
     * @param serverId of the server, from 1.
     * @return null while it does not run.
     */
    public Server server(final long serverId)
    {
        synchronized (servers)
        {
            return servers[index(serverId)];
        }
    }

    /**
     * The number of servers.
     *
     * @return participants and observers, running or not; their ids are 1 to this number, participants first.
     */
    public int size()
    {
        return servers.length;
    }

    /**
     * The id of the leader.
     *
     * @return id of the leading server, 0 while there is none.
     */
    public long leader()
    {
        for (final EnsemblePlan.Member member : plan.members())
        {
            final Server server = server(member.serverId());
            if (server != null && LEADER.equals(server.role()))
            {
                return member.serverId();
            }
        }

        return 0;
    }

    /**
     * Waits until every running server serves clients.
     *
     * @param timeout maximum time to wait.
     * @return false when the time was too short.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitServing(final Duration timeout) throws InterruptedException
    {
        final long deadlineNs = SystemNanoClock.INSTANCE.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        for (final EnsemblePlan.Member member : plan.members())
        {
            final Server server = server(member.serverId());
            final long leftNs = Math.max(0, deadlineNs - SystemNanoClock.INSTANCE.nanoTime());
            if (server != null && !server.awaitServing(Duration.ofNanos(leftNs)))
            {
                return false;
            }
        }

        return true;
    }

    /**
     * The client addresses of all servers, running or not.
     *
     * @return hosts and ports, separated by commas.
     */
    public String connectString()
    {
        return plan.connectString();
    }

    /**
     * The client address of one server, whether it runs or not.
     *
     * @param serverId of the server, from 1.
     * @return host and port.
     */
    public String connectString(final long serverId)
    {
        return plan.members().get(index(serverId)).address();
    }

    /** Closes all servers, frees all native memory, and removes the directory if it is temporary. */
    @Override
    public void close()
    {
        RuntimeException problem = null;
        for (final EnsemblePlan.Member member : plan.members())
        {
            try
            {
                stop(member.serverId());
            }
            catch (final RuntimeException ex)
            {
                problem = problem == null ? ex : problem;
            }
        }

        if (problem != null)
        {
            throw problem;
        }
        if (temporary != null)
        {
            IoUtil.delete(temporary.toFile(), true);
        }
    }

    private void closeAfter(final Throwable cause)
    {
        try
        {
            close();
        }
        catch (final RuntimeException ex)
        {
            cause.addSuppressed(ex);
        }
    }
}
