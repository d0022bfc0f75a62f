/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.caracal.server.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditLinesTest
{
    private static final String NAME = "audit.lines.test";
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final Logger logger = (Logger)LoggerFactory.getLogger(NAME);
    private final Kept first = new Kept();
    private final Kept second = new Kept();

    /** Collects lines. With a successor, it is replaced by that one while it holds its first line. */
    private final class Kept extends AppenderBase<ILoggingEvent>
    {
        private final List<String> lines = new ArrayList<>();
        private Kept successor;

        private Kept()
        {
            start();
        }

        @Override
        protected void append(final ILoggingEvent event)
        {
            if (successor == null)
            {
                lines.add(event.getFormattedMessage());
                return;
            }

            logger.detachAppender(this);
            stop();
            logger.addAppender(successor);
        }
    }

    @BeforeEach
    void configure()
    {
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        logger.addAppender(first);
    }

    @AfterEach
    void detach()
    {
        logger.detachAndStopAllAppenders();
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void shouldKeepALineUntilTheConfigurationHasBeenReadAgain() throws InterruptedException
    {
        final AuditLines lines = new AuditLines(NAME, TimeUnit.HOURS.toNanos(1));
        lines.accept("one");
        logger.detachAndStopAllAppenders();
        final Thread scribe = new Thread(() -> lines.accept("two"));
        scribe.start();
        final long beginNs = System.nanoTime();
        while (scribe.getState() != Thread.State.TIMED_WAITING)
        {
            assertTrue(System.nanoTime() - beginNs < LIMIT_NS,
                () -> "waited for a line that waits for an appender, not " +
                    scribe.getState());
            Poll.rest();
        }
        logger.addAppender(second);
        scribe.join();

        assertEquals(List.of("one"), first.lines);
        assertEquals(List.of("two"), second.lines);
    }

    @Test
    void shouldHandALineOverAgainWhoseAppenderWasTakenAway()
    {
        final AuditLines lines = new AuditLines(NAME);
        first.successor = second;
        lines.accept("one");
        lines.accept("two");
        assertEquals(List.of(), first.lines);
        assertEquals(List.of("one", "two"), second.lines);
    }

    @Test
    void shouldNotWaitWhereThereNeverWasAnAppenderNorForOneForever()
    {
        final AuditLines lines = new AuditLines(NAME, 1);
        lines.accept("one");
        logger.detachAppender(first);
        lines.accept("two");
        lines.accept("three");
        assertEquals(List.of("one"), first.lines);

        new AuditLines(NAME, TimeUnit.HOURS.toNanos(1)).accept("four");
        logger.setLevel(Level.OFF);
        lines.accept("five");
        assertFalse(logger.iteratorForAppenders().hasNext());
    }

    @Test
    void shouldFindAppendersOfLoggersAbove()
    {
        final Logger above = (Logger)LoggerFactory.getLogger("audit.lines");
        logger.detachAppender(first);
        logger.setAdditive(true);
        above.setAdditive(false);
        above.addAppender(second);
        try
        {
            final AuditLines lines = new AuditLines(NAME, TimeUnit.HOURS.toNanos(1));
            lines.accept("one");
            lines.accept("two");
            assertEquals(List.of("one", "two"), second.lines);
        }
        finally
        {
            above.detachAppender(second);
            above.setAdditive(true);
        }
    }
}
