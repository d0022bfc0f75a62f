/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.PeerContext;
import io.caracal.transport.tcp.SelectIdle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/**
 * Keeps Aeron's driver and client of this server running, in a directory that no other server takes for abandoned: if
 * they end, or their files are removed, they are made anew, after pauses that grow while that fails or does not last.
 */
final class DriverKeeper implements AutoCloseable
{
    /** A driver that ran for a shorter time is made anew only after a pause, which grows. */
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
     * Starts nothing yet.
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
     * Takes the directory and starts the first driver; once.
     *
     * @throws RuntimeException when the directory is another server's or the socket cannot be opened; nothing is left.
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
        catch (final Exception ex)
        {
            // Of any kind, also one that is not declared, when files cannot be made.
            CloseHelper.quietClose(lease);
            throw ex;
        }
    }

    /** The running driver; null between the loss of one and the start of the next. */
    EmbeddedDriver driver()
    {
        return driver;
    }

    /** Whether a driver runs. */
    boolean isReady()
    {
        return driver != null && !driver.isLost() && !areFilesGone;
    }

    /** Whether a driver ended that was not given up, or is of no use any more. */
    boolean isLost()
    {
        return driver != null && (driver.isLost() || areFilesGone);
    }

    /** For people: why it is lost. */
    String lossReason()
    {
        return areFilesGone ? "something removed the files of the driver in " + directory :
            "the driver or its client ended";
    }

    /**
     * Looks whether the files are still there, after an attempt to link that failed: a driver goes on without them, but
     * makes no streams any more. A system may remove what a user has in shared memory when that user logs out.
     */
    void checkFiles()
    {
        areFilesGone |= driver != null && AeronDirectory.isGone(directory);
    }

    /** Lets go of a lost driver. Its streams are to be closed before. */
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

    /** Makes a driver anew when its time has come, and tells people why that fails, the same once a minute. */
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
        catch (final Exception ex)
        {
            // Of any kind, also one that is not declared, when files cannot be made.
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

    /** When {@link #restart} is due; only while there is no driver. */
    long nextStartNs()
    {
        return nextStartNs;
    }

    /** As {@link EmbeddedDriver#invoke}; nothing without a driver. */
    int invoke()
    {
        return driver == null ? 0 : driver.invoke();
    }

    /** As {@link EmbeddedDriver#packetsMax}; none without a driver. */
    int packetsMax()
    {
        return driver == null ? 0 : driver.packetsMax();
    }

    /** As {@link EmbeddedDriver#nudge}; nothing without a driver. */
    void nudge()
    {
        if (driver != null)
        {
            driver.nudge();
        }
    }

    /** As {@link EmbeddedDriver#requestPass}; nothing without a driver. */
    void requestPass()
    {
        if (driver != null)
        {
            driver.requestPass();
        }
    }

    /** As {@link EmbeddedDriver#isPassDone}; without a driver nothing can have come. */
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
