/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.slf4j.LoggerFactory;

/** Collects what one logger writes instead of printing it. */
public final class KeptLog implements AutoCloseable
{
    private final Logger logger;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    /**
     * Starts to collect lines.
     *
     * @param name of the logger.
     */
    public KeptLog(final String name)
    {
        logger = (Logger)LoggerFactory.getLogger(name);
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    /** Whether a line contains a text. Called by any thread. */
    public boolean has(final String text)
    {
        synchronized (lines)
        {
            return lines.list.stream().anyMatch(line -> line.getFormattedMessage().contains(text));
        }
    }

    /**
     * Returns all lines.
     *
     * @return one line per message, without time and level.
     */
    public String text()
    {
        synchronized (lines)
        {
            return String.join("\n", lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        }
    }

    @Override
    public void close()
    {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }
}
