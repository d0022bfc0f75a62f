/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the scripts pass to java. The scripts are in a release archive whose path contains a blank; a stand-in for java
 * only prints.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest extends LauncherFixture
{
    @Test
    void shouldHaveTheSystemSpeakEnglishAndNamesOfFilesBeMoreThanAscii() throws Exception
    {
        java("printf '%s ' \"messages=$LC_MESSAGES\" \"names=$LC_CTYPE\" \"all=${LC_ALL-none}\"");

        assertEquals("messages=C names=C.UTF-8 all=none ", say(0, Map.of("LC_ALL", "C.UTF-8"), "caracal", "restore",
            "--help"));
        for (final Map<String, String> ascii : List.of(Map.of("LC_CTYPE", "POSIX", "LC_MESSAGES", "C.UTF-8"),
            Map.of("LC_ALL", "C"), Map.of("LANG", "no_SUCH.UTF-8"), Map.of("LANG", "")))
        {
            assertTrue(say(0, ascii, "caracal", "server").endsWith("all=C.UTF-8 "), ascii::toString);
        }
    }

    /** At this signal a server reloads its configuration, unless it was started with the signal ignored. */
    @Test
    void shouldStartAServerThatHearsAHangup() throws Exception
    {
        java("grep SigIgn /proc/self/status");
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\n");

        final String said = say(1, Map.of("ZOO_LOG_DIR", dir.resolve("logs").toString()), "zkServer.sh", "start",
            config.toString());
        assertTrue(said.matches("(?s).*SigIgn:\t[0-9a-f]{15}[02468ace]\n"), said);
    }

    /** As in ZooKeeper: the caller may want to do something after the server has ended. */
    @Test
    void shouldStayBesideTheServerThatItIsNotToBecome() throws Exception
    {
        java("echo $PPID; exit 7");
        final String config = config("").toString();
        final String self = "echo $$; exec \"$0\" start-foreground \"$1\"";
        for (final String noExec : List.of("", "yes"))
        {
            final String[] pids = run(7, Map.of("ZOO_NOEXEC", noExec), dir, "bash", "-c", self,
                home.resolve("bin/zkServer.sh").toString(), config).split("\n", -1);
            assertEquals(!noExec.isEmpty(), pids[0].equals(pids[1]), noExec);
        }
    }

    @Test
    void shouldGiveTheMembersOfAnEnsembleTheirFlagsWhole() throws Exception
    {
        java("printf '%s' \"$CARACAL_MEMBER_JVMFLAGS\"");

        final List<String> flags = say(0, Map.of("SERVER_JVMFLAGS", "-Done=1 -Dtwo=2"), "caracal", "ensemble", "3")
            .lines().toList();
        assertTrue(flags.containsAll(List.of("-Xmx512m", "-Dcaracal.home=" + home, "-Dlogback.configurationFile=" +
            home.resolve("conf/logback.xml"), "@" + home.resolve("conf/server.args"), "-Done=1", "-Dtwo=2",
            "-XX:+UseSerialGC")), flags::toString);
    }

    /**
     * For example an archive that was unpacked in part, or for its owner only. Java would only say that it found no
     * class.
     */
    @Test
    void shouldNameWhatIsMissingOfTheArchive() throws Exception
    {
        java("true");
        for (final String part : List.of("conf/server.args", "conf/java-17.args", "lib/caracal-server.jar"))
        {
            Files.delete(home.resolve(part));
            final String said = say(3, Map.of(), "caracal", "version");
            assertTrue(said.matches(".*/(" + part + "|lib/\\*.jar) is not there, or cannot be read by \\w+: .*\n"),
                said);
            Files.createFile(home.resolve(part));
        }
        say(0, Map.of(), "caracal", "version");
    }

    /** The user who set JAVA_HOME means that one, and would look there for the cause of problems. */
    @Test
    void shouldSayThatAnotherJavaIsTakenThanTheOneThatIsNamed() throws Exception
    {
        java("echo \"$0\"");
        final String path = dir.resolve("jdk/bin") + ":" + System.getenv("PATH");
        final Path old = Files.createDirectories(dir.resolve("old/bin"));
        Files.copy(dir.resolve("jdk/bin/java"), old.resolve("java"));
        Files.writeString(dir.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
        final String taken = ": " + dir.resolve("jdk/bin/java") + " is taken\n" + dir.resolve("jdk/bin/java") + "\n";

        assertEquals("JAVA_HOME=" + old.getParent() + " is of version 11, not 17 or later" + taken,
            say(0, Map.of("JAVA_HOME", old.getParent().toString(), "PATH", path), "caracal", "server"));
        assertEquals("JAVA_HOME=" + dir + " has no program bin/java" + taken, say(0, Map.of("JAVA_HOME", dir.toString(),
            "PATH", path), "caracal", "server"));
    }

    /** For example in a daemon: one of java's own files would get the number, and be taken for what somebody types. */
    @Test
    void shouldOpenTheStreamsThatTheCallerHasClosed() throws Exception
    {
        java("streams=$(for i in 0 1 2; do readlink /proc/$$/fd/$i; done); read -r line; echo \"$streams $?\" > $SAID");
        final Path said = dir.resolve("said");
        run(0, Map.of("SAID", said.toString()), dir, "bash", "-c", "exec \"$0\" shell <&- >&- 2>&-",
            home.resolve("bin/caracal").toString());

        assertEquals("/dev/null\n/dev/null\n/dev/null 1\n", Files.readString(said));
    }

    @Test
    void shouldSayWhereAPortBelongs() throws Exception
    {
        for (final String action : List.of("start", "stop", "status"))
        {
            assertEquals("no configuration file " + home.resolve("conf/2181") + "; name a file, and write the port " +
                "into it: clientPort=2181\n", say(2, Map.of(), "zkServer.sh", action, "2181"));
        }
    }

    /** Its exit code is not to be that of bad data, after which systemd does not start it again. */
    @Test
    void shouldHaveAServerKilledThatHasNoMemoryLeft() throws Exception
    {
        java("printf '%s\\n' \"$@\"");
        assertTrue(
            say(0, Map.of(), "caracal", "server").lines().toList().contains("-XX:OnOutOfMemoryError=kill -9 %p"));
    }

    /** Java's own errors name neither the variable nor its unit. */
    @Test
    void shouldRefuseASizeOfTheHeapThatIsNotANumber() throws Exception
    {
        java("printf '%s ' \"$@\"");
        for (final String size : List.of("1g", "abc", "-1"))
        {
            assertEquals("ZK_SERVER_HEAP=" + size + " is not a number of megabytes; write for example " +
                "ZK_SERVER_HEAP=1000\n", say(2, Map.of("ZK_SERVER_HEAP", size), "caracal", "server"));
            assertTrue(say(2, Map.of("ZK_CLIENT_HEAP", size), "caracal", "shell").startsWith("ZK_CLIENT_HEAP=" +
                size));
        }
        assertTrue(say(0, Map.of("ZK_SERVER_HEAP", ""), "caracal", "server").contains("-Xmx1000m "));
    }

    /** Java would fail somewhere in its own code, each time elsewhere. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        -n 100  | this process may open 100 files, too few for a server;
        -f 1000 | this process may write files of 1000 KB, and each file of the log has 131072: raise
        """)
    void shouldRefuseToStartAServerThatCannotOpenOrWriteItsFiles(final String limit, final String expected)
        throws Exception
    {
        java("true");
        final String script = "ulimit " + limit + " && exec \"$0\" \"$@\"";
        for (final String[] words : new String[][]{ { "caracal", "server" }, { "caracal", "ensemble", "3" } })
        {
            final String said = run(3, Map.of(), dir,
                words(List.of("bash", "-c", script, home.resolve("bin").resolve(words[0]).toString()),
                    Arrays.copyOfRange(words, 1, words.length)));
            assertTrue(said.startsWith(expected), said);
        }
    }

    @Test
    void shouldHonourTheVariableThatForbidsNewDirectories() throws Exception
    {
        java("printf '%s ' \"$@\"");
        final String flag = " -Dzookeeper.datadir.autocreate=false ";

        assertTrue(say(0, Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), "caracal", "server").contains(flag));
        assertFalse(say(0, Map.of(), "caracal", "server").contains(flag));
    }

    /** For example {@code /etc/zookeeper}: for ZooKeeper, this directory also says how to start and how to log. */
    @Test
    void shouldFindAllFilesOfADirectoryOfConfigurations() throws Exception
    {
        java("printf '%s ' \"$@\" \"$CARACAL_MEMBER_JVMFLAGS\"");
        final Path directory = Files.createDirectories(dir.resolve("etc/zoo keeper"));
        Files.writeString(directory.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") + "\n");
        Files.writeString(directory.resolve("zookeeper-env.sh"), "ZK_SERVER_HEAP=77\n");
        Files.writeString(directory.resolve("java.env"), "SERVER_JVMFLAGS=-XX:+UseGCOverheadLimit\n");
        final Path logging = Files.writeString(directory.resolve("logback.xml"), "<configuration/>");

        final String told = say(0, Map.of(), "zkServer.sh", "--config", directory.toString(), "start-foreground");
        assertTrue(told.contains(" -Xmx77m "), told);
        assertTrue(told.contains(" -XX:+UseGCOverheadLimit -XX:+UseSerialGC "), told);
        assertTrue(told.contains(" -Dlogback.configurationFile=" + logging + " "), told);
        assertFalse(told.contains("-Dzookeeper.log."), told);
        // A logging configuration that was written for ZooKeeper, whose script says where files go.
        Files.writeString(logging, "<configuration><property name='to' value='${zookeeper.log.dir}'/></configuration>");
        final String places = say(0, Map.of("ZOO_LOG_DIR", "/var/log/zk", "ZOO_LOG_FILE", "zk.log"), "zkServer.sh",
            "--config", directory.toString(), "start-foreground");
        assertTrue(places.contains(" -Dzookeeper.log.dir=/var/log/zk -Dzookeeper.log.file=zk.log "), places);
        final String members = say(0, Map.of("ZOOCFGDIR", directory.toString()), "caracal", "ensemble", "3");
        assertTrue(members.contains("-Dlogback.configurationFile=" + home.resolve("conf/logback.xml")), members);
    }

    @Test
    void shouldOpenThePortOfJmxThatIsAskedFor() throws Exception
    {
        java("printf '%s ' \"$@\" \"$CARACAL_MEMBER_JVMFLAGS\" \"disabled=$JMXDISABLE\"");
        final Map<String, String> asked = Map.of("JMXPORT", "9999", "JMXHOSTNAME", "h", "JMXAUTH", "true");
        final String flag = "-Dcom.sun.management.jmxremote.";

        final String told = say(0, asked, "caracal", "server");
        assertTrue(told.contains(" " + flag + "port=9999 " + flag + "ssl=false " + flag +
            "authenticate=true -Djava.rmi.server.hostname=h "), told);
        assertFalse(say(0, asked, "caracal", "ensemble", "3").contains(flag));
        final String bench = say(0, asked, "caracal", "bench");
        assertTrue(bench.contains(" disabled=true"), bench);
        assertFalse(say(0, Map.of("JMXPORT", "9999", "JMXDISABLE", "true"), "caracal", "server").contains(flag));
    }

    /** The command always creates the directories of the members, so with the flag none would start. */
    @Test
    void shouldNotForbidTheMembersOfAnEnsembleNewDirectories() throws Exception
    {
        java("printf '%s' \"$CARACAL_MEMBER_JVMFLAGS\"");

        final List<String> flags = say(0, Map.of("ZOO_DATADIR_AUTOCREATE_DISABLE", "1"), "caracal", "ensemble", "3")
            .lines().toList();
        assertTrue(flags.contains("-Xmx512m"), flags::toString);
        assertFalse(flags.contains("-Dzookeeper.datadir.autocreate=false"), flags::toString);
    }

    @Test
    void shouldExplainItself() throws Exception
    {
        java("exit 9");
        for (final String option : List.of("-h", "--help"))
        {
            assertTrue(say(0, Map.of(), "zkServer.sh", option).startsWith("Usage: "));
            assertTrue(say(0, Map.of(), "caracal", "test", option).startsWith("usage: caracal test "));
            assertTrue(say(0, Map.of(), "caracal", "prepare", option).startsWith("usage: caracal prepare "));
        }
    }

    @Test
    void shouldRemoveNothingAfterWordsThatMeanNothing() throws Exception
    {
        java("printf '%s ' \"$@\"");

        for (final String further : List.of("--dry-run", "/third"))
        {
            final String refused = say(2, Map.of(), "zkCleanup.sh", "/log", "/data", "-n", "3", further);
            assertTrue(refused.startsWith("usage: "), refused);
        }
        final String taken = say(0, Map.of(), "zkCleanup.sh", "/log", "/data", "-n", "3");
        assertTrue(taken.endsWith("CleanupCommand /log /data 3 "), taken);
    }

    /**
     * CDPATH makes cd look for "bin/.." elsewhere and print where it went. Options such as -u make a script end at an
     * unset variable.
     */
    @Test
    void shouldNotMindTheSettingsOfTheCallersShell() throws Exception
    {
        java("printf '%s ' \"$@\"");
        final Path elsewhere = Files.createDirectories(dir.resolve("elsewhere"));
        Files.createDirectory(elsewhere.resolve("bin"));

        final String told = run(0, Map.of("CDPATH", elsewhere.toString()), home, "bin/caracal", "server");
        assertTrue(told.startsWith("@" + home.resolve("conf/java-17.args") + " "), told);
        for (final String options : List.of("-eu", "-fC", "-euo pipefail"))
        {
            final List<String> bash = Stream.concat(Stream.of("bash"), Stream.of(options.split(" "))).toList();
            final String server = run(0, Map.of(), home, words(bash, "bin/caracal", "server"));
            assertTrue(server.contains(" io.caracal.server.main.ServerMain "), server);
            final String status = run(1, Map.of(), home, words(bash, "bin/zkServer.sh", "status", config("clientPort=1")
                .toString()));
            assertTrue(status.contains("Error contacting service"), status);
        }
    }

    /** A missing script could not stop them either, and what they would write then has no directory. */
    @Test
    void shouldEndAtOnceWhereTheOtherScriptsAreNot() throws Exception
    {
        java("true");
        final Path alone = Files.createDirectory(dir.resolve("alone"));
        for (final String script : List.of("caracal", "zkServer.sh", "zkServer-initialize.sh", "zkCleanup.sh"))
        {
            final Path copy = Files.copy(home.resolve("bin").resolve(script), alone.resolve(script));
            final String said = run(3, Map.of(), dir, copy.toString(), "start", "-n", "3");
            assertEquals(1, said.lines().count(), said);
            assertTrue(said.contains("/zkEnv.sh: No such file"), said);
        }
    }

    @Test
    void shouldTakeTheFileOfTheProcessIdFromTheDirectoryItIsIn() throws Exception
    {
        start(Map.of("ZOOPIDFILE", "server.pid"), config(""), dir.resolve("server.pid"));
    }

    /** In the syntax of Java properties, which a server reads. */
    @Test
    void shouldUnderstandASignBehindABackslash() throws Exception
    {
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir + "/a\\ b\n");
        start(Map.of(), config, dir.resolve("a b/zookeeper_server.pid"));
    }

    /** For example a server that reads a long log. */
    @Test
    void shouldStopAServerThatDoesNotServeYet() throws Exception
    {
        // Whatever happens to this test, the process ends when its file is removed.
        java("while [ -e \"$0\" ]; do sleep 0.1; done");
        final Map<String, String> logs = Map.of("ZOO_LOG_DIR", dir.resolve("logs").toString());
        final String config = config("").toString();
        final Path pidFile = dir.resolve("data/zookeeper_server.pid");
        final Process start = begin(logs, dir, home.resolve("bin/zkServer.sh").toString(), "start", config);
        try
        {
            String said;
            do
            {
                assertTrue(start.isAlive());
                said = say(0, logs, "zkServer.sh", "stop", config);
            }
            while (!said.endsWith(" STOPPED\n"));
            assertEquals(1, start.waitFor());
            assertFalse(Files.exists(pidFile));
        }
        finally
        {
            start.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** A server that could not start leaves nothing behind that looks like a running one. */
    @Test
    void shouldLeaveNoFileOfTheProcessIdWhereNoServerStarts() throws Exception
    {
        java("exit 3");
        final Path config = config("");
        say(1, Map.of("ZOO_LOG_DIR", dir.resolve("logs").toString()), "zkServer.sh", "start", config.toString());
        assertFalse(Files.exists(dir.resolve("data/zookeeper_server.pid")));
    }

    /**
     * A first build downloads for minutes. Maven gives such lines the same mark as all others when nobody can answer
     * it.
     */
    @Test
    void shouldGiveASignOfLifeWhileABuildDownloads() throws Exception
    {
        final String lines = "[INFO] Downloaded from central: https://x/y.pom (9 kB at 3 kB/s)\n".repeat(30) +
            "[INFO] Building Caracal :: Engine 0.1.0                [2/6]\n[INFO] compiles\n";
        assertEquals("  downloaded 25 files\n  Caracal :: Engine 0.1.0 [2/6]\n", run(0, Map.of("LINES_OF_MAVEN", lines),
            dir, "bash", "-c", ". \"$0\"; printf %s \"$LINES_OF_MAVEN\" | caracal_progress",
            home.resolve("bin/zkEnv.sh")
                .toString()));
    }

    private void start(final Map<String, String> environment, final Path config, final Path pidFile) throws Exception
    {
        java("echo $$ > \"$ZOOPIDFILE\"; echo serving clients on x; exec sleep 60");
        final Map<String, String> all = new TreeMap<>(environment);
        all.put("ZOO_LOG_DIR", dir.resolve("logs").toString());

        final String said = say(0, all, "zkServer.sh", "start", config.toString());
        assertTrue(said.endsWith("Starting zookeeper ... STARTED\n"), said);
        assertTrue(ProcessHandle.of(Long.parseLong(Files.readString(pidFile).trim())).orElseThrow().destroy());
    }

    /** Java would take the parts before and after the colon for two paths. */
    @Test
    void shouldSayThatAPathMayHoldNoColon() throws Exception
    {
        java("true");
        final Path moved = Files.move(home, dir.resolve("twelve:thirty"));
        final String said = run(3, Map.of(), dir, moved.resolve("bin/caracal").toString(), "version");
        assertEquals(moved + ": java takes no path with a colon in it; move all of it to another one\n", said);
    }
}
