/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import io.caracal.transport.LinePace;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.slf4j.ILoggerFactory;

/**
 * Tells on standard error what Logback has to say of itself: that a configuration is wrong, so that lines go nowhere or
 * the one before holds, and that a log file cannot be written, or can again. Logback keeps that to itself once it runs,
 * and an operator would wonder about a log that is silent.
 */
final class LogTrouble
{
    /** Most lines in a minute. */
    static final int LINES_MAX = 50;

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private LogTrouble()
    {
    }

    /**
     * Begins to tell, first what Logback has to say of the time until now. Does nothing for another logger.
     *
     * @param factory of the loggers.
     * @param err     takes the lines.
     * @param clock   for the most lines in a minute.
     */
    static void tell(final ILoggerFactory factory, final PrintStream err, final NanoClock clock)
    {
        if (LOGBACK.equals(factory.getClass().getName()))
        {
            Reports.tell(factory, err, clock);
        }
    }

    /** A class of its own, so that it is loaded only where there is Logback. */
    private static final class Reports implements StatusListener
    {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            Locale.ROOT);

        private final PrintStream err;
        private final NanoClock clock;
        /** The last line is kept for the news that there will be no further ones. */
        private final LinePace pace = new LinePace(LINES_MAX - 1, TimeUnit.MINUTES.toNanos(1));
        private boolean isLeavingOut;

        private Reports(final PrintStream err, final NanoClock clock)
        {
            this.err = err;
            this.clock = clock;
        }

        private static void tell(final ILoggerFactory factory, final PrintStream err, final NanoClock clock)
        {
            final LoggerContext context = (LoggerContext)factory;
            final Reports reports = new Reports(err, clock);
            context.getStatusManager().getCopyOfStatusList().forEach(reports::addStatusEvent);
            context.getStatusManager().add(reports);
        }

        /** A configuration that is read again is the one that may be wrong. */
        @Override
        public boolean isResetResistant()
        {
            return true;
        }

        @Override
        public synchronized void addStatusEvent(final Status status)
        {
            if ((status.getLevel() >= Status.WARN || isOfFile(status)) && isAllowed())
            {
                err.println(line(status));
            }
        }

        /** What is told of a file that could not be written: also that it is tried again, and with success. */
        private static boolean isOfFile(final Status status)
        {
            return status.getOrigin() instanceof ResilientOutputStreamBase;
        }

        private boolean isAllowed()
        {
            final boolean isAllowed = pace.admits(clock.nanoTime());
            if (!isAllowed && !isLeavingOut)
            {
                err.println("further lines of Logback about itself are left out for a minute");
            }
            isLeavingOut = !isAllowed;

            return isAllowed;
        }

        private static String line(final Status status)
        {
            final String cause = status.getThrowable() == null ? "" : ": " + status.getThrowable();
            final String level = status.getLevel() == Status.ERROR ? "ERROR" : status.getLevel() == Status.WARN ?
                "WARN " : "INFO ";

            return (TIME.format(Instant.ofEpochMilli(status.getTimestamp()).atZone(ZoneId.systemDefault())) + ' ' +
                level + " Logback - " + status.getMessage() + cause).replaceAll("\\p{Cntrl}", " ");
        }
    }
}
