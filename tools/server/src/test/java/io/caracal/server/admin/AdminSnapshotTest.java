/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that are taken and restored over HTTP. */
@SuppressWarnings("try")
class AdminSnapshotTest
{
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

    @Test
    void shouldTakeASnapshotOnlyForThoseWithAllRights() throws Exception
    {
        target.client().create("/a", new byte[1], AdminTarget.open(), CreateMode.PERSISTENT);
        assertEquals(401, target.get("/commands/snapshot").statusCode());
        assertEquals(401, target.get("/commands/snapshot", "Authorization", "nonsense x").statusCode());
        assertEquals(401, target.get("/commands/snapshot", "Authorization",
            "digest " + "x".repeat(ZnodeReader.QUESTION_MAX)).statusCode());
        final HttpResponse<String> reply = target.get("/commands/snapshot", AdminTarget.SUPER);
        assertEquals(200, reply.statusCode());
        assertEquals("application/octet-stream", reply.headers().firstValue("Content-Type").orElse(""));
        assertTrue(Long.parseLong(reply.headers().firstValue("snapshot_size").orElse("0")) > 0);
        assertEquals(429, target.get("/commands/snapshot", AdminTarget.SUPER).statusCode());
        assertTrue(target.get("/commands/monitor").body().contains("\"snapshot_rate_limited_count\" : 1,"));
        assertEquals(400, target.get("/commands/restore", AdminTarget.SUPER).statusCode());
    }

    @Test
    void shouldBeSetBackByAnUploadedSnapshot() throws Exception
    {
        target.client().create("/kept", "as it was".getBytes(StandardCharsets.UTF_8), AdminTarget.open(),
            CreateMode.PERSISTENT);
        final byte[] taken = target.snapshot();
        target.client().setData("/kept", "changed".getBytes(StandardCharsets.UTF_8), -1);
        target.client().create("/lost", null, AdminTarget.open(), CreateMode.PERSISTENT);
        final long seen = target.client().exists("/lost", false).getCzxid();

        assertEquals(401, target.restore("x".getBytes(StandardCharsets.UTF_8)).statusCode());
        assertEquals("changed", target.data("/kept"));
        final HttpResponse<String> reply = target.restore(taken, AdminTarget.SUPER);
        assertEquals(200, reply.statusCode(), reply.body());
        assertEquals(List.of("last_zxid", "command", "error"), AdminTarget.keys(reply.body()));
        for (int i = 0; i < 2; i++)
        {
            target.reconnect();
            assertEquals("as it was", target.data("/kept"));
            assertEquals(null, target.client().exists("/lost", false));
            target.relaunch();
        }
        target.client().create("/new", null, AdminTarget.open(), CreateMode.PERSISTENT);
        assertTrue(target.client().exists("/new", false).getCzxid() > seen, "a zxid comes twice");
    }

    @Test
    void shouldRefuseAnUploadThatIsNoSnapshot() throws Exception
    {
        target.client().create("/kept", "as it was".getBytes(StandardCharsets.UTF_8), AdminTarget.open(),
            CreateMode.PERSISTENT);
        final HttpResponse<String> reply = target.restore("garbage".getBytes(StandardCharsets.UTF_8),
            AdminTarget.SUPER);
        assertEquals(400, reply.statusCode());
        assertTrue(reply.body().contains("nothing was changed"), reply.body());
        assertEquals("as it was", target.data("/kept"));
        final byte[] taken = target.snapshot();
        assertEquals(200, target.restore(taken, AdminTarget.SUPER).statusCode(), "after a file that was refused");

        assertEquals(429, target.restore(taken, AdminTarget.SUPER).statusCode());
        assertTrue(target.get("/commands/monitor").body().contains("\"restore_rate_limited_count\" : 1,"));
    }

    /** An operator who restores at night must not be told to move the data of a sound server away. */
    @Test
    void shouldSayThatWhatWasSentIsDamagedAndNotTheServer() throws Exception
    {
        target.client().create("/kept", new byte[1000], AdminTarget.open(), CreateMode.PERSISTENT);
        final byte[] taken = target.snapshot();
        taken[taken.length / 2] ^= 1;
        final HttpResponse<String> reply = target.restore(taken, AdminTarget.SUPER);
        assertEquals(400, reply.statusCode(), reply.body());
        assertTrue(reply.body().contains("the file that was sent is damaged"), reply.body());
        assertFalse(reply.body().contains("Restore the data directory"), reply.body());
    }

    @Test
    void shouldNameTheKeyThatZnodesWithATtlNeed(@TempDir final Path other) throws Exception
    {
        final byte[] taken;
        try (
            Server timed = Server.launch(new ServerContext().dataDir(other).clientPort(0).clientPortAddress("127.0.0.1")
                .set("admin.serverPort", "0").set("extendedTypesEnabled", "true")
                .set("DigestAuthenticationProvider.superDigest", "super:" + AdminTarget.digest("super:secret")));
            ZooKeeper client = OfficialClient.connect(timed.connectString()))
        {
            client.create("/timed", null, AdminTarget.open(), CreateMode.PERSISTENT_WITH_TTL, null, 1_000_000);
            taken = AdminAsk.bytes(timed.adminPort(), "/commands/snapshot", AdminTarget.SUPER).body();
        }

        final HttpResponse<String> reply = target.restore(taken, AdminTarget.SUPER);
        assertEquals(400, reply.statusCode(), reply.body());
        assertTrue(reply.body().contains("/timed for one"), reply.body());
        assertTrue(reply.body().contains("extendedTypesEnabled=true"), reply.body());
        assertEquals(null, target.client().exists("/timed", false));
    }
}
