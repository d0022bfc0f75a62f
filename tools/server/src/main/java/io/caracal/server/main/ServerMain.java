/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.server.config.ConfigException;
import io.caracal.server.console.Results;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import io.caracal.server.log.LogMark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Implements {@code caracal server}: runs one server in the foreground until a signal or a failure ends it. */
public final class ServerMain
{
    private static final long CLOSE_MAX_MS = 9_500;
    /** A signal that follows the first one within this time is the same one. */
    private static final long SAME_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NO_SIGNAL = -1;
    private static final long PID_FILE_AGAIN_S = 5;

    private final PrintStream out;
    private final PrintStream err;
    private final StartAhead ahead = new StartAhead();
    private final long beganNs = System.nanoTime();
    /** When the first signal came, since the beginning. */
    private final AtomicLong signalNs = new AtomicLong(NO_SIGNAL);
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private volatile boolean isLaunched;
    private volatile Server running;
    private boolean hearsHangups;
    private volatile ProcessHandle program;
    private CompletableFuture<Void> programEnd;

    private ServerMain(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the server.
     *
     * @param args of the command line.
     */
    public static void main(final String[] args)
    {
        // The option may stand anywhere, because a container image gives the file as the first argument.
        if (Stream.of(args).anyMatch(arg -> "-h".equals(arg) || "--help".equals(arg)))
        {
            Results.tell(CommandLine.USAGE);
            return;
        }

        final ServerMain main = new ServerMain(System.out, System.err);
        main.ahead.begin();
        final ExitCode exitCode = main.run(args);
        main.ahead.awaitLogging();
        Runtime.getRuntime().halt(exitCode.code());
    }

    private ExitCode run(final String... args)
    {
        try
        {
            // First, because SIGHUP would end the process without a word until then.
            hearsHangups = Signals.onSignal("HUP", this::onReload);
            final String parent = System.getProperty(MemberProcess.PARENT);
            Signals.onSignal("TERM", this::onSignal);
            Signals.onSignal("INT", parent == null ? this::onSignal : ServerMain::leaveToParent);
            endWithParent(parent);
            final ServerContext context = CommandLine.parse(args).process();
            ImageVariables.check(System.getenv(), context.conclude());
            final Server server = Server.launch(context);
            isLaunched = true;
            running = server;

            return LogMark.during(server.logMark(), () -> serve(server, context.conclude().dataDir()));
        }
        catch (final ConfigException ex)
        {
            return sayLast(ex.getMessage(), ExitCode.INVALID_INVOCATION);
        }
        catch (final LaunchException ex)
        {
            return sayLast(ex.getMessage(), ex.exitCode());
        }
    }

    /**
     * Ignores SIGINT. A terminal sends it to the parent program as well, which then ends this server; a server that is
     * told twice would end at once.
     */
    private static void leaveToParent()
    {
        // The parent program ends this server.
    }

    /** Ends the server when its parent program ends. */
    private void endWithParent(final String parent)
    {
        if (parent != null)
        {
            ProcessHandle.of(Long.parseLong(parent)).ifPresentOrElse(process ->
            {
                program = process;
                programEnd = process.onExit().thenRun(this::onSignal);
            }, this::onSignal);
        }
    }

    private ExitCode serve(final Server server, final Path dataDir)
    {
        final PidFile pidFile;
        try
        {
            pidFile = PidFile.write(System.getenv("ZOOPIDFILE"), dataDir);
        }
        catch (final LaunchException ex)
        {
            close(server);
            throw ex;
        }

        // Removed while no other server can have written the file of this directory.
        server.beforeRelease(() -> remove(pidFile));
        server.onRole(role ->
        {
            out.println("serving clients on " + server.listenString() + " as " + role);
            out.flush();
        });
        // Not a constant of the class, because it would set up logging on this thread at the beginning of the start.
        final Logger log = LoggerFactory.getLogger(Server.class);
        if (!hearsHangups)
        {
            log.info("SIGHUP does not reach this process, as after nohup: a changed configuration needs a restart");
        }

        final Throwable cause = (Throwable)awaitEnd(CompletableFuture.anyOf(end, server.failure()), pidFile);
        log.info(cause == null ? "told to end: what is under way is finished, a second signal ends at once" :
            "ends after a failure");
        final ExitCode exitCode =
            cause == null ? ExitCode.OK : say("the server stops: " + RunFailures.reason(cause),
                RunFailures.exitCode(cause));
        final boolean isClosed = close(server);
        remove(pidFile);
        log.info(isClosed ? "closed in good order" : "not closed in good order");

        return isClosed ? exitCode : ExitCode.UNEXPECTED;
    }

    private static Object awaitEnd(final CompletableFuture<Object> over, final PidFile pidFile)
    {
        while (pidFile.isDue() && !over.isDone())
        {
            CompletableFuture.anyOf(over, new CompletableFuture<>().completeOnTimeout(null, PID_FILE_AGAIN_S,
                TimeUnit.SECONDS)).join();
            pidFile.tryAgain();
        }

        return over.join();
    }

    /** A file that stays behind, as it does when a server is killed, does not change how the server ends. */
    private static void remove(final PidFile file)
    {
        try
        {
            file.close();
        }
        catch (final IOException ex)
        {
            LoggerFactory.getLogger(Server.class).warn(
                "the file of the process id stays behind, since it cannot be removed: {}", DataDirectory.reason(ex));
        }
    }

    /**
     * The first signal closes the server in good order. A second one, or one before the server has started, ends the
     * process at once. A second one is ignored while the parent program lives, and in the moment after the first.
     */
    private void onSignal()
    {
        final long sinceBeginNs = System.nanoTime() - beganNs;
        if (!signalNs.compareAndSet(NO_SIGNAL, sinceBeginNs))
        {
            if (program != null && program.isAlive())
            {
                // A signal to the process group arrives here both directly and through the parent, which takes care of
                // a late end.
                return;
            }

            if (sinceBeginNs - signalNs.get() < SAME_NS)
            {
                // The program timeout sends one signal to the process and one to its group.
                return;
            }

            err.println("told to end a second time: ends at once");
            Runtime.getRuntime().halt(ExitCode.UNEXPECTED.code());
        }

        if (!isLaunched)
        {
            err.println("told to end while it was starting");
            Runtime.getRuntime().halt(ExitCode.OK.code());
        }

        end.complete(null);
    }

    /** Reloads the configuration on SIGHUP; the log says what became of each key. */
    private void onReload()
    {
        final Server server = running;
        try
        {
            if (server == null)
            {
                err.println("the server is starting: its configuration is not read again");
            }
            else
            {
                server.reload();
            }
        }
        catch (final ConfigException ex)
        {
            // The log already says why, and that nothing has changed.
        }
        catch (final IllegalStateException ex)
        {
            err.println("the configuration is not taken over, send SIGHUP again: " + ex.getMessage());
        }
    }

    private boolean close(final Server server)
    {
        try
        {
            CompletableFuture.runAsync(server::close).get(CLOSE_MAX_MS, TimeUnit.MILLISECONDS);
            return true;
        }
        catch (final ExecutionException ex)
        {
            say("the server did not close in good order: " + ex.getCause(), ExitCode.UNEXPECTED);
        }
        catch (final TimeoutException ex)
        {
            say("the server did not close within " + CLOSE_MAX_MS + " ms", ExitCode.UNEXPECTED);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }

        return false;
    }

    /** Says why there is no start, behind warnings that were logged before and wait until logging is set up. */
    private ExitCode sayLast(final String message, final ExitCode exitCode)
    {
        ahead.awaitLogging();
        return say(message, exitCode);
    }

    private ExitCode say(final String message, final ExitCode exitCode)
    {
        err.println(message);
        return exitCode;
    }
}
