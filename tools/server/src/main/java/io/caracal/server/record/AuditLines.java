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
 * Hands lines of the audit log to its logger, so that none is lost while Logback reads its configuration again. It
 * first takes all appenders away and then makes new ones, and what is logged in between goes nowhere. So a line that
 * comes then waits for the new appender, and one whose appender was taken away meanwhile is handed over once more: it
 * may be there twice, but is there. Called by the scribe.
 */
final class AuditLines implements Consumer<String>
{
    private static final String LOGBACK = "ch.qos.logback.classic.Logger";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private final org.slf4j.Logger logger;
    private final Appenders appenders;

    /**
     * For a logger.
     *
     * @param name of it.
     */
    AuditLines(final String name)
    {
        this(name, PATIENCE_NS);
    }

    /**
     * For a logger.
     *
     * @param name       of it.
     * @param patienceNs after that long without appenders the configuration is taken to want none.
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

    /** A class of its own, so that it is loaded only where there is Logback. */
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

        /** The appender that takes lines now; null where none has been for long, or ever. */
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

        /** The first appender of the logger or of those above it that gets its lines; null when there is none. */
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
