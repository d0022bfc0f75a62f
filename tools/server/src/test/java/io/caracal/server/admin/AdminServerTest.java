/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.EnsembleContext;
import io.caracal.server.ExitCode;
import io.caracal.server.LaunchException;
import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.server.ServerEnsemble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminServerTest
{
    private static final int TIMEOUT_MS = 30_000;
    private static final int READ = 1;
    private static final int ALL = 31;
    private static final Pattern TOP_KEY = Pattern.compile("^  \"([^\"]+)\" : ", Pattern.MULTILINE);

    @TempDir
    private Path dir;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private Server server;
    private ZooKeeper client;

    @BeforeEach
    void launch() throws Exception
    {
        server = launched(dir);
        client = OfficialClient.connect(server.connectString());
    }

    @AfterEach
    void close() throws Exception
    {
        client.close();
        server.close();
    }

    private static Server launched(final Path data) throws Exception
    {
        return Server.launch(new ServerContext().dataDir(data).clientPort(0).clientPortAddress("127.0.0.1").set(
            "admin.serverPort", "0").set("metricsProvider.httpPort", "0").set("metricsProvider.httpHost",
                "127.0.0.1").set("DigestAuthenticationProvider.superDigest",
                    "super:" + digest("super:secret")));
    }

    static String digest(final String credentials) throws Exception
    {
        return Base64.getEncoder().encodeToString(java.security.MessageDigest.getInstance("SHA1").digest(credentials
            .getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ACL> open()
    {
        return Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));
    }

    private HttpResponse<String> get(final String path, final String... headers) throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server
            .adminPort() + path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0)
        {
            request.headers(headers);
        }

        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> keys(final String json)
    {
        final List<String> keys = new ArrayList<>();
        final Matcher matcher = TOP_KEY.matcher(json);
        while (matcher.find())
        {
            keys.add(matcher.group(1));
        }

        return keys;
    }

    private void assertKeys(final String command, final String... expected) throws Exception
    {
        final List<String> all = new ArrayList<>(Arrays.asList(expected));
        all.add("command");
        all.add("error");
        final HttpResponse<String> reply = get("/commands/" + command);
        assertEquals(200, reply.statusCode());
        assertEquals(all, keys(reply.body()), command);
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
        assertTrue(keys(get("/commands/mntr").body()).containsAll(List.of("version", "server_state", "znode_count",
            "avg_latency", "p99_readlatency", "commit_count")));
        assertTrue(keys(get("/commands/envi").body()).containsAll(List.of("zookeeper.version", "java.version")));
        assertTrue(get("/commands/nonsense").body().contains("Unknown command: nonsense"));
        assertTrue(get("/commands").body().contains("<a href=\"/commands/watch_summary\">watch_summary</a>\n<br/>"));
        assertFalse(get("/commands/sysp").body().contains("super:"));
        assertTrue(get("/commands/isro", "Accept", "text/plain").body().startsWith("read_only\tfalse\n"));
    }

    @Test
    void shouldTellWatchesAndEphemeralsOfASession() throws Exception
    {
        client.create("/e", new byte[0], open(), CreateMode.EPHEMERAL);
        client.getData("/e", event ->
        {
        }, null);
        assertTrue(get("/commands/wchp").body().contains("\"/e\" : [ " + client.getSessionId()));
        assertTrue(get("/commands/dump").body().contains("\"" + client.getSessionId() + "\" : [ \"/e\""));
        assertTrue(get("/commands/cons").body().contains("\"session_id\" : " + client.getSessionId()));
    }

    @Test
    void shouldSayThatItLivesAndServes() throws Exception
    {
        assertEquals(200, get("/livez").statusCode());
        assertTrue(get("/readyz").body().contains("[+] clients: served as standalone"));
    }

    @Test
    void shouldTakeASnapshotOnlyForThoseWithAllRights() throws Exception
    {
        client.create("/a", new byte[1], open(), CreateMode.PERSISTENT);
        assertEquals(401, get("/commands/snapshot").statusCode());
        assertEquals(401, get("/commands/snapshot", "Authorization", "nonsense x").statusCode());
        final String[] authority = { "Authorization", "digest super:secret" };
        final HttpResponse<String> reply = get("/commands/snapshot", authority);
        assertEquals(200, reply.statusCode());
        assertEquals("application/octet-stream", reply.headers().firstValue("Content-Type").orElse(""));
        assertTrue(Long.parseLong(reply.headers().firstValue("snapshot_size").orElse("0")) > 0);
        assertEquals(429, get("/commands/snapshot", authority).statusCode());
        assertTrue(get("/commands/monitor").body().contains("\"snapshot_rate_limited_count\" : 1,"));
        assertEquals(400, get("/commands/restore", authority).statusCode());
    }

    @Test
    void shouldBeSetBackByAnUploadedSnapshot() throws Exception
    {
        client.create("/kept", "as it was".getBytes(StandardCharsets.UTF_8), open(), CreateMode.PERSISTENT);
        final String[] authority = { "Authorization", "digest super:secret" };
        final HttpResponse<byte[]> taken = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server
            .adminPort() + "/commands/snapshot")).headers(authority).build(), HttpResponse.BodyHandlers.ofByteArray());
        client.setData("/kept", "changed".getBytes(StandardCharsets.UTF_8), -1);
        client.create("/lost", null, open(), CreateMode.PERSISTENT);
        final long seen = client.exists("/lost", false).getCzxid();

        assertEquals(401, restore("x".getBytes(StandardCharsets.UTF_8)).statusCode());
        assertFalse(server.relaunchWanted().isDone());
        final HttpResponse<String> reply = restore(taken.body(), authority);
        assertEquals(200, reply.statusCode(), reply.body());
        assertEquals(List.of("last_zxid", "command", "error"), keys(reply.body()));
        server.relaunchWanted().get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        client.close();
        server.close();

        server = launched(dir);
        client = OfficialClient.connect(server.connectString());
        assertEquals("as it was", data("/kept"));
        assertEquals(null, client.exists("/lost", false));
        client.create("/new", null, open(), CreateMode.PERSISTENT);
        assertTrue(client.exists("/new", false).getCzxid() > seen, "a zxid comes twice");
    }

    @Test
    void shouldRefuseAnUploadThatIsNoSnapshot() throws Exception
    {
        final HttpResponse<String> reply = restore("garbage".getBytes(StandardCharsets.UTF_8), "Authorization",
            "digest super:secret");
        assertEquals(400, reply.statusCode());
        assertTrue(reply.body().contains("nothing was changed"), reply.body());
        assertEquals(429, restore(new byte[1], "Authorization", "digest super:secret").statusCode());
        assertTrue(get("/commands/monitor").body().contains("\"restore_rate_limited_count\" : 1,"));
        assertFalse(server.relaunchWanted().isDone());
    }

    @Test
    void shouldNotSetBackAMemberOfAnEnsemble() throws Exception
    {
        try (ServerEnsemble ensemble = ServerEnsemble.launch(1, new EnsembleContext().set("admin.serverPort", "0").set(
            "standaloneEnabled", "false")))
        {
            final HttpResponse<String> reply = AdminAsk.of(ensemble.server(1).adminPort(), "POST", "/commands/restore",
                "Authorization", "digest u:p");
            assertEquals(409, reply.statusCode(), reply.body());
            assertTrue(reply.body().contains("caracal restore BACKUP --to"), reply.body());
        }
    }

    private HttpResponse<String> restore(final byte[] body, final String... headers) throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() +
            "/commands/restore")).timeout(Duration.ofSeconds(60)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0)
        {
            request.headers(headers);
        }

        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldShowZnodesOnlyToThoseWhoMayReadThem() throws Exception
    {
        client.addAuthInfo("digest", "u:p".getBytes(StandardCharsets.UTF_8));
        client.create("/secret", "<b>".getBytes(StandardCharsets.UTF_8), Collections.singletonList(new ACL(READ, new Id(
            "digest",
            "u:" + digest("u:p")))), CreateMode.PERSISTENT);
        assertEquals(403, get("/api/znode?path=/secret").statusCode());
        assertEquals(401, get("/api/znode?path=/secret", "Authorization", "nonsense x").statusCode());
        final HttpResponse<String> own = get("/api/znode?path=/secret", "Authorization", "digest u:p");
        assertEquals(200, own.statusCode());
        assertTrue(own.body().contains("\"data\" : \"PGI+\""), own.body());
        assertTrue(own.body().contains("\"permissions\" : \"r\""));
        assertTrue(get("/api/znode?path=/").body().contains("\"name\" : \"secret\",\n    \"readable\" : false"));
        assertEquals(404, get("/api/znode?path=/nope").statusCode());
        assertEquals(400, get("/api/znode?path=nope").statusCode());
    }

    @Test
    void shouldShowChildrenPageByPage() throws Exception
    {
        client.create("/many", new byte[0], open(), CreateMode.PERSISTENT);
        for (int i = 0; i <= ZnodePage.PAGE_LENGTH; i++)
        {
            client.create("/many/c" + i, new byte[0], open(), CreateMode.PERSISTENT);
        }

        final String first = get("/api/znode?path=/many").body();
        assertTrue(first.contains("\"name\" : \"c199\"") && first.contains("\"more\" : true"));
        assertFalse(first.contains("\"name\" : \"c200\""));
        final String second = get("/api/znode?path=/many&after=c199").body();
        assertTrue(second.contains("\"name\" : \"c200\"") && second.contains("\"more\" : false"));
        client.delete("/many/c199", -1);
        assertEquals(410, get("/api/znode?path=/many&after=c199").statusCode());
    }

    private HttpResponse<String> change(final String method, final String query, final String body,
        final String credentials) throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() +
            "/api/znode?" + query)).timeout(Duration.ofSeconds(20)).method(method, HttpRequest.BodyPublishers.ofString(
                body));
        if (credentials != null)
        {
            request.header("Authorization", "digest " + credentials);
        }

        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String data(final String path) throws Exception
    {
        return new String(client.getData(path, false, null), StandardCharsets.UTF_8);
    }

    @Test
    void shouldLetTheSuperUserChangeTheTreeAndNobodyElse() throws Exception
    {
        final String root = "super:secret";
        for (final String method : List.of("POST", "PUT", "DELETE"))
        {
            assertEquals(401, change(method, "path=/d&version=-1", "x", null).statusCode());
            assertEquals(403, change(method, "path=/d&version=-1", "x", "super:wrong").statusCode());
            assertEquals(403, change(method, "path=/d&version=-1", "x", "u:p").statusCode());
        }
        assertEquals(null, client.exists("/d", false));

        assertEquals(201, change("POST", "path=/d", "one \u00e4", root).statusCode());
        assertEquals("one \u00e4", data("/d"));
        assertEquals(open(), client.getACL("/d", null));
        assertEquals(409, change("POST", "path=/d", "", root).statusCode());
        assertEquals(404, change("POST", "path=/no/where", "", root).statusCode());
        assertEquals(404, change("POST", "path=/no/where&acl=parent", "", root).statusCode());
        assertEquals(400, change("POST", "path=/d/..", "", root).statusCode());

        assertEquals(200, change("PUT", "path=/d&version=0", "two", root).statusCode());
        final HttpResponse<String> late = change("PUT", "path=/d&version=0", "three", root);
        assertEquals(409, late.statusCode());
        assertTrue(late.body().contains("changed by somebody else"), late.body());
        assertEquals(400, change("PUT", "path=/d", "three", root).statusCode());
        assertEquals(400, change("PUT", "path=/d&version=x", "three", root).statusCode());
        assertEquals("two", data("/d"));

        client.create("/d/child", null, open(), CreateMode.PERSISTENT);
        assertEquals(409, change("DELETE", "path=/d&version=1", "", root).statusCode());
        client.delete("/d/child", -1);
        assertEquals(409, change("DELETE", "path=/d&version=0", "", root).statusCode());
        assertEquals(200, change("DELETE", "path=/d&version=1", "", root).statusCode());
        assertEquals(null, client.exists("/d", false));
        assertEquals(404, change("DELETE", "path=/d&version=1", "", root).statusCode());
        assertEquals(405, change("OPTIONS", "path=/d", "", root).statusCode());
    }

    @Test
    void shouldGiveANewZnodeTheAclOfItsParentWhenAsked() throws Exception
    {
        final List<ACL> readers = Collections.singletonList(new ACL(READ, new Id("world", "anyone")));
        client.create("/readers", null, readers, CreateMode.PERSISTENT);
        assertEquals(201, change("POST", "path=/readers/new&acl=parent", "", "super:secret").statusCode());
        assertEquals(readers, client.getACL("/readers/new", null));
    }

    @Test
    void shouldLeaveNoSessionBehindAfterAChange() throws Exception
    {
        assertEquals(201, change("POST", "path=/d", "", "super:secret").statusCode());
        assertTrue(get("/commands/mntr").body().contains("\"global_sessions\" : 1,"));
    }

    @Test
    void shouldServeTheDashboardWithNothingInline() throws Exception
    {
        final HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'"));
        assertFalse(Pattern.compile(" on[a-z]+=|<style|style=|https?://").matcher(page.body()).find());
        assertEquals(200, get("/dashboard.js").statusCode());
        assertFalse(get("/dashboard.js").body().contains("innerHTML"));
        assertEquals(200, get("/dashboard.css").statusCode());
        assertEquals(List.of("server", "members", "counts", "operations", "stages", "recent", "slow", "slowMs",
            "memory", "disk"), keys(get(
                "/api/overview").body()));
        assertEquals(404, get("/nothing").statusCode());
    }

    @Test
    void shouldNotAnswerPagesOfTheWebThatCallItByTheirName() throws Exception
    {
        assertTrue(raw("GET /commands/ruok HTTP/1.1\r\nHost: evil.example\r\n\r\n").startsWith("HTTP/1.1 403"));
        assertTrue(raw("GET /commands/ruok HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 200"));
        assertTrue(raw("TRACE /commands/ruok HTTP/1.1\r\nHost: localhost\r\n\r\n").startsWith("HTTP/1.1 405"));
        final String head = raw("HEAD /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(head.startsWith("HTTP/1.1 200") && head.endsWith("\r\n\r\n"), head);
    }

    private String raw(final String request) throws IOException
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.adminPort()))
        {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(
                StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldTellPrometheusUnderTheNamesOfZooKeeper() throws Exception
    {
        client.create("/m", new byte[0], open(), CreateMode.PERSISTENT);
        final HttpResponse<String> reply = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server
            .metricsPort() + "/metrics")).timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers
                .ofString());
        assertEquals(200, reply.statusCode());
        final String text = reply.body();
        assertTrue(Pattern.compile("^znode_count [0-9.]+$", Pattern.MULTILINE).matcher(text).find(), text);
        assertTrue(Pattern.compile("^commit_count [1-9]", Pattern.MULTILINE).matcher(text).find());
        assertTrue(Pattern.compile("^fsynctime_count [1-9]", Pattern.MULTILINE).matcher(text).find());
        assertTrue(text.contains("updatelatency{quantile=\"0.99\"}"));
        assertTrue(text.contains("caracal_operation_seconds_count{operation=\"create2\"}") || text.contains(
            "caracal_operation_seconds_count{operation=\"create\"}"));
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
