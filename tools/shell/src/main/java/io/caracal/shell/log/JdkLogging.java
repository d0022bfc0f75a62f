/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.log;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Shows what a library logs through the logging of the JDK like that of all others: a line per message. */
public final class JdkLogging
{
    /** Held because the JDK forgets the settings of a logger that nobody holds. */
    private static Logger redirected;

    private JdkLogging()
    {
    }

    /**
     * Takes over the messages of a library.
     *
     * @param name of its logger.
     */
    public static void redirect(final String name)
    {
        redirected = Logger.getLogger(name);
        redirected.setUseParentHandlers(false);
        for (final Handler earlier : redirected.getHandlers())
        {
            redirected.removeHandler(earlier);
        }
        redirected.addHandler(new Lines(new StderrLogger(name)));
    }

    /** Hands each message on. */
    private static final class Lines extends Handler
    {
        private final SimpleFormatter formatter = new SimpleFormatter();
        private final StderrLogger target;

        Lines(final StderrLogger target)
        {
            this.target = target;
        }

        @Override
        public void publish(final LogRecord message)
        {
            final String text = formatter.formatMessage(message);
            if (message.getLevel().intValue() >= Level.SEVERE.intValue())
            {
                target.error(text, message.getThrown());
            }
            else if (message.getLevel().intValue() >= Level.WARNING.intValue())
            {
                target.warn(text, message.getThrown());
            }
            else
            {
                target.info(text, message.getThrown());
            }
        }

        @Override
        public void flush()
        {
            // Each line is written at once.
        }

        @Override
        public void close()
        {
            // The target stays.
        }
    }
}
