/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsemblePlan;
import io.caracal.server.OfficialClient;
import io.caracal.server.launch.DataDirectory;
import io.caracal.server.metrics.RuntimeDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EnsembleCommandTest
{
    private static final long LIMIT_S = 60;
    private static final String MEMBER_FLAGS = """
        -Xmx128m
        -XX:TieredStopAtLevel=1
        -Dcaracal.home=/a place/with blanks
        """;
    private static final Pattern MEMBER = Pattern.compile(
        "server (\\d): (participant|observer), clients 127\\.0\\.0\\.1:\\d+, peers \\d+/udp \\d+/tcp, " +
            "process (\\d+), .*");

    @TempDir
    private Path dir;

    @Test
    void shouldShowWhoLeadsThroughTheDeathOfALeaderAndEndAllWhenAsked() throws Exception
    {
        try (Command command = new Command("3", "--observers", "1", "--dir", dir.resolve("data").toString(),
            "--base-port", "0"))
        {
            final String connect = command.await(line -> line.startsWith("connect: "));
            assertEquals(4, connect.split(",", -1).length, connect);
            assertEquals(List.of("participant", "participant", "participant", "observer"), command.members().stream()
                .map(member -> member.group(2)).toList());

            final long first = leader(command.lastLine(line -> line.endsWith(" leads")));
            final ProcessHandle leader = command.process(first);
            leader.destroyForcibly();
            command.await(("server " + first + " ended with exit code 137")::equals);
            command.awaitOtherLeader(first);
            // One address is that of the dead server. A request that is made before there is a connection may be lost.
            final ZooKeeper client = OfficialClient.connect(connect.substring(9));
            assertTrue(client.getChildren("/zookeeper", false).contains("config"));
            client.close();

            // A terminal sends INT to all processes, a supervisor sends TERM to all, and the command sends TERM to its
            // servers. The command gets no INT here: a shell starts background processes, and so this test and the
            // command, with INT ignored.
            final long[] living = command.members().stream().mapToLong(member -> Long.parseLong(member.group(3)))
                .filter(pid -> pid != leader.pid()).toArray();
            Command.signal("INT", living);
            Command.signal("TERM", LongStream.concat(LongStream.of(living), LongStream.of(command.process.pid()))
                .toArray());
            assertEquals(0, command.awaitExit(), command::errors);
            for (final Matcher member : command.members())
            {
                assertFalse(ProcessHandle.of(Long.parseLong(member.group(3))).isPresent(), member.group());
                final long serverId = Long.parseLong(member.group(1));
                assertEquals(serverId == first,
                    Files.exists(RuntimeDirectory.of(dir.resolve("data").resolve(Long.toString(serverId)))),
                    "server " + serverId + " ended in good order");
            }
            IoUtil.delete(RuntimeDirectory.of(dir.resolve("data").resolve(Long.toString(first))).toFile(), false);
        }
    }

    @Test
    void shouldSayWhereToLookWhenAPortIsTaken() throws Exception
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 }));
            Command command = new Command("1", "--dir", dir.resolve("data").toString(), "--base-port",
                Integer.toString(Math.min(taken.getLocalPort(), EnsemblePlan.basePortMax()))))
        {
            // A port near the end of the range cannot be the first port; then there is nothing to test.
            if (taken.getLocalPort() <= EnsemblePlan.basePortMax())
            {
                assertEquals(1, command.awaitExit());
                assertTrue(command.errors().contains("server 1 ended with exit code 1; see " + dir.resolve("data")
                    .resolve("1").resolve(MemberProcess.LOG)), command::errors);
                assertTrue(Pattern.compile("^  it ends with: .*" + taken.getLocalPort(), Pattern.MULTILINE)
                    .matcher(command.errors()).find(), command::errors);
                assertTrue(Files.readString(dir.resolve("data").resolve("1").resolve(MemberProcess.LOG))
                    .contains(Integer.toString(taken.getLocalPort())));
            }
        }
    }

    @Test
    void shouldRefuseAnEnsembleOfNobodyAndOneThatIsSmallerThanItsData() throws Exception
    {
        try (Command command = new Command("--observers", "1"))
        {
            assertEquals(2, command.awaitExit());
            assertTrue(command.errors().startsWith("N is missing"), command::errors);
        }

        Files.createDirectories(dir.resolve("3").resolve(DataDirectory.OWN));
        try (Command command = new Command("1", "--dir", dir.toString()))
        {
            assertEquals(3, command.awaitExit());
            assertTrue(command.errors().contains("holds the data of 3 servers"), command::errors);
        }
    }

    private static long leader(final String line)
    {
        return Long.parseLong(line.substring("server ".length(), line.indexOf(" leads")));
    }

    /** The command as its own process, with the flags of this JVM. */
    private final class Command implements AutoCloseable
    {
        private final Process process;
        private final Path errors;
        private final BufferedReader out;
        private final List<String> lines = new ArrayList<>();

        Command(final String... args) throws IOException
        {
            errors = Files.createTempFile(dir, "command", ".err");
            final List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("@" + System.getProperty("caracal.jvm.args"));
            command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                EnsembleCommand.class.getName()));
            command.addAll(List.of(args));
            final ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().put("CARACAL_MEMBER_JVMFLAGS", MEMBER_FLAGS);
            process = builder.start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /**
         * Returns the next matching line. The end of the output is a failure; the time limit of the test bounds the
         * wait.
         */
        String await(final Predicate<String> kind) throws IOException
        {
            for (String line = out.readLine(); line != null; line = out.readLine())
            {
                lines.add(line);
                if (kind.test(line))
                {
                    return line;
                }
            }

            throw new AssertionError("ended after " + lines + "; errors: " + errors());
        }

        /** Reads on until another server leads. Perhaps it did so before the end of the first was told. */
        void awaitOtherLeader(final long first) throws IOException
        {
            while (leader(lastLine(line -> line.endsWith(" leads"))) == first)
            {
                await(line -> line.endsWith(" leads"));
            }
        }

        String lastLine(final Predicate<String> kind)
        {
            return lines.stream().filter(kind).reduce((before, last) -> last).orElseThrow();
        }

        List<Matcher> members()
        {
            return lines.stream().map(MEMBER::matcher).filter(Matcher::matches).toList();
        }

        ProcessHandle process(final long serverId)
        {
            return ProcessHandle.of(Long.parseLong(members().get((int)serverId - 1).group(3))).orElseThrow();
        }

        private static void signal(final String name, final long... pids) throws IOException, InterruptedException
        {
            final List<String> command = new ArrayList<>(List.of("kill", "-" + name));
            LongStream.of(pids).forEach(pid -> command.add(Long.toString(pid)));
            final Process kill = new ProcessBuilder(command).start();
            assertTrue(kill.waitFor(LIMIT_S, TimeUnit.SECONDS) && kill.exitValue() == 0, "kill -" + name + " failed");
        }

        int awaitExit() throws InterruptedException
        {
            assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), "the command did not end within " + LIMIT_S + " s");
            return process.exitValue();
        }

        String errors()
        {
            try
            {
                return Files.readString(errors);
            }
            catch (final IOException ex)
            {
                return ex.toString();
            }
        }

        @Override
        public void close()
        {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
