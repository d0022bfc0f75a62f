/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import io.caracal.engine.LostHistoryException;
import io.caracal.engine.port.CorruptionException;
import io.caracal.server.config.Finding;
import io.caracal.server.config.Reload;
import io.caracal.server.config.Settings;
import io.caracal.server.launch.ClientDoor;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.JvmFlags;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.launch.LaunchFailures;
import io.caracal.server.launch.LoggingFiles;
import io.caracal.server.launch.NativeLibraries;
import io.caracal.server.launch.StartChecks;
import io.caracal.server.log.LogMark;
import io.caracal.server.metrics.MetricsView;
import io.caracal.server.news.RoleBoard;
import io.caracal.server.record.HotPaths;
import io.caracal.server.record.SlowRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that runs in this process.
 *
 * <pre>
 * try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0)))
 * {
 *     connect(server.connectString());
 * }
 * </pre>
 *
 * Several servers may run in one process, each with its own data directory. All methods may be called by any thread.
 */
public final class Server implements AutoCloseable
{
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final long LOOK_MS = 10;

    private final Settings settings;
    private final OwnServer own;
    private final Logger log;
    private final NanoClock clock = SystemNanoClock.INSTANCE;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final ServerAssembly assembly;
    private final RoleBoard roles;
    private boolean isClosed;

    private Server(final Settings settings, final OwnServer own, final ServerContext context)
    {
        this.settings = settings;
        this.own = own;
        log = own.log();
        assembly = new ServerAssembly(settings, own, context, this::fail);
        roles = assembly.roles();
    }

    /**
     * Starts a server; an interrupt aborts the start. A standalone server serves clients when this method returns. A
     * member of an ensemble has opened its ports and read its data; it serves once enough of the others have started as
     * well: see {@link #awaitServing}.
     *
     * @param context configuration of the server.
     * @return the server, to be closed by the caller.
     * @throws LaunchException                          when it cannot start; the message says what to do.
     * @throws io.caracal.server.config.ConfigException when it must not start with these settings.
     */
    public static Server launch(final ServerContext context)
    {
        JvmFlags.require();
        final Settings settings = context.conclude();
        final OwnServer own = identify(settings);
        return LogMark.during(own.mark(), () -> launch(context, settings, own));
    }

    /** Logs what is found in the settings only then, so that the lines have the mark of the server if it is known. */
    private static OwnServer identify(final Settings settings)
    {
        String mark = null;
        try
        {
            DataDirectory.prepare(settings);
            final OwnServer own = OwnServer.of(settings);
            mark = own.mark();
            return own;
        }
        finally
        {
            LogMark.during(mark, () -> settings.findings().forEach(Server::log));
        }
    }

    private static Server launch(final ServerContext context, final Settings settings, final OwnServer own)
    {
        own.advice(settings).forEach(own.log()::warn);
        if (context.isProcess())
        {
            NativeLibraries.unpackBeside(settings.dataDir());
            LoggingFiles.advice(context.file(), System.getProperty(LoggingFiles.IN_USE)).forEach(own.log()::warn);
        }

        final Server server = new Server(settings, own, context);
        try
        {
            server.open();
            server.awaitLaunched();
            return server;
        }
        catch (final Throwable ex)
        {
            server.closeAfter(ex);
            throw LaunchFailures.of(ex);
        }
    }

    private void open() throws IOException, InterruptedException
    {
        log.info("Caracal {}, data in {}, client port {}", Version.caracal(), settings.dataDir(),
            settings.clientPort(own.line()));
        StartChecks.advice(settings, own.isEnsemble()).forEach(log::warn);
        assembly.open();
    }

    private static void log(final Finding finding)
    {
        switch (finding.severity())
        {
            case INFO -> LOG.info("{}", finding);
            case WARN -> LOG.warn("{}", finding);
            case REFUSE -> LOG.error("{}", finding);
        }
    }

    private void awaitLaunched() throws InterruptedException
    {
        boolean isLaunched;
        do
        {
            isLaunched = own.isEnsemble() ? roles.awaitStarted(LOOK_MS) : roles.awaitServing(LOOK_MS);
            final Throwable cause = failure.getNow(null);
            if (cause != null)
            {
                throw LaunchFailures.of(cause);
            }
        }
        while (!isLaunched);
    }

