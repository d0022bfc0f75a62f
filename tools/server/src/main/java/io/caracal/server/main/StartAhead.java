/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.engine.session.SessionPasswords;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/**
 * Sets up what a start needs sooner or later and what takes long, on a thread of its own beside the rest of the start:
 * logging, whose configuration takes a tenth of a second to read, and the platform's cryptography. SLF4J keeps what is
 * logged meanwhile, and hands it over later with the times at which it was logged. For a process that is a server and
 * nothing else.
 */
final class StartAhead
{
    private static final String VERBOSITY = "slf4j.internal.verbosity";
    private static final long LOGGING_MAX_MS = 5_000;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int LOOKS_MAX = (int)LOGGING_MAX_MS;

    private final CompletableFuture<Void> logging = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "caracal-ahead");

    StartAhead()
    {
        thread.setDaemon(true);
    }

    /** Begins; before anything asks for a logger. */
    void begin()
    {
        if (System.getProperty(VERBOSITY) == null)
        {
            // SLF4J would warn of what is kept meanwhile.
            System.setProperty(VERBOSITY, "ERROR");
        }
        thread.start();
    }

    private void run()
    {
        try
        {
            LogTrouble.tell(settled(LoggerFactory::getILoggerFactory), System.err, SystemNanoClock.INSTANCE);
        }
        finally
        {
            logging.complete(null);
        }
        new SessionPasswords().secret(new byte[SessionPasswords.SECRET_LENGTH]);
    }

    /**
     * The factory that is there in the end. A thread that asked for a logger before this one sets logging up itself,
     * and until that is done everybody else is given a substitute.
     */
    static ILoggerFactory settled(final Supplier<ILoggerFactory> factories)
    {
        ILoggerFactory factory = factories.get();
        for (int i = 0; i < LOOKS_MAX && factory instanceof SubstituteLoggerFactory; i++)
        {
            LockSupport.parkNanos(LOOK_NS);
            factory = factories.get();
        }

        return factory;
    }

    /** Waits until what was logged has been handed over, before the process ends; for a bounded time. */
    void awaitLogging()
    {
        try
        {
            logging.get(LOGGING_MAX_MS, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        catch (final ExecutionException | TimeoutException ex)
        {
            System.err.println("logging is not set up, and what was logged is lost: " + ex);
        }
    }
}
