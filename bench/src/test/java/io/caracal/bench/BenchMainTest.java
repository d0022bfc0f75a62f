/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BenchMainTest
{
    private static final long FILE_LENGTH = 64 << 20;

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
