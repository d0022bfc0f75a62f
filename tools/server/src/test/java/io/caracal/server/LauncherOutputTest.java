/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the scripts print, and what they leave undone when they cannot print. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherOutputTest extends LauncherFixture
{
    /** A request for help removes and creates nothing, even if the help cannot be written, and it ends. */
    @Test
    void shouldDoNothingElseWhereItCannotExplainItself() throws Exception
    {
        java("exit 9");
        for (final String command : List.of("zkCleanup.sh /log /data -n 3", "zkServer-initialize.sh",
            "caracal prepare"))
        {
            final String said = run(1, Map.of(), home, "bash", "-c", "timeout 20 bin/" + command +
                " --help >/dev/full");
            assertTrue(said.contains("write error") && !said.contains("usage: "), said);
            assertEquals(1, said.lines().count(), said);
        }
    }

    /** A logback.xml may use ZOO_LOG_FILE for its own file, and the next start must not empty that. */
    @Test
    void shouldKeepTheLogThatIsNamedApartFromTheOutput() throws Exception
    {
        java("exit 9");
        final Path logs = Files.createDirectory(dir.resolve("logs"));
        final Path log = Files.writeString(logs.resolve("zk.log"), "of the last run\n");

        say(1, Map.of("ZOO_LOG_DIR", logs.toString(), "ZOO_LOG_FILE", "zk.log"), "zkServer.sh", "start", config("")
            .toString());
        assertEquals("of the last run\n", Files.readString(log));
    }

    /** For example when the JMX port is taken: then a long stack trace follows, which tells an operator nothing. */
    @Test
    void shouldShowWhyJavaFailed() throws Exception
    {
        java("printf '%s\\n' 'Error: Port already in use: 9999' '\tat java.Place(Place.java:7)' '\t... 11 more' >&2" +
            "; seq 3 >&2; printf '\\tat java.Place%s\\n' 1 2 3 4 5 >&2; exit 1");

        final String said = say(1, Map.of("ZOO_LOG_DIR", dir.resolve("logs").toString()), "zkServer.sh", "start",
            config("").toString());
        assertTrue(said.endsWith("FAILED TO START\nError: Port already in use: 9999\n1\n2\n3\n"), said);
    }
}
