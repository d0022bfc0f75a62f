/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class StderrLoggerTest
{
    private final List<String> lines = new ArrayList<>();
    private final Level before = LogLevel.level();

    @BeforeEach
    void catchLines()
    {
        LogLevel.sink(lines::add);
    }

    @AfterEach
    void restore()
    {
        LogLevel.set(before);
        LogLevel.sink(System.err::println);
    }

    @Test
    void shouldShowWarningsOnly()
    {
        LogLevel.set(Level.WARN);
        final StderrLogger logger = new StderrLogger("a.b.Place");
        logger.info("not {}", "this");
        logger.warn("but {}", "this");
        logger.error("and this");

        assertEquals(List.of("WARN Place: but this", "ERROR Place: and this"), lines);
    }

    @Test
    void shouldNotRepeatEachLostConnection()
    {
        LogLevel.set(Level.WARN);
        new StderrLogger("org.apache.zookeeper.ClientCnxn").warn("lost");
        assertEquals(List.of(), lines);

        LogLevel.set(Level.INFO);
        new StderrLogger("org.apache.zookeeper.ClientCnxn").warn("lost");
        assertEquals(List.of("WARN ClientCnxn: lost"), lines);
    }

    @Test
    void shouldNameTheCauseAndKeepItsStackForDebugging()
    {
        LogLevel.set(Level.WARN);
        new StderrLogger("Place").warn("failed", new IllegalStateException("why"));
        assertEquals(List.of("WARN Place: failed (java.lang.IllegalStateException: why)"), lines);

        lines.clear();
        LogLevel.set(Level.DEBUG);
        new StderrLogger("Place").warn("failed", new IllegalStateException("why"));
        assertEquals(true, lines.get(0).contains("    at " + StderrLoggerTest.class.getName()));
    }
}
