/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import io.caracal.server.Version;
import io.caracal.transport.FreePorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(240)
class BenchMainTest
{
    private static final long FILE_LENGTH = 64 << 20;
    private static final String CONF = "caracal.conf";

    @TempDir
    private Path dir;

    @Test
    void shouldShowItsOptions()
    {
        final Output output = run("--help");

        assertEquals(0, output.exitCode);
        for (final String option : new String[]{ "--quick", "--check", "--json", "--only", "load", "ensemble",
            "nothing", "micro" })
        {
            assertTrue(output.text.contains(option), option);
        }
    }

    @Test
    void shouldTellItsVersion()
    {
        assertEquals("Caracal " + Version.caracal(), run("--version").text.trim());
        assertEquals("Caracal " + Version.caracal(), run("load", "-V").text.trim());
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        assertEquals(2, run("--fast").exitCode);
        assertEquals(2, run("--servers", "etcd").exitCode);
        assertEquals(2, run("--only", "reads").exitCode);
        assertEquals(2, run("--check", "--force-sync", "no").exitCode);
        assertEquals(2, run("load", "--mix", "read").exitCode);
        assertEquals(2, run("load", "--servers", "nowhere").exitCode);
        assertEquals(2, run("ensemble", "--only", "failover").exitCode);
        assertEquals(2, run("ensemble", "--servers", "etcd").exitCode);
        assertEquals(2, run("ensemble", "--size", "1").exitCode);
        assertEquals(2, run("ensemble", "--servers", "nothing").exitCode);
        assertEquals(2, run("ensemble", "--only", "failover-cut").exitCode, "it needs name spaces");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--rounds 0|--rounds is 1 to 2147483647, not 0",
        "--rounds -1|--rounds is 1 to 2147483647, not -1",
        "--warm-up -1|--warm-up is 0 to 2147483647, not -1",
        "--duration 0|--duration is 1 to 2147483647, not 0",
        "--znodes 999|--znodes is 1000 to 100000000, not 999",
        "--payload -1|--payload is 0 to 1000000, not -1",
        "ensemble --kills 0|--kills is 1 to 2147483647, not 0",
        "ensemble --silence 0|--silence is 1 to 2147483647, not 0",
        "ensemble --missed -1|--missed is 1 to 2147483647, not -1",
        "ensemble --sessions 0|--sessions is 1 to 2147483647, not 0",
        "--compare gone.json gone.json|there is no file gone.json",
        "--html gone/page.html|no file can be written at gone/page.html",
        "--json /|no file can be written at /",
        "ensemble --markdown gone/table.md|no file can be written at gone/table.md",
        "--servers nothing,caracal,nothing|server 'nothing' is named twice: each has one turn in a round",
        "ensemble --servers zookeeper,zookeeper|server 'zookeeper' is named twice: each has one turn in a round",
        "--fast|Unknown option: '--fast'",
        "--rounds many|Invalid value for option '--rounds': 'many' is not a long",
        "load --servers localhost:many|a port is a number up to 65535, not 'many'",
        "load --servers localhost:65536|a port is a number up to 65535, not '65536'",
        "load --mix get=many|the weight of get is a number of 1 to 1000000, not 'many'",
        "load --mix get=1,set=|the weight of set is a number of 1 to 1000000, not ''",
        "load --mix get=99999999999|the weight of get is a number of 1 to 1000000, not '99999999999'",
        "load --keys zipf:steep|the skew of zipf is a number between 0 and 1, not 'steep'",
        "load --json gone/load.json|no file can be written at gone/load.json",
        "load --settle|--settle is for open loops: name a --rate as well",
        "load --rate 0 --rest|--rest is for open loops: name a --rate as well",
        "load --servers nobody.invalid:2181|no address is known of host 'nobody.invalid'",
        "nothing --host nobody.invalid|no address is known of host 'nobody.invalid'",
        "micro nosuchbenchmark|no benchmark matches 'nosuchbenchmark'",
        "nothing --payload -1|--payload is 0 to 1000000, not -1",
        "nothing --force sometimes|--force is auto, inline, thread or none, not 'sometimes'" })
    void shouldSayWhatIsWrongBeforeAnythingStarts(final String typed, final String message)
    {
        final String[] args = typed.split(" ", -1);

        final Output output = run(args);

        assertEquals(2, output.exitCode, output.text);
        assertEquals("caracal bench: " + message, output.text.lines().findFirst().orElseThrow());
        assertTrue(output.text.lines().count() <= 2, output.text);
    }

    /** Figures of unforced writes have names of their own. A run of the others would measure none of them. */
    @Test
    void shouldKnowTheShapesOfEnsemblesByTheNamesOfTheirFigures()
    {
        final Output other = run("--force-sync", "no", "--only", "ensemble3-idle");
        final Output unforced = run("--force-sync", "no", "--only", "ensemble3-unforced-idle", "--servers", "etcd");

        assertEquals(2, other.exitCode, other.text);
        assertTrue(other.text.contains("no shape is called 'ensemble3-idle'; there are "), other.text);
        assertTrue(other.text.contains(", ensemble3-unforced-idle,"), other.text);
        assertTrue(unforced.text.contains("no server is called 'etcd'"), unforced.text);
    }

    @Test
    void shouldNotReportARunThatMeasuredNothing()
    {
        final Output output = run("--servers", "nothing", "--only", "restart,ensemble3-idle", "--dir", dir.resolve(
            "data").toString(), "--html", dir.resolve("page.html").toString());

        assertEquals(2, output.exitCode, output.text);
        assertTrue(output.text.contains("caracal bench: nothing was measured: of the servers [nothing] none takes " +
            "part in [restart, ensemble3-idle]"), output.text);
        assertTrue(Files.notExists(dir.resolve("data")), output.text);
    }

    @Test
    void shouldSayWhereTheOptionsStand()
    {
        assertEquals("caracal bench --help says what there is", run("--fast").text.lines().skip(1).findFirst()
            .orElseThrow());
        assertEquals("caracal bench load --help says what there is", run("load", "--fast").text.lines().skip(1)
            .findFirst().orElseThrow());
    }

    @Test
    void shouldNameTheServerThatCannotBeReachedAndWhy() throws IOException
    {
        final int port = FreePorts.find();
        final Output output = run("load", "--servers", "127.0.0.1:" + port, "--connect-timeout", "1500");

        assertEquals(3, output.exitCode, output.text);
        assertTrue(output.text.contains("filling /bench: /127.0.0.1:" + port + ": java.net.ConnectException"),
            output.text);
        assertTrue(output.text.contains("not all sessions could be opened: /127.0.0.1:" + port), output.text);
    }

    /** Nobody can do anything about a file or a port alone, or about a reason alone. */
    @Test
    void shouldNameWhatFailedAndWhy() throws IOException
    {
        final String file = dir.resolve("gone").resolve("forced").toString();
        final Output missing = run("nothing", "--port", "0", "--file", file);
        assertEquals(3, missing.exitCode, missing.text);
        assertEquals("caracal bench: " + file + ": No such file or directory", missing.text.trim());

        final Output full = run("nothing", "--port", "0", "--file", "/dev/full");
        assertEquals(3, full.exitCode, full.text);
        assertTrue(full.text.startsWith("caracal bench: /dev/full cannot be written: "), full.text);

        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final Output busy = run("nothing", "--port", Integer.toString(other.getLocalPort()), "--file",
                dir.resolve("forced").toString());
            assertEquals(3, busy.exitCode, busy.text);
            assertTrue(busy.text.contains(":" + other.getLocalPort() + ": ") && busy.text.contains(
                "name another port"), busy.text);
        }
    }

    @Test
    void shouldRefuseADirectoryForDataThatIsNone() throws IOException
    {
        final Path file = Files.createFile(dir.resolve("file"));
        final Output output = run("--servers", "nothing", "--only", "idle", "--dir", file.toString(), "--html", dir
            .resolve("page.html").toString());

        assertEquals(2, output.exitCode, output.text);
        assertTrue(output.text.contains("caracal bench: " + file + " is no directory; name another with --dir"),
            output.text);
    }

    @Test
    void shouldRefuseToCompareWhatIsNoText() throws IOException
    {
        final Path file = Files.write(dir.resolve("binary"), new byte[]{ (byte)0xFF, (byte)0xFE });
        for (final Path other : List.of(file, dir))
        {
            final Output output = run("--compare", other.toString(), other.toString());

            assertEquals(2, output.exitCode, output.text);
            assertTrue(output.text.startsWith("caracal bench: " + other + " is "), output.text);
        }
    }

    @Test
    void shouldRemoveItsDataAndTellWhatItHasWhenItIsAskedToEnd() throws Exception
    {
        final Path data = dir.resolve("data");
        final Path page = dir.resolve("page.html");
        final Process process = start(List.of(), "--quick", "--servers", "nothing", "--only", "idle", "--rounds",
            "1000", "--dir", data.toString(), "--html", page.toString());
        try
        {
            while (!Files.readString(dir.resolve("output")).contains("idle: round 2 of"))
            {
                assertTrue(process.isAlive(), Files.readString(dir.resolve("output")));
                LockSupport.parkNanos(1_000_000);
            }
            assertTrue(Files.exists(data));

            process.destroy();

            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertTrue(Files.notExists(data));
            assertTrue(Files.readString(page).contains("the run was ended early"), Files.readString(page));
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    /** Starts it as a process of its own, whose output goes to a file. */
    private Process start(final List<String> flags, final String... args) throws IOException
    {
        final List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(),
            "-cp", System.getProperty("java.class.path")));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(flag -> flag.startsWith("--add-"))
            .forEach(command::add);
        Optional.ofNullable(System.getProperty(CONF)).ifPresent(conf -> command.add("-D" + CONF + "=" + conf));
        command.addAll(flags);
        command.add(BenchMain.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(dir.resolve("output").toFile())
            .start();
    }

    /** JMH locks a file in the directory for temporary files, so that one run at a time measures on a machine. */
    @Test
    void shouldSayThatNoBenchmarkMatchesThoughAnotherRunIsUnderWay() throws Exception
    {
        try (FileChannel lock = FileChannel.open(dir.resolve("jmh.lock"), StandardOpenOption.CREATE,
            StandardOpenOption.WRITE))
        {
            lock.lock();
            final Process process = start(List.of("-Djava.io.tmpdir=" + dir), "micro", "nosuchbenchmark");
            try
            {
                assertTrue(process.waitFor(120, TimeUnit.SECONDS));
                final String output = Files.readString(dir.resolve("output"));
                assertEquals(2, process.exitValue(), output);
                assertTrue(output.contains("no benchmark matches 'nosuchbenchmark'"), output);
            }
            finally
            {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void shouldFailACheckThatMeasuredNothingPromised()
    {
        final Output output = run("--check", "--quick", "--servers", "nothing", "--only", "idle", "--rounds", "1",
            "--dir", dir.resolve("data").toString(), "--html", dir.resolve("page.html").toString());

        assertEquals(1, output.exitCode, output.text);
        assertTrue(output.text.contains("MISSED"), output.text);
        assertTrue(Files.notExists(dir.resolve("data")), "its data are removed");
        assertTrue(Files.exists(dir.resolve("page.html")), output.text);
    }

    @Test
    void shouldNotReportARunWithoutServers()
    {
        final String before = System.getProperty(CONF);
        System.setProperty(CONF, dir.toString());
        try
        {
            final Output output = run("--servers", "nothing", "--only", "idle", "--dir", dir.resolve("data").toString(),
                "--html", dir.resolve("page.html").toString());

            assertEquals(3, output.exitCode, output.text);
            assertTrue(output.text.contains("none of these servers can be started here: nothing"), output.text);
        }
        finally
        {
            Optional.ofNullable(before).ifPresentOrElse(conf -> System.setProperty(CONF, conf),
                () -> System.clearProperty(CONF));
        }
    }

    @Test
    void shouldDriveARunningServerAndWriteJson() throws IOException
    {
        final Path json = dir.resolve("load.json");
        try (NothingServer server = new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            dir.resolve("forced"), FILE_LENGTH, Forcing.AUTO, 100))
        {
            final Output output = run("load", "--servers", "127.0.0.1:" + server.address().getPort(), "--operations",
                "1000", "--mix", "get=9,set=1", "--json", json.toString());

            assertEquals(0, output.exitCode, output.text);
            assertTrue(output.text.contains("answered 1,000, lost 0"), output.text);
            assertTrue(Files.readString(json).contains("\"get\": {"), Files.readString(json));
            assertTrue(Files.readString(json).contains("\"answered\": 1000,\n  \"lost\": 0,"), Files.readString(json));
        }
    }

    @Test
    void shouldSayThatItGaveUpBeforeAllOperationsWereSent() throws IOException
    {
        try (NothingServer server = new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            dir.resolve("forced"), FILE_LENGTH, Forcing.NONE, 100))
        {
            final Output output = run("load", "--servers", "127.0.0.1:" + server.address().getPort(), "--operations",
                "1000000000000", "--duration", "50", "--no-fill");

            assertEquals(1, output.exitCode, output.text);
            assertTrue(output.text.contains("gave up after 50 ms (--duration): "), output.text);
        }
    }

    private record Output(int exitCode, String text)
    {
    }

    private static Output run(final String... args)
    {
        final PrintStream out = System.out;
        final PrintStream err = System.err;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8))
        {
            System.setOut(captured);
            System.setErr(captured);
            final int exitCode = BenchMain.run(args);
            return new Output(exitCode, bytes.toString(StandardCharsets.UTF_8));
        }
        finally
        {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