    /**
     * Waits until clients are served.
     *
     * @param timeout maximum time to wait.
     * @return false when the time was too short, or the server has failed or is closed.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean awaitServing(final Duration timeout) throws InterruptedException
    {
        final long deadlineNs = clock.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
        while (!roles.awaitServing(LOOK_MS))
        {
            if (roles.isEnded() || clock.nanoTime() - deadlineNs > 0)
            {
                return false;
            }
        }

        return true;
    }

    private void fail(final Throwable cause)
    {
        roles.end();
        if (failure.complete(cause))
        {
            LogMark.during(own.mark(), () -> tellOf(cause));
        }
    }

    /**
     * Damage on the disk, and data that the others do not have, concern the operator. The stack trace of the code that
     * found it would help nobody.
     */
    private void tellOf(final Throwable cause)
    {
        if (cause instanceof CorruptionException)
        {
            log.error("the data of this server is damaged, it no longer serves: {}", cause.getMessage());
        }
        else if (cause instanceof LostHistoryException)
        {
            log.error("the others go on without what this server holds, it no longer serves: {}", cause.getMessage());
        }
        else
        {
            log.error("a thread of the server failed, it no longer serves", cause);
        }
    }

    /**
     * The address at which clients on this machine, or on any machine that can reach it, connect.
     *
     * @return host and port.
     */
    public String connectString()
    {
        return ClientDoor.connectString(assembly.transport().addresses().get(0));
    }

    /**
     * The address on which the server listens, for people.
     *
     * @return host and port; the host 0.0.0.0 stands for all addresses.
     */
    public String listenString()
    {
        return ClientDoor.listenString(assembly.transport().addresses().get(0));
    }

    /**
     * The client port.
     *
     * @return as bound.
     */
    public int clientPort()
    {
        return assembly.transport().addresses().get(0).getPort();
    }

    /**
     * The port of the admin server.
     *
     * @return as bound, or -1 when the server has none.
     */
    public int adminPort()
    {
        return assembly.admin().adminPort();
    }

    /**
     * The port from which Prometheus scrapes the metrics.
     *
     * @return as bound, or -1 when the server has none.
     */
    public int metricsPort()
    {
        return assembly.admin().metricsPort();
    }

    /**
     * The role of the server in its ensemble.
     *
     * @return standalone, leader, follower or observer; looking while clients are not served, and after the end.
     */
    public String role()
    {
        return roles.role();
    }

    /**
     * Sets a listener that is told whenever clients are served in a new role, or are served again after a pause. If
     * clients are served already, it is told of the current role.
     *
     * @param listener is given the role; called by a thread of the server that may wait a little, but must not close
     *                 it. What it throws is logged and has no other effect. Null for no listener.
     */
    public void onRole(final Consumer<String> listener)
    {
        roles.listener(listener);
    }

    /**
     * The metrics of the server. After {@link #close} they keep their last values.
     *
     * @return a view.
     */
    public MetricsView metrics()
    {
        return assembly.view();
    }

    /**
     * The latest slow requests.
     *
     * @return a view that any thread may read.
     */
    public SlowRequests slowRequests()
    {
        return assembly.recording().slowRequests();
    }

    /**
     * The most requested paths, from a sample of the requests; none unless {@code pathStats.enabled} is set.
     *
     * @return a view that any thread may read, also after the server is closed.
     */
    public HotPaths hotPaths()
    {
        return assembly.recording().hotPaths();
    }

    /**
     * Reads the configuration file again and takes over what can change without a restart: limits, throttles, the pace
     * of snapshots, thresholds. Other changed keys are reported and keep their old values. The log says the same.
     *
     * @return what became of each key.
     * @throws io.caracal.server.config.ConfigException when the file cannot be read, or no server would start with it;
     *     nothing has changed then.
     * @throws IllegalStateException                    when the server does not run, or its loop does not answer;
     *     nothing has changed then, and nothing changes later.
     */
    public Reload reload()
    {
        return LogMark.during(own.mark(), () -> assembly.reloader().reload());
    }

    /**
     * Completes when a thread of the server has failed and the server no longer serves. The caller should close it
     * then.
     *
     * @return a future of the cause; it never completes when all goes well. What depends on it runs on another thread
     *         than the server's, and so may close the server.
     */
    public CompletableFuture<Throwable> failure()
    {
        return failure.thenApplyAsync(cause -> cause, Server::elsewhere);
    }

    /** Runs a task on a thread of its own, or on this one where the process can have no other. */
    private static void elsewhere(final Runnable task)
    {
        try
        {
            final Thread thread = new Thread(task, "caracal-failure");
            thread.setDaemon(true);
            thread.start();
        }
        catch (final OutOfMemoryError ex)
        {
            task.run();
        }
    }

    /**
     * Sets a task that runs while the server closes, last of all before another server may use its directories.
     *
     * @param task runs once, on the thread that closes.
     */
    public void beforeRelease(final AutoCloseable task)
    {
        assembly.last(task);
    }

    /**
     * Closes the server: answers the requests under way, forces the log, ends all threads and frees all native memory.
     * Further calls have no effect.
     */
    @Override
    public synchronized void close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        roles.end();
        LogMark.during(own.mark(), assembly::close);
    }

    /**
     * The mark of this server's lines in the log ({@code %X{myid}}), for a thread of the program that logs for it.
     *
     * @return the server id; null for a standalone server.
     */
    public String logMark()
    {
        return own.mark();
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
