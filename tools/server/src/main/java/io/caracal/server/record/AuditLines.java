/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Hands lines of the audit log to its logger, and loses none while Logback reloads its configuration. Logback first
 * removes all appenders and then creates new ones; what is logged in between is lost. So a line waits for the new
 * appender, and a line whose appender was removed meanwhile is logged again. It may then appear twice, but it is never
 * lost. Called by the scribe.
 */
final class AuditLines implements Consumer<String>
{
    private static final String LOGBACK = "ch.qos.logback.classic.Logger";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private final org.slf4j.Logger logger;
    private final Appenders appenders;

    /**
     * Creates an instance for a logger.
     *
     * @param name of the logger.
     */
    AuditLines(final String name)
    {
        this(name, PATIENCE_NS);
    }

    /**
     * Creates an instance for a logger.
     *
     * @param name       of the logger.
     * @param patienceNs after this time without appenders, the configuration is assumed to have none.
     */
    AuditLines(final String name, final long patienceNs)
    {
        logger = LoggerFactory.getLogger(name);
        appenders = LOGBACK.equals(logger.getClass().getName()) ? new Appenders((Logger)logger, patienceNs) : null;
    }

    @Override
    public void accept(final String line)
    {
        if (appenders == null || !logger.isInfoEnabled())
        {
            logger.info(line);
        }
        else
        {
            appenders.write(line);
        }
    }

    /** A class of its own, so that it is loaded only if Logback is present. */
    private static final class Appenders
    {
        private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

        private final Logger logger;
        private final long patienceNs;
        private boolean isExpected;

        private Appenders(final Logger logger, final long patienceNs)
        {
            this.logger = logger;
            this.patienceNs = patienceNs;
        }

        private void write(final String line)
        {
            Appender<ILoggingEvent> taker;
            do
            {
                taker = await();
                logger.info(line);
            }
            while (taker != null && taker != first());
        }

        /**
         * Waits for the appender that takes the lines. Returns null if there has been none for a long time, or ever.
         */
        private Appender<ILoggingEvent> await()
        {
            final long beginNs = System.nanoTime();
            Appender<ILoggingEvent> taker = first();
            while (taker == null && isExpected)
            {
                LockSupport.parkNanos(REST_NS);
                taker = first();
                isExpected = System.nanoTime() - beginNs < patienceNs;
            }

            isExpected = taker != null;
            return taker;
        }

        /**
         * Returns the first appender of the logger, or of the parent loggers that get its lines; null when there is
         * none.
         */
        private Appender<ILoggingEvent> first()
        {
            Logger at = logger;
            while (at != null)
            {
                final Iterator<Appender<ILoggingEvent>> all = at.iteratorForAppenders();
                while (all.hasNext())
                {
                    final Appender<ILoggingEvent> appender = all.next();
                    if (appender.isStarted())
                    {
                        return appender;
                    }
                }
                at = at.isAdditive() ? above(at) : null;
            }

            return null;
        }

        private static Logger above(final Logger logger)
        {
            final String name = logger.getName();
            final int dot = name.lastIndexOf('.');

            return org.slf4j.Logger.ROOT_LOGGER_NAME.equals(name) ? null : logger.getLoggerContext().getLogger(dot < 0 ?
                org.slf4j.Logger.ROOT_LOGGER_NAME : name.substring(0, dot));
        }
    }
}
