/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JdkLoggingTest
{
    private static final String LIBRARY = "a.library";

    private final List<String> lines = new ArrayList<>();
    private final Level before = LogLevel.level();

    @BeforeEach
    void catchLines()
    {
        LogLevel.set(Level.WARN);
        LogLevel.sink(lines::add);
        JdkLogging.redirect(LIBRARY);
    }

    @AfterEach
    void restore()
    {
        LogLevel.set(before);
        LogLevel.sink(System.err::println);
    }

    /** The library reports an unknown type of terminal with its stack, at each start of the shell. */
    @Test
    void shouldShowALineInsteadOfAStack()
    {
        final Logger logger = Logger.getLogger(LIBRARY);
        logger.log(java.util.logging.Level.WARNING, "nothing known of {0}", "xterm-new");
        logger.log(java.util.logging.Level.SEVERE, "failed", new IOException("why"));
        logger.info("not this");

        assertEquals(List.of("WARN library: nothing known of xterm-new", "ERROR library: failed (" +
            "java.io.IOException: why)"), lines);
    }

    @Test
    void shouldShowNoLineTwice()
    {
        JdkLogging.redirect(LIBRARY);
        Logger.getLogger(LIBRARY + ".part").warning("once");

        assertEquals(List.of("WARN library: once"), lines);
    }
}
