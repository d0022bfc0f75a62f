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
 * Flushes the appenders of the audit log, if they are Logback's and configured not to flush each line
 * ({@code immediateFlush=false}). A batch of lines is then one write, and no line has to wait for the next batch.
 * Appenders of parent loggers are left alone. Called by the scribe, which also writes the lines.
 */
final class AuditFlush implements Runnable
{
    private static final String LOGBACK = "ch.qos.logback.classic.Logger";

    private final String name;

    /**
     * Creates a flush for a logger.
     *
     * @param name of the logger. It is looked up at each call, because the configuration may be reloaded.
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

    /** A class of its own, so that it is loaded only if Logback is present. */
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

        /** Flushes one appender. A failure is reported to Logback, as if Logback itself had flushed. */
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
