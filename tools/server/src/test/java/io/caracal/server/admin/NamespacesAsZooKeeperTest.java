/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import io.caracal.server.Words;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The figures of each namespace are those of a real ZooKeeper after the same requests, to the byte. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamespacesAsZooKeeperTest
{
    private static final String FAMILY = "_per_namespace";
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path dir;

    @Test
    void shouldCountByNamespaceAsZooKeeperDoes() throws Exception
    {
        try (ZooKeeperAdmin zooKeeper = ZooKeeperAdmin.launch(dir, "enforceQuota=true\n");
            Server server = Server.launch(new ServerContext().dataDir(dir.resolve("caracal")).clientPort(0)
                .clientPortAddress("127.0.0.1").set("admin.serverPort", "0").set("metricsProvider.httpPort", "0")
                .set("enforceQuota", "true").set("4lw.commands.whitelist", "mntr")))
        {
            use(zooKeeper.connectString());
            use(server.connectString());

            final Map<String, String> expected = figures(zooKeeper.adminPort());
            final Map<String, String> found = figures(server.adminPort());
            assertTrue(expected.containsKey("sum_short_read_per_namespace"), () -> "" + expected);
            assertEquals("2", expected.get("short_quota_exceeded_error_per_namespace"));
            assertEquals("7", expected.get("short_quota_count_limit_per_namespace"), "of two quotas, one hard");
            assertEquals("-2", expected.get("short_quota_bytes_limit_per_namespace"), "not limited, twice");
            assertEquals(expected, found);

            assertTrue(
                Words.ask(server.clientPort(), "mntr").contains("zk_short_quota_count_limit_per_namespace\t7\n"));

            final String scraped = AdminAsk.of(server.metricsPort(), "GET", "/metrics").body();
            for (final String line : List.of("quota_count_limit_per_namespace{key=\"short\"} 7.0",
                "quota_bytes_usage_per_namespace{key=\"short\"} " +
                    Double.valueOf(expected.get("short_quota_bytes_usage_per_namespace")),
                "quota_exceeded_error_per_namespace{key=\"short\"} 2.0",
                "read_per_namespace_sum{key=\"short\"} " + Double.valueOf(expected.get("sum_short_read_per_namespace")),
                "write_per_namespace_count{key=\"a-longer-namespace\"} " +
                    Double.valueOf(expected.get("cnt_a-longer-namespace_write_per_namespace")).intValue()))
            {
                assertTrue(scraped.lines().anyMatch(line::equals), () -> line + " is not in\n" + scraped);
            }
        }
    }

    private Map<String, String> figures(final int port) throws Exception
    {
        final Map<String, String> figures = new TreeMap<>();
        final JsonNode monitor = json.readTree(AdminAsk.of(port, "GET", "/commands/monitor").body());
        monitor.fields().forEachRemaining(field ->
        {
            if (field.getKey().endsWith(FAMILY))
            {
                figures.put(field.getKey(), field.getValue().asText());
            }
        });

        return figures;
    }

    /** Makes every kind of request that is counted, and some that are not. */
    private static void use(final String connectString) throws Exception
    {
        final ZooKeeper client = OfficialClient.connect(connectString);
        client.create("/short", HELLO, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create("/a-longer-namespace", null, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create("/short/child", HELLO, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create("/short/other", new byte[0], AdminTarget.open(), CreateMode.EPHEMERAL_SEQUENTIAL);
        client.setData("/short/child", new byte[100], -1);
        client.setACL("/short/child", AdminTarget.open(), -1);
        client.getACL("/short/child", null);
        client.getData("/short/child", false, null);
        client.getData("/short", event ->
        {
        }, null);
        client.exists("/a-longer-namespace", false);
        client.exists("/nowhere", false);
        client.exists("/", false);
        client.getChildren("/", false);
        client.getChildren("/short", false);
        client.getChildren("/a-longer-namespace", false, null);
        client.getAllChildrenNumber("/short");
        client.multi(List.of(Op.getData("/short/child"), Op.getChildren("/short"), Op.getData("/a-longer-namespace"),
            Op.getData("/nowhere")));
        client.multi(List.of(Op.create("/a-longer-namespace/x", HELLO, AdminTarget.open(), CreateMode.PERSISTENT),
            Op.setData("/a-longer-namespace/x", new byte[7], -1), Op.check("/short", -1),
            Op.delete("/a-longer-namespace/x", -1)));
        quota(client);
        inner(client);
        client.delete("/short/child", -1);
        client.close();
    }

    private static void quota(final ZooKeeper client) throws Exception
    {
        final byte[] limit = "count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=3".getBytes(StandardCharsets.US_ASCII);
        client.create(Quotas.quotaPath("/short"), null, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create(Quotas.limitPath("/short"), limit, AdminTarget.open(), CreateMode.PERSISTENT);
        client.create(Quotas.statPath("/short"), "count=3,bytes=105".getBytes(StandardCharsets.US_ASCII),
            AdminTarget.open(), CreateMode.PERSISTENT);
        assertThrows(KeeperException.QuotaExceededException.class, () -> client.create("/short/more", HELLO,
            AdminTarget.open(), CreateMode.PERSISTENT));
        assertThrows(KeeperException.QuotaExceededException.class,
            () -> client.multi(List.of(Op.setData("/a-longer-namespace", HELLO, -1),
                Op.create("/short/more", HELLO, AdminTarget.open(),
                    CreateMode.PERSISTENT))));
    }

    /** Creates soft quotas within another one and of no znode, and znodes that only look like parts of a quota. */
    private static void inner(final ZooKeeper client) throws Exception
    {
        create(client, "/zookeeper/quota/short/none", "");
        create(client, "/zookeeper/quota/short/none/zookeeper_limits", "count=4,bytes=-1");
        create(client, "/zookeeper/quota/short/none/zookeeper_stats", "count=0,bytes=0");
        create(client, "/zookeeper/quota/gone", "");
        create(client, "/zookeeper/quota/gone/zookeeper_limits", "count=9,bytes=5=;byteHardLimit=70");
        create(client, "/zookeeper/quota/odd", "");
        create(client, "/zookeeper/quota/odd/zookeeper_limits", "count=1,bytes=1");
        create(client, "/zookeeper/quota/odd/zookeeper_limits/below", "count=1,bytes=1");
        create(client, "/zookeeper/quota/odd/zookeeper_stats", "count=0,bytes=0");
        create(client, "/zookeeper/quota/empty", null);
        create(client, "/zookeeper/quota/empty/zookeeper_limits", "");
        create(client, "/zookeeper/quota/null", null);
        create(client, "/zookeeper/quota/null/zookeeper_limits", null);
    }

    private static void create(final ZooKeeper client, final String path, final String data) throws Exception
    {
        client.create(path, data == null ? null : data.getBytes(StandardCharsets.US_ASCII), AdminTarget.open(),
            CreateMode.PERSISTENT);
    }
}
