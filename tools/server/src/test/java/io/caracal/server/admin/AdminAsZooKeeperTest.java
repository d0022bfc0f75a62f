/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.admin;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.caracal.server.OfficialClient;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends every command to the admin servers of a real ZooKeeper and of Caracal, with the same client connected to both.
 * The status, the keys and the types of values must be the same, and so must the values that do not depend on the
 * moment. Intended differences are listed with their reasons; a listed difference that no longer exists fails the test.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdminAsZooKeeperTest
{
    private static final int ALL = 31;
    private static final String SUPER = "digest super:secret";

    /** Commands and aliases; those that only set something come last. */
    private static final List<String> COMMANDS = List.of("configuration", "conf", "config", "connections", "cons",
        "dirs", "dump", "environment", "env", "envi", "get_trace_mask", "gtmk", "hash", "is_read_only", "isro",
        "leader",
        "lead", "monitor", "mntr", "observers", "obsr", "ruok", "server_stats", "srvr", "stats", "stat", "voting_view",
        "watches", "wchc", "watches_by_path", "wchp", "watch_summary", "wchs", "zabstate", "initial_configuration",
        "icfg",
        "last_snapshot", "lsnp", "set_trace_mask", "stmk", "set_trace_mask?traceMask=7", "stmk?traceMask=x",
        "system_properties", "sysp", "nonsense", "srvr/x", "connection_stat_reset", "crst",
        "observer_connection_stat_reset", "orst", "stat_reset", "srst");

    /** Keys whose values do not depend on time, place or speed. */
    private static final Set<String> STABLE = Set.of("command", "error", "tick_time", "max_client_cnxns",
        "min_session_timeout", "max_session_timeout", "server_id", "client_port_listen_backlog", "read_only",
        "node_count", "server_state", "num_alive_client_connections", "num_connections", "num_paths",
        "num_total_watches",
        "voting", "zabstate", "tracemask", "synced_observers", "znode_count", "watch_count", "ephemerals_count",
        "session_timeout", "interest_ops", "provider_null", "auth_failed_count", "global_sessions", "local_sessions",
        "data_is_valid");

    /** Keys that only ZooKeeper has, with the reason. */
    private static final Map<String, String> MISSING = Map.of("system property", "each process has its own");
    /** Keys that only Caracal has, with the reason. */
    private static final Map<String, String> MORE = Map.ofEntries(entry("native_memory_bytes",
        "the tree is not on the heap"), entry("client_buffer_bytes", "nor are buffers of connections"),
        entry("tree_bytes*", "and has a limit of its own"),
        entry("native_bytes_*", "for what it is"), entry("duty_cycle*", "there is one loop"),
        entry("*_loop_stall_us", "which must not stall"), entry("*_force_us", "what clients wait for"),
        entry("*_stage_us", "and where else their time goes"), entry("*_watch_delivery_us",
            "what no other server tells"),
        entry("parked_requests",
            "clients keep their connections while there is no leader"),
        entry("link*",
            "between servers"),
        entry("files_missing", "what a start would not find"),
        entry("apply_delay_ms", "how old a state clients see"), entry("system property", "each process has its own"));
    private static final Pattern OWN_COMMAND =
        Pattern.compile("<a href=\"/commands/(hot_paths|slow_requests)\">\\1</a>\n<br/>\n");
    /** Patterns of keys that are treated as one key. */
    private static final List<String> FAMILIES = List.of("native_bytes_*", "tree_bytes*", "*_loop_stall_us",
        "*_force_us", "*_stage_us", "*_watch_delivery_us", "link*", "duty_cycle*");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    private Path dir;

    /** One of the two servers under comparison. */
    private record Side(int port, String owner)
    {
        HttpResponse<String> ask(final String method, final String path, final String... headers) throws Exception
        {
            return AdminAsk.of(port, method, path, headers);
        }
    }

    @Test
    void shouldAnswerAsZooKeeperDoes() throws Exception
    {
        try (ZooKeeperAdmin zooKeeper = ZooKeeperAdmin.launch(dir);
            Server server = Server.launch(new ServerContext().file(config())))
        {
            final ZooKeeper there = client(zooKeeper.connectString());
            final ZooKeeper here = client(server.connectString());
            assertNotEquals(there.getSessionId(), here.getSessionId());
            final Side theirs = new Side(zooKeeper.adminPort(), Long.toString(there.getSessionId()));
            final Side ours = new Side(server.adminPort(), Long.toString(here.getSessionId()));
            final Set<String> differences = new TreeSet<>();
            for (final String command : COMMANDS)
            {
                compare(command, theirs, ours, differences);
            }

            final Set<String> wanted = new TreeSet<>();
            MISSING.keySet().forEach(key -> wanted.add("missing " + key));
            MORE.keySet().forEach(key -> wanted.add("more " + key));
            assertEquals(wanted, differences);
            countsFromTheResetOn(theirs, zooKeeper.connectString());
            countsFromTheResetOn(ours, server.connectString());
            compareRights(theirs, ours);
            compareMethods(theirs, ours);
            assertEquals(theirs.ask("GET", "/commands").body(), OWN_COMMAND.matcher(ours.ask("GET", "/commands").body())
                .replaceAll(""));
            there.close();
            here.close();
        }
    }

    private Path config() throws Exception
    {
        return Files.writeString(dir.resolve("caracal.cfg"), "dataDir=" + dir.resolve("caracal") +
            "\nclientPort=0\nclientPortAddress=127.0.0.1\ntickTime=2000\nadmin.serverPort=0" +
            "\nDigestAuthenticationProvider.superDigest=super:" + AdminTarget.digest("super:secret") + "\n");
    }

    private static ZooKeeper client(final String connectString) throws Exception
    {
        final ZooKeeper client = OfficialClient.connect(connectString);
        final List<ACL> open = Collections.singletonList(new ACL(ALL, new Id("world", "anyone")));
        client.create("/a", "hello".getBytes(StandardCharsets.UTF_8), open, CreateMode.PERSISTENT);
        client.create("/e", new byte[0], open, CreateMode.EPHEMERAL);
        client.getData("/a", event ->
        {
        }, null);
        return client;
    }

    private void compare(final String command, final Side theirs, final Side ours, final Set<String> differences)
        throws Exception
    {
        final HttpResponse<String> expected = theirs.ask("GET", "/commands/" + command);
        final HttpResponse<String> found = ours.ask("GET", "/commands/" + command);
        assertEquals(expected.statusCode(), found.statusCode(), command);
        assertEquals(type(expected), type(found), command);
        final boolean isOfProcess = command.startsWith("sys");
        final Map<String, String> shape = shape(expected.body(), theirs);
        final Map<String, String> own = shape(found.body(), ours);
        for (final Map.Entry<String, String> entry : shape.entrySet())
        {
            final String mine = own.remove(entry.getKey());
            if (mine == null)
            {
                differences.add("missing " + name(entry.getKey(), isOfProcess));
            }
            else if (!isOfProcess)
            {
                assertEquals(entry.getValue(), mine, command + " " + entry.getKey());
            }
        }
        own.keySet().forEach(key -> differences.add("more " + name(key, isOfProcess)));
        assertEquals(blanks(expected.body()), blanks(found.body()), command);
    }

    private static String name(final String key, final boolean isOfProcess)
    {
        if (isOfProcess)
        {
            return "system property";
        }

        return FAMILIES.stream().filter(family -> isOf(family, key)).findFirst().orElse(key);
    }

    private static boolean isOf(final String family, final String key)
    {
        return family.startsWith("*") ? key.endsWith(family.substring(1)) :
            key.startsWith(family.substring(0, family.length() - 1));
    }

    /** Describes the layout of a document, because scripts that know nothing of JSON cut it apart. */
    private static List<Boolean> blanks(final String text)
    {
        return List.of(text.startsWith("{\n  \""), text.contains("\" : "), text.contains("[\n"), text.contains("[]"),
            text.contains("{}"));
    }

    private static String type(final HttpResponse<String> answer)
    {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    /** Maps the place of each value to its type, or to the value itself where it is stable. */
    private Map<String, String> shape(final String body, final Side side) throws Exception
    {
        final Map<String, String> shape = new TreeMap<>();
        describe("", json.readTree(body), side, shape);
        return shape;
    }

    private void describe(final String place, final JsonNode value, final Side side, final Map<String, String> shape)
    {
        if (value.isObject())
        {
            value.fields().forEachRemaining(field -> describe(place + "." + key(field.getKey(), side), field.getValue(),
                side, shape));
        }
        else if (value.isArray())
        {
            value.forEach(each -> describe(place + "[]", each, side, shape));
        }
        else
        {
            final String last = place.substring(place.lastIndexOf('.') + 1);
            final boolean isOwner = side.owner.equals(value.asText());
            shape.put(last.length() == place.length() - 1 ? last : place, isOwner ? "(session)" :
                STABLE.contains(last) ? value.toString() : value.isNumber() ? "number" : value.getNodeType().name());
        }
    }

    /** Masks keys that are values themselves: the session, and the time of its expiry. */
    private static String key(final String key, final Side side)
    {
        return side.owner.equals(key) ? "(session)" : key.matches("\\d{5,}") ? "(time)" : key;
    }

    private void countsFromTheResetOn(final Side side, final String connectString) throws Exception
    {
        OfficialClient.connect(connectString).close();
        assertNotEquals(0, connectionRequests(side));
        side.ask("GET", "/commands/stat_reset");
        assertEquals(0, connectionRequests(side));
    }

    private long connectionRequests(final Side side) throws Exception
    {
        return json.readTree(side.ask("GET", "/commands/monitor").body()).get("connection_request_count").asLong();
    }

    private static void compareRights(final Side theirs, final Side ours) throws Exception
    {
        final List<String[]> headers = new ArrayList<>();
        headers.add(new String[0]);
        headers.add(new String[]{ "Authorization", "digest" });
        headers.add(new String[]{ "Authorization", "nonsense x" });
        for (final String command : List.of("snapshot", "snap", "restore", "rest"))
        {
            for (final String[] header : headers)
            {
                final String method = command.startsWith("r") ? "POST" : "GET";
                final HttpResponse<String> expected = theirs.ask(method, "/commands/" + command, header);
                final HttpResponse<String> found = ours.ask(method, "/commands/" + command, header);
                final String asked = command + " " + String.join(": ", header);
                assertEquals(expected.statusCode(), found.statusCode(), asked);
                assertEquals(expected.body(), found.body().strip(), asked);
            }
        }

        final String path = "/commands/snapshot?streaming=false";
        final HttpResponse<String> expected = theirs.ask("GET", path, "Authorization", SUPER);
        final HttpResponse<String> found = ours.ask("GET", path, "Authorization", SUPER);
        assertEquals(200, expected.statusCode());
        assertEquals(expected.body(), found.body().strip());
        for (final String header : List.of("last_zxid", "snapshot_size"))
        {
            assertEquals(expected.headers().firstValue(header).isPresent(), found.headers().firstValue(header)
                .isPresent(), header);
        }
    }

    /** ZooKeeper fails a POST command without a body. Caracal answers it, as the caller intended. */
    private static void compareMethods(final Side theirs, final Side ours) throws Exception
    {
        for (final String method : List.of("HEAD", "PUT", "DELETE"))
        {
            assertEquals(theirs.ask(method, "/commands/ruok").statusCode(), ours.ask(method, "/commands/ruok")
                .statusCode(), method);
        }
        assertTrue(theirs.ask("POST", "/commands/ruok").statusCode() >= 500);
        assertEquals(200, ours.ask("POST", "/commands/ruok").statusCode());
    }
}
