/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.caracal.server.EnsembleContext;
import io.caracal.server.ServerEnsemble;
import io.caracal.server.ServerProcess;
import io.caracal.transport.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogMarkTest
{
    private static final List<String> OF_ONE_SERVER = List.of("io.caracal.server.Server", "io.caracal.server.Scribe",
        "io.caracal.server.launch", "io.caracal.session");

    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path dir;

    /** Patterns that people bring from ZooKeeper show it. Several servers in one process could not be told apart. */
    @Test
    void shouldBeOnEveryLineOfAMember() throws Exception
    {
        final AppenderBase<ILoggingEvent> appender = new AppenderBase<>()
        {
            @Override
            protected void append(final ILoggingEvent event)
            {
                event.prepareForDeferredProcessing();
                lines.add(event);
            }
        };
        final Logger logger = (Logger)LoggerFactory.getLogger("io.caracal");
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        try (ServerEnsemble ensemble = ServerEnsemble.launch(3,
            new EnsembleContext().directory(dir).set("admin.serverPort", "0").set("snapCuont", "1")))
        {
            ensemble.stop(ensemble.leader());
        }
        finally
        {
            logger.detachAppender(appender);
            logger.setAdditive(true);
            logger.setLevel(null);
        }

        final Set<String> marks = new TreeSet<>();
        for (final ILoggingEvent line : lines)
        {
            if (OF_ONE_SERVER.stream().anyMatch(line.getLoggerName()::startsWith))
            {
                final String mark = line.getMDCPropertyMap().get(LogMark.KEY);
                assertTrue(mark != null, () -> line.getLoggerName() + ": " + line.getFormattedMessage());
                marks.add(mark);
            }
        }
        assertEquals(Set.of("1", "2", "3"), marks);
        assertTrue(lines.stream().anyMatch(line -> line.getFormattedMessage().contains("snapCuont")), "found early");
        assertNull(LogMark.current(), "the thread that launches");
    }

    /** A program sets up logging beside the start: lines of that time would have none. */
    @Test
    void shouldBeOnEveryLineOfAProcess() throws Exception
    {
        final Path data = Files.createDirectory(dir.resolve("data"));
        Files.writeString(data.resolve("myid"), "2\n");
        final Path logging = Files.writeString(dir.resolve("marks.xml"), """
            <configuration>
              <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <encoder><pattern>%X{myid}|%thread|%msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="err"/></root>
            </configuration>
            """);
        final int first = FreePorts.find();
        final int second = FreePorts.find();
        try (ServerProcess server = new ServerProcess(dir, List.of("-Dlogback.configurationFile=" + logging),
            "dataDir=" +
                data,
            "clientPort=0", "admin.serverPort=0", "snapCuont=1", "server.1=127.0.0.1:" + first + ":" + first,
            "server.2=127.0.0.1:" + second + ":" + second))
        {
            server.awaitErrors("own history is loaded");
            // A signal before the end of the launch would end the process at once. This file is written after it.
            server.await("the file of the process id", () -> Files.exists(data.resolve("zookeeper_server.pid")));
            server.signal("TERM");
            assertEquals(0, server.awaitExit(), server::errors);
            assertTrue(server.errors().lines().allMatch(line -> line.startsWith("2|")), server::errors);
            assertTrue(server.errors().contains("snapCuont") && server.errors().contains("closed in good order"),
                server::errors);
        }
    }

    @Test
    void shouldGoWithATaskAndLeaveTheThreadAsItWas() throws Exception
    {
        final Queue<Map<String, String>> seen = new ConcurrentLinkedQueue<>();
        final Runnable look = () -> seen.add(Map.copyOf(MDC.getCopyOfContextMap()));
        LogMark.during("7", () ->
        {
            final Runnable carried = LogMark.carried(look);
            LogMark.during("8", carried);
            look.run();
            assertEquals("7", LogMark.current());
        });

        assertEquals(List.of(Map.of(LogMark.KEY, "7"), Map.of(LogMark.KEY, "7")), List.copyOf(seen));
        assertNull(LogMark.current());
    }
}
