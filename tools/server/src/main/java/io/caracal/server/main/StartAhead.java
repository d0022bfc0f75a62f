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
 * Prepares on a separate thread what takes long and is needed during every start: logging, whose configuration takes a
 * tenth of a second to read, and the platform's cryptography. Meanwhile SLF4J keeps what is logged, and hands it over
 * later with the original times. Only for a process that is a server and nothing else.
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

    /** Starts the thread. Called before anything asks for a logger. */
    void begin()
    {
        if (System.getProperty(VERBOSITY) == null)
        {
            // SLF4J would warn about the lines that it keeps meanwhile.
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
     * Returns the final logger factory. If another thread asked for a logger first, that thread sets up logging, and
     * SLF4J gives everybody else a substitute until it is done.
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

    /** Waits, for a bounded time, until all lines have been handed over. Called before the process ends. */
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
