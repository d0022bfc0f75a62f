/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AuditFlushTest
{
    private static final String NAME = "audit.flush.test";

    @TempDir
    private Path dir;
    private final Logger logger = (Logger)LoggerFactory.getLogger(NAME);
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    @BeforeEach
    void configure()
    {
        final LoggerContext context = (LoggerContext)LoggerFactory.getILoggerFactory();
        final PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setFile(dir.resolve("audit.log").toString());
        appender.setEncoder(encoder);
        appender.setImmediateFlush(false);
        appender.start();
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    @AfterEach
    void detach()
    {
        logger.detachAppender(appender);
        appender.stop();
    }

    private String written() throws IOException
    {
        return Files.readString(dir.resolve("audit.log"));
    }

    @Test
    void shouldWriteABatchOfLinesAtOnceAndKeepNoneBack() throws IOException
    {
        logger.info("one");
        logger.info("two");
        assertEquals("", written());

        final AuditFlush flush = new AuditFlush(NAME);
        flush.run();
        assertEquals("one\ntwo\n", written());
        flush.run();
        assertEquals("one\ntwo\n", written());
    }

    /** As Logback treats a file that cannot be written: the thread that answers clients does not end because of it. */
    @Test
    void shouldTellLogbackOfAStreamThatFails()
    {
        appender.setOutputStream(new OutputStream()
        {
            @Override
            public void write(final int ignored)
            {
                // discarded
            }

            @Override
            public void flush() throws IOException
            {
                throw new IOException("the cable was pulled");
            }
        });

        new AuditFlush(NAME).run();

        assertTrue(appender.getStatusManager().getCopyOfStatusList().stream().anyMatch(status -> status.getMessage()
            .equals("lines of the audit log were not written")));
        appender.setOutputStream(OutputStream.nullOutputStream());
    }

    @Test
    void shouldLetALoggerWithoutAppendersBe() throws IOException
    {
        logger.detachAppender(appender);
        new AuditFlush(NAME).run();
        new AuditFlush("audit.flush.test.other").run();
        assertEquals("", written());
    }
}
