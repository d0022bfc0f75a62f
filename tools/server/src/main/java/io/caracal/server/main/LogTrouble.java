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
 * Prints Logback's reports about itself on standard error: that a configuration is wrong, so that lines are lost or the
 * previous configuration stays in force, and that a log file cannot be written, or can be written again. Once it runs,
 * Logback keeps such reports to itself, and an operator would only see a log that is silent.
 */
final class LogTrouble
{
    /** Maximum number of lines per minute. */
    static final int LINES_MAX = 50;

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    private LogTrouble()
    {
    }

    /**
     * Starts to print reports, beginning with those that Logback has collected so far. Does nothing if the logger is
     * not Logback.
     *
     * @param factory of the loggers.
     * @param err     takes the lines.
     * @param clock   measures the minutes of the line limit.
     */
    static void tell(final ILoggerFactory factory, final PrintStream err, final NanoClock clock)
    {
        if (LOGBACK.equals(factory.getClass().getName()))
        {
            Reports.tell(factory, err, clock);
        }
    }

    /** A separate class, so that it is loaded only where Logback is present. */
    private static final class Reports implements StatusListener
    {
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            Locale.ROOT);

        private final PrintStream err;
        private final NanoClock clock;
        /** The last line of the limit is reserved for saying that further lines are left out. */
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

        /**
         * Stays registered when the configuration is read again, because the new configuration may be the wrong one.
         */
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

        /**
         * Whether a report is about a log file. Those below WARN are printed too: they say that writing is tried again
         * and works.
         */
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
