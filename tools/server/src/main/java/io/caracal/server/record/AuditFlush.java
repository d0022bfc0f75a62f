/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/**
 * Has the appenders of the audit log write out what they hold back, if they are Logback's and set not to flush each
 * line ({@code immediateFlush=false}). Then a batch of lines is one write, and no line has to wait for the next batch.
 * Appenders of loggers above it are left alone. Called by the scribe, which writes the lines as well.
 */
final class AuditFlush implements Runnable
{
    private static final String LOGBACK = "ch.qos.logback.classic.Logger";

    private final String name;

    /**
     * For a logger.
     *
     * @param name of it; asked for at each call, since the configuration may be read again.
     */
    AuditFlush(final String name)
    {
        this.name = name;
    }

    @Override
    public void run()
    {
        final org.slf4j.Logger logger = LoggerFactory.getLogger(name);
        if (LOGBACK.equals(logger.getClass().getName()))
        {
            Appenders.flush(logger);
        }
    }

    /** A class of its own, so that it is loaded only where there is Logback. */
    private static final class Appenders
    {
        private Appenders()
        {
        }

        private static void flush(final org.slf4j.Logger logger)
        {
            final Iterator<Appender<ILoggingEvent>> appenders = ((Logger)logger).iteratorForAppenders();
            while (appenders.hasNext())
            {
                if (appenders.next() instanceof OutputStreamAppender<?> file && !file.isImmediateFlush())
                {
                    flush(file);
                }
            }
        }

        /** Flushes one appender. A failure is reported to Logback, as if Logback had flushed by itself. */
        private static void flush(final OutputStreamAppender<?> appender)
        {
            final OutputStream out = appender.getOutputStream();
            try
            {
                if (out != null)
                {
                    out.flush();
                }
            }
            catch (final IOException ex)
            {
                appender.addError("lines of the audit log were not written", ex);
            }
        }
    }
}
