/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands, pages and figures of the admin server, and who gets answers. */
class AdminServerTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int LONG_PATH_LENGTH = 500_000;
    /** Together they are longer than what the buffers of both sockets can hold. */
    private static final int LONG_PATHS = 40;

    @TempDir
    private Path dir;
    private AdminTarget target;

    @BeforeEach
    void launch() throws Exception
    {
        target = new AdminTarget(dir);
    }

    @AfterEach
    void close() throws Exception
    {
        target.close();
    }

    private void assertKeys(final String command, final String... expected) throws Exception
    {
        final List<String> all = new ArrayList<>(Arrays.asList(expected));
        all.add("command");
        all.add("error");
        final HttpResponse<String> reply = target.get("/commands/" + command);
        assertEquals(200, reply.statusCode());
        assertEquals(all, AdminTarget.keys(reply.body()), command);
    }

    @Test
    void shouldAnswerCommandsWithTheKeysOfZooKeeper() throws Exception
    {
        assertKeys("conf", "client_port", "data_dir", "data_log_dir", "tick_time", "max_client_cnxns",
            "min_session_timeout", "max_session_timeout", "server_id", "client_port_listen_backlog");
        assertKeys("crst");
        assertKeys("connections", "connections", "secure_connections");
        assertKeys("dirs", "datadir_size", "logdir_size");
        assertKeys("dump", "expiry_time_to_session_ids", "session_id_to_ephemeral_paths");
        assertKeys("gtmk", "tracemask");
        assertKeys("stmk?traceMask=7", "tracemask");
        assertKeys("hash", "digests");
        assertKeys("hot_paths", "enabled", "sample_rate", "window_s", "sampled_reads", "top_reads", "sampled_writes",
            "top_writes");
        assertKeys("icfg", "initial_configuration");
        assertKeys("isro", "read_only");
        assertKeys("lsnp", "zxid", "timestamp");
        assertKeys("lead");
        assertKeys("orst");
        assertKeys("obsr", "synced_observers", "observers");
        assertKeys("ruok");
        assertKeys("srvr", "version", "read_only", "server_stats", "client_response", "node_count");
        assertKeys("stat", "version", "read_only", "server_stats", "client_response", "node_count", "connections",
            "secure_connections");
        assertKeys("srst");
        assertKeys("voting_view", "current_config");
        assertKeys("wchc", "session_id_to_watched_paths");
        assertKeys("wchp", "path_to_session_ids");
        assertKeys("wchs", "num_connections", "num_paths", "num_total_watches");
        assertKeys("zabstate", "voting", "zabstate");
        assertTrue(AdminTarget.keys(target.get("/commands/mntr").body()).containsAll(List.of("version", "server_state",
            "znode_count", "avg_latency", "p99_readlatency", "commit_count")));
        assertTrue(AdminTarget.keys(target.get("/commands/envi").body()).containsAll(List.of("zookeeper.version",
            "java.version")));
        assertTrue(target.get("/commands/nonsense").body().contains("Unknown command: nonsense"));
        assertTrue(
            target.get("/commands").body().contains("<a href=\"/commands/watch_summary\">watch_summary</a>\n<br/>"));
        assertFalse(target.get("/commands/sysp").body().contains("super:"));
        assertTrue(target.get("/commands/isro", "Accept", "text/plain").body().startsWith("read_only\tfalse\n"));
        final String directories = target.get("/commands/conf", "Accept", "text/plain").body();
        assertTrue(directories.contains("\ndata_dir\t/"), directories);
    }

    @Test
    void shouldNotTellTheCommandLineThatHoldsASecret() throws Exception
    {
        final String command = System.setProperty("sun.java.command", "ServerMain " +
            "DigestAuthenticationProvider.superDigest=super:typed");
        try
        {
            final String properties = target.get("/commands/sysp").body();
            assertTrue(properties.contains("\"sun.java.command\" : \"***\""), properties);
            assertFalse(properties.contains("super:typed"));
            System.setProperty("sun.java.command", "ServerMain zoo.cfg");
            assertTrue(target.get("/commands/sysp").body().contains("ServerMain zoo.cfg"));
        }
        finally
        {
            System.setProperty("sun.java.command", command);
        }
    }

    @Test
    void shouldTellWatchesAndEphemeralsOfASession() throws Exception
    {
        target.client().create("/e", new byte[0], AdminTarget.open(), CreateMode.EPHEMERAL);
        target.client().getData("/e", event ->
        {
        }, null);
        assertTrue(target.get("/commands/wchp").body().contains("\"/e\" : [ " + target.client().getSessionId()));
        assertTrue(
            target.get("/commands/dump").body().contains("\"" + target.client().getSessionId() + "\" : [ \"/e\""));
        assertTrue(target.get("/commands/cons").body().contains("\"session_id\" : " + target.client().getSessionId()));
    }

    @Test
    void shouldSayThatItLivesAndServes() throws Exception
    {
        assertEquals(200, target.get("/livez").statusCode());
        assertTrue(target.get("/readyz").body().contains("[+] clients: served as standalone"));
    }

    /** An orchestrator would restart a server that serves all its clients. */
    @Test
    void shouldAnswerWhileSomebodyReadsNothingOfALongList() throws Exception
    {
        for (int i = 0; i < LONG_PATHS; i++)
        {
            target.client().exists("/" + "x".repeat(LONG_PATH_LENGTH) + i, true);
        }
        try (Socket reader = new Socket(InetAddress.getLoopbackAddress(), target.server().clientPort()))
        {
            reader.setSoTimeout(TIMEOUT_MS);
            reader.getOutputStream().write("wchp".getBytes(StandardCharsets.US_ASCII));
            assertEquals('/', reader.getInputStream().read(), "the list begins");

            for (final String page : List.of("/livez", "/readyz", "/commands/monitor"))
            {
                assertEquals(200, target.get(page).statusCode(), page);
            }
        }
    }

    @Test
    void shouldServeTheDashboardWithNothingInline() throws Exception
    {
        final HttpResponse<String> page = target.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'"));
        assertFalse(Pattern.compile(" on[a-z]+=|<style|style=|https?://").matcher(page.body()).find());
        assertEquals(200, target.get("/dashboard.js").statusCode());
        assertFalse(target.get("/dashboard.js").body().contains("innerHTML"));
        assertEquals(200, target.get("/dashboard.css").statusCode());
        assertEquals(List.of("server", "members", "counts", "operations", "stages", "recent", "slow", "slowMs",
            "paths", "memory", "disk"), AdminTarget.keys(target.get("/api/overview").body()));
        assertEquals(404, target.get("/nothing").statusCode());
    }

    @Test
    void shouldNotAnswerPagesOfTheWebThatCallItByTheirName() throws Exception
    {
        assertTrue(target.raw("GET /commands/ruok HTTP/1.1\r\nHost: evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(target.raw("GET /commands/ruok HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 200"));
        assertTrue(target.raw("TRACE /commands/ruok HTTP/1.1\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 405"));
        final String head = target.raw("HEAD /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(head.startsWith("HTTP/1.1 200") && head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void shouldTellPrometheusUnderTheNamesOfZooKeeper() throws Exception
    {
        target.client().create("/m", new byte[0], AdminTarget.open(), CreateMode.PERSISTENT);
        final HttpResponse<String> reply = AdminAsk.of(target.server().metricsPort(), "GET", "/metrics");
        assertEquals(200, reply.statusCode());
        final String text = reply.body();
        assertTrue(Pattern.compile("^znode_count [0-9.]+$", Pattern.MULTILINE).matcher(text).find(), text);
        assertTrue(Pattern.compile("^commit_count [1-9]", Pattern.MULTILINE).matcher(text).find());
        assertTrue(Pattern.compile("^fsynctime_count [1-9]", Pattern.MULTILINE).matcher(text).find());
        assertTrue(Pattern.compile("^connection_token_deficit_count [1-9]", Pattern.MULTILINE).matcher(text).find());
        assertTrue(text.contains("updatelatency{quantile=\"0.99\"}"));
        assertTrue(text.contains("caracal_operation_seconds_count{operation=\"create2\"}") ||
            text.contains("caracal_operation_seconds_count{operation=\"create\"}"));
        assertTrue(text.contains("caracal_native_memory_bytes{tag=\"znodes\"}"));
        assertTrue(text.contains("jvm_threads_current"));
    }

    @Test
    void shouldNotStartWhenThePortThatWasAskedForIsTaken(@TempDir final Path other) throws Exception
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final LaunchException refusal = assertThrows(LaunchException.class, () -> Server.launch(new ServerContext()
                .dataDir(other).clientPort(0).set("admin.serverPort", Integer.toString(taken.getLocalPort()))));
            assertEquals(ExitCode.ADMIN, refusal.exitCode());
            assertTrue(refusal.getMessage().contains("admin.serverPort"));
        }
    }
}
