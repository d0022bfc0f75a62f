/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoggingFilesTest
{
    @TempDir
    private Path dir;
    private Path config;
    private String shipped;

    @BeforeEach
    void shipOne() throws IOException
    {
        config = Files.writeString(dir.resolve("zoo.cfg"),
            "clientPort=0\nclientPortAddress=127.0.0.1\nadmin.enableServer=" +
                "false\ndataDir=" + dir.resolve("data") + "\n");
        shipped = Files.createFile(Files.createDirectory(dir.resolve("shipped")).resolve("logback.xml")).toString();
    }

    @Test
    void shouldSayThatFilesOfLog4jDoNotCount() throws IOException
    {
        assertEquals(List.of(), LoggingFiles.advice(config, shipped));
        for (final String name : List.of("log4j.properties", "log4j2.xml"))
        {
            final Path file = Files.createFile(dir.resolve(name));
            final List<String> advice = LoggingFiles.advice(config, shipped);
            assertEquals(1, advice.size(), advice::toString);
            assertTrue(advice.get(0).startsWith(file + " is not read: logging is set in " + shipped), advice.get(0));
            Files.delete(file);
        }
    }

    /** Other logging files beside it are taken for leftovers. */
    @Test
    void shouldSayNothingBesideALogbackFileThatCounts() throws IOException
    {
        Files.createFile(dir.resolve("log4j.properties"));
        final Path logback = Files.createFile(dir.resolve("logback.xml"));

        assertEquals(List.of(), LoggingFiles.advice(config, dir.resolve("shipped/../logback.xml").toString()));
        final List<String> advice = LoggingFiles.advice(config, shipped);
        assertEquals(1, advice.size(), advice::toString);
        assertTrue(advice.get(0).startsWith(logback + " is not read, " + shipped +
            " is: to have it read, set ZOOCFGDIR=" +
            dir), advice.get(0));
    }

    @Test
    void shouldLeaveLoggingToAProgramThatHasItsOwn() throws IOException
    {
        Files.createFile(dir.resolve("log4j.properties"));

        assertEquals(List.of(), LoggingFiles.advice(config, null));
        assertEquals(List.of(), LoggingFiles.advice(null, shipped));
    }

    @Test
    void shouldSaySoAtTheStart() throws Exception
    {
        Files.createFile(dir.resolve("log4j.properties"));
        final List<String> logs = ServerProcess.logsToErrors(dir);
        try (ServerProcess server = new ServerProcess(dir, logs, config.toString()))
        {
            server.awaitServing();
            server.awaitErrors("/log4j.properties is not read: ");
            assertEquals(1, server.errors().lines().filter(line -> line.contains("/log4j.properties is not read: "))
                .count(),
                server::errors);
        }
    }
}
