/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Keeps Aeron's driver and client of this server running, in a directory that no other server takes for abandoned. If
 * they end, or their files are removed, both are made anew. The pauses between restarts grow while restarts fail or do
 * not last.
 */
final class DriverKeeper implements AutoCloseable
{
    /** A driver that ran for less time than this is replaced only after a pause, which grows. */
    private static final long STEADY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Backoff backoff = new Backoff();
    private final PeerContext context;
    private final SelectIdle idle;
    private final ErrorNews errors;
    private final Repeats failures;
    private DirectoryLease lease;
    private Path directory;
    private EmbeddedDriver driver;
    private boolean areFilesGone;
    private long startedNs;
    private long nextStartNs;

    /**
     * Does not start anything yet.
     *
     * @param context concluded.
     * @param idle    of the engine's loop.
     */
    DriverKeeper(final PeerContext context, final SelectIdle idle)
    {
        this.context = context;
        this.idle = idle;
        errors = new ErrorNews(context.events(), context.nanoClock());
        failures = new Repeats(context.nanoClock());
    }

    /**
     * Takes the directory and starts the first driver. Called once.
     *
     * @throws RuntimeException when the directory belongs to another server or the socket cannot be opened; nothing is
     * left behind.
     */
    void start()
    {
        try
        {
            startedNs = context.nanoClock().nanoTime();
            lease = DirectoryLease.take(AeronDirectory.shared(context));
            DirectoryLease.sweep(context.sharedMemory(), context.events());
            directory = AeronDirectory.prepare(context, null);
            driver = new EmbeddedDriver(context, directory, idle, errors);
        }
        catch (final Throwable ex)
        {
            // Exceptions of any kind, including undeclared ones, when files cannot be made; errors without memory.
            CloseHelper.quietClose(lease);
            throw ex;
        }
    }

    /** The running driver; null between the loss of one driver and the start of the next. */
    EmbeddedDriver driver()
    {
        return driver;
    }

    /** Whether a usable driver is running. */
    boolean isReady()
    {
        return driver != null && !driver.isLost() && !areFilesGone;
    }

    /** Whether the driver has ended or become useless, and {@link #giveUp} has not been called yet. */
    boolean isLost()
    {
        return driver != null && (driver.isLost() || areFilesGone);
    }

    /** Why the driver was lost, in words for people. */
    String lossReason()
    {
        return areFilesGone ? "something removed the files of the driver in " + directory :
            "the driver or its client ended";
    }

    /**
     * Checks whether the driver's files still exist. Called after a failed attempt to link: a driver without its files
     * goes on, but can no longer make streams. Some systems remove a user's files from shared memory when that user
     * logs out.
     */
    void checkFiles()
    {
        areFilesGone |= driver != null && AeronDirectory.isGone(directory);
    }

    /** Releases a lost driver. Its streams must have been closed before. */
    void giveUp(final long nowNs)
    {
        CloseHelper.quietClose(driver);
        driver = null;
        areFilesGone = false;

        if (nowNs - startedNs >= STEADY_NS)
        {
            backoff.reset();
        }

        nextStartNs = nowNs + backoff.next();
    }

    /** Starts a new driver when it is due. If that fails, tells people why; the same reason is told once a minute. */
    int restart(final long nowNs)
    {
        if (driver != null || nowNs - nextStartNs < 0)
        {
            return 0;
        }

        try
        {
            directory = AeronDirectory.prepare(context, directory);
            driver = new EmbeddedDriver(context, directory, idle, errors);
            startedNs = nowNs;
        }
        catch (final Exception | OutOfMemoryError ex)
        {
            // Exceptions of any kind, including undeclared ones, when files cannot be made; the error, which a thread
            // that cannot be started throws as well.
            nextStartNs = nowNs + backoff.next();
            tellFailure(String.valueOf(ex.getMessage()));
        }

        return 1;
    }

    private void tellFailure(final String why)
    {
        if (failures.isNew(why))
        {
            context.events().onDriverLost(why);
        }
    }

    /** When {@link #restart} is due. Only meaningful while there is no driver. */
    long nextStartNs()
    {
        return nextStartNs;
    }

    /** Like {@link EmbeddedDriver#invoke}; does nothing without a driver. */
    int invoke()
    {
        return driver == null ? 0 : driver.invoke();
    }

    /** Like {@link EmbeddedDriver#packetsMax}; 0 without a driver. */
    int packetsMax()
    {
        return driver == null ? 0 : driver.packetsMax();
    }

    /** Like {@link EmbeddedDriver#nudge}; does nothing without a driver. */
    void nudge()
    {
        if (driver != null)
        {
            driver.nudge();
        }
    }

    /** Like {@link EmbeddedDriver#requestPass}; does nothing without a driver. */
    void requestPass()
    {
        if (driver != null)
        {
            driver.requestPass();
        }
    }

    /** Like {@link EmbeddedDriver#isPassDone}; true without a driver, since nothing can have arrived. */
    boolean isPassDone()
    {
        return driver == null || driver.isPassDone();
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(driver);
        CloseHelper.quietClose(lease);
    }
}
