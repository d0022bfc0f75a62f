/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.config.Membership;
import io.caracal.server.config.Settings;
import io.caracal.server.config.ZooCfg;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The effects of keys that no other test needs. */
class ServerKeysTest
{
    private static final int METRICS_PORT = 7000;
    private static final String SUPER = "super:secret";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path dir;
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldKeepTheLogWhereItIsTold() throws IOException
    {
        final Path logs = dir.resolve("logs");
        try (Server server = Server.launch(context().set("dataLogDir", logs.toString())))
        {
            assertEquals("standalone", server.role());
            assertTrue(hasLog(logs));
            assertFalse(hasLog(dir.resolve("data")));
        }
    }

    private static boolean hasLog(final Path directory) throws IOException
    {
        try (Stream<Path> files = Files.walk(directory))
        {
            return files.anyMatch(file -> file.toString().endsWith(".cq4"));
        }
    }

    @Test
    void shouldServeCommandsWhereItIsTold() throws Exception
    {
        try (Server server = Server.launch(context().set("admin.serverPort", "0").set("admin.serverAddress",
            "127.0.0.2").set("admin.commandURL", "/ops")))
        {
            final String host = "http://127.0.0.2:" + server.adminPort();
            assertEquals(200, status(host + "/ops/ruok"));
            assertEquals(404, status(host + "/commands/ruok"));
            assertThrows(ConnectException.class, () -> status("http://127.0.0.1:" + server.adminPort() +
                "/ops/ruok"));
        }
    }

    @Test
    void shouldTakeNoSnapshotOverHttpWhenToldSo() throws Exception
    {
        try (Server server = Server.launch(withSuper().set("admin.snapshot.enabled", "false")))
        {
            assertTrue(snapshot(server).body().contains("admin.snapshot.enabled=false"));
        }
    }

    @Test
    void shouldTakeNoRestoreOverHttpWhenToldSo() throws Exception
    {
        try (Server server = Server.launch(withSuper().set("admin.restore.enabled", "false")))
        {
            assertTrue(restore(server).contains("admin.restore.enabled=false"));
        }
    }

    /** A restore goes through the log, as writes do. */
    @Test
    void shouldTakeNoRestoreOverHttpWithoutRoomForTheLog() throws Exception
    {
        Server.launch(withSuper()).close();
        final HeldDisk disk = new HeldDisk();
        disk.fill();
        try (Server server = Server.launch(withSuper().fileSystem(disk)))
        {
            Pages.await(server.adminPort(), "/readyz", "writes are refused");
            final String answer = restore(server);
            assertTrue(answer.contains("the disk of the log has no room"), answer);
        }
    }

    private String restore(final Server server) throws Exception
    {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() +
            "/commands/restore")).timeout(TIMEOUT).header("Authorization", "digest " + SUPER)
            .POST(HttpRequest.BodyPublishers.ofString("x")).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void shouldTakeSnapshotsAsOftenAsItIsTold() throws Exception
    {
        try (Server server = Server.launch(withSuper().set("admin.rateLimiterIntervalInMS", "0")))
        {
            assertEquals(200, snapshot(server).statusCode());
            assertEquals(200, snapshot(server).statusCode(), "the default is one in five minutes");
        }
    }

    @Test
    void shouldTellPrometheusNothingOfTheJvmWhenToldSo() throws Exception
    {
        try (Server server = Server.launch(context().set("metricsProvider.httpPort", "0")
            .set("metricsProvider.httpHost", "127.0.0.1").set("metricsProvider.exportJvmInfo", "false")))
        {
            final String text = get("http://127.0.0.1:" + server.metricsPort() + "/metrics").body();
            assertTrue(text.startsWith("# TYPE "), text);
            assertFalse(text.contains("jvm_threads_current"), text);
        }
    }

    @Test
    void shouldOpenThePortOfTheMetricsForTheProviderOfZooKeeper()
    {
        final String provider = "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider";
        // An address of its own, because other processes may listen on the well-known port of the usual address.
        try (Server server = Server
            .launch(context().set("metricsProvider.className", provider).set("metricsProvider.httpHost", "127.0.0.3")))
        {
            assertEquals(METRICS_PORT, server.metricsPort());
        }
    }

    /** The file names an ensemble of one server; its ports are open on an address that the line does not name. */
    @Test
    void shouldBelongToTheEnsembleOfTheFileThatItIsTold() throws Exception
    {
        final int[] ports = FreePorts.find(2);
        final int quorumPort = ports[0];
        final int electionPort = ports[1];
        final Path members = Files.writeString(dir.resolve("zoo.cfg.dynamic"), "server.1=127.0.0.1:" + quorumPort +
            ":" + electionPort + "\n");
        Files.writeString(Files.createDirectories(dir.resolve("data")).resolve("myid"), "1\n");
        Files.createFile(dir.resolve("data").resolve("initialize"));
        final Path config = Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") +
            "\nclientPort=0\nstandaloneEnabled=false\nquorumListenOnAllIPs=true\ndynamicConfigFile=" + members + "\n");
        try (Server server = Server.launch(new ServerContext().file(config));
            Socket socket = new Socket("127.0.0.2", electionPort))
        {
            assertTrue(socket.isConnected());
            assertTrue(server.awaitServing(TIMEOUT));
            assertEquals("leader", server.role());
        }
    }

    @Test
    void shouldSayWhenTheTypeOfAPeerContradictsItsLine()
    {
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg",
            "server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\npeerType=observer\n"), new Properties());

        assertEquals(1, new OwnServer(Membership.of(settings), 1).advice(settings).stream()
            .filter(text -> text.startsWith("peerType=observer contradicts")).count());
    }

    /** ZooKeeper does not start so. */
    @Test
    void shouldSayWhenTheClientPortContradictsTheLine()
    {
        final String line = "server.1=a:1:2;2182\nserver.2=b:1:2;2181\nserver.3=c:1:2\n";

        assertEquals(List.of(), adviceFor(line));
        assertEquals(List.of(), adviceFor(line + "clientPort=2182\n"));
        assertEquals(1, adviceFor(line + "clientPort=2181\n").stream()
            .filter(text -> text.startsWith("clientPort=2181 contradicts the line server.1, which tells clients 2182"))
            .count());
    }

    private static List<String> adviceFor(final String config)
    {
        final Settings settings = Settings.resolve(List.of(), ZooCfg.parse("zoo.cfg", config), new Properties());

        return new OwnServer(Membership.of(settings), 1).advice(settings);
    }

    @Test
    void shouldOpenNoAdminServerWhenToldSo()
    {
        try (Server server = Server.launch(context().set("admin.enableServer", "false").set("admin.serverPort", "0")))
        {
            assertEquals(-1, server.adminPort());
        }
    }

    private ServerContext context()
    {
        return new ServerContext().dataDir(dir.resolve("data")).clientPort(0).clientPortAddress("127.0.0.1");
    }

    private ServerContext withSuper() throws GeneralSecurityException
    {
        return context().set("admin.serverPort", "0").set("DigestAuthenticationProvider.superDigest", "super:" +
            Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA1").digest(SUPER.getBytes(StandardCharsets.UTF_8))));
    }

    private HttpResponse<String> snapshot(final Server server) throws Exception
    {
        return get("http://127.0.0.1:" + server.adminPort() + "/commands/snapshot", "Authorization", "digest " + SUPER);
    }

    private int status(final String uri) throws Exception
    {
        return get(uri).statusCode();
    }

    private HttpResponse<String> get(final String uri, final String... headers) throws Exception
    {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT);
        if (headers.length > 0)
        {
            request.headers(headers);
        }

        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
