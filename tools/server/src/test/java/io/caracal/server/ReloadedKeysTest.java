/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import static io.caracal.server.config.ServerProperty.CONNECTION_DECREASE_RATIO;
import static io.caracal.server.config.ServerProperty.CONNECTION_DROP_DECREASE;
import static io.caracal.server.config.ServerProperty.CONNECTION_DROP_INCREASE;
import static io.caracal.server.config.ServerProperty.CONNECTION_FILL_COUNT;
import static io.caracal.server.config.ServerProperty.CONNECTION_FILL_TIME;
import static io.caracal.server.config.ServerProperty.CONNECTION_FREEZE_TIME;
import static io.caracal.server.config.ServerProperty.CONNECTION_TOKENS;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHTS;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_GLOBAL;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_LOCAL;
import static io.caracal.server.config.ServerProperty.CONNECTION_WEIGHT_RENEW;
import static io.caracal.server.config.ServerProperty.CONTAINER_INTERVAL;
import static io.caracal.server.config.ServerProperty.CONTAINER_NEVER_USED;
import static io.caracal.server.config.ServerProperty.CONTAINER_PER_MINUTE;
import static io.caracal.server.config.ServerProperty.FOUR_LETTER_WORDS;
import static io.caracal.server.config.ServerProperty.FSYNC_WARNING;
import static io.caracal.server.config.ServerProperty.GLOBAL_OUTSTANDING_LIMIT;
import static io.caracal.server.config.ServerProperty.LARGE_REQUEST_MAX_BYTES;
import static io.caracal.server.config.ServerProperty.LARGE_REQUEST_THRESHOLD;
import static io.caracal.server.config.ServerProperty.MAX_CLIENT_CNXNS;
import static io.caracal.server.config.ServerProperty.MAX_CNXNS;
import static io.caracal.server.config.ServerProperty.MAX_SESSION_TIMEOUT;
import static io.caracal.server.config.ServerProperty.PURGE_INTERVAL;
import static io.caracal.server.config.ServerProperty.SLOW_REQUEST;
import static io.caracal.server.config.ServerProperty.SNAPSHOT_RATE;
import static io.caracal.server.config.ServerProperty.SNAP_COUNT;
import static io.caracal.server.config.ServerProperty.SNAP_SIZE_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import io.caracal.server.config.ServerProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each key that can be reloaded does, seen by clients of one running server: first with one value, then with
 * another. What is shown is shown by an event that comes, or by one that cannot come before many other things have
 * happened; nothing depends on how long something takes.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadedKeysTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int OTHER_REQUESTS = 20;
    private static final int PIPELINE = 10;
    private static final int TRIES = 5;
    /** Fill time of buckets that fill while a test looks on. */
    private static final int FILL_MS = 20;
    private static final String NEVER = "connection_throttle_fill_time=2147483647";
    private static final String SOON = "connection_throttle_fill_time=" + FILL_MS;
    private static final String DROPS = "connection_throttle_freeze_time=0";
    private static final String WEIGHTS = "connection_throttle_weight_enabled=true";
    private static final String LOOKS = "znode.container.checkIntervalMs=5";
    private static final int KEPT = 5;
    /** One snapshot is due within so many transactions of a kilobyte, and a second one not before so many more. */
    private static final int SNAP_TXNS = 20;
    /** What is written at once, whatever the pace, is half of this. */
    private static final int LARGE_TREE = 1 << 20;
    private static final byte[] NOTHING = new byte[0];

    @TempDir
    private static Path dir;
    private static final HeldDisk DISK = new HeldDisk();
    private static Server server;
    private static InetSocketAddress address;
    private static int names;

    private final List<RawClient> clients = new ArrayList<>();

    /** Shows what a key does. */
    @FunctionalInterface
    private interface Proof
    {
        void show(ReloadedKeysTest test) throws IOException;
    }

    private record Row(ServerProperty key, Proof proof)
    {
        @Override
        public String toString()
        {
            return key.key();
        }
    }

    static Stream<Row> rows()
    {
        return Stream.of(
            new Row(MAX_CLIENT_CNXNS, test -> test.takesOneThenTwo("maxClientCnxns=1", "maxClientCnxns=2")),
            new Row(MAX_CNXNS, test -> test.takesOneThenTwo("maxCnxns=1", "maxCnxns=2")),
            new Row(CONNECTION_TOKENS, test -> test.takesOneThenTwo("connection_throttle_tokens=1\n" + NEVER,
                "connection_throttle_tokens=3\n" + NEVER)),
            new Row(MAX_SESSION_TIMEOUT, ReloadedKeysTest::grantsOtherTimeouts),
            new Row(GLOBAL_OUTSTANDING_LIMIT, ReloadedKeysTest::readsNoFurther),
            new Row(LARGE_REQUEST_THRESHOLD, test -> test.refusesThenTakesALargeRequest(
                "largeRequestThreshold=100\nlargeRequestMaxBytes=200",
                "largeRequestThreshold=10000\nlargeRequestMaxBytes=200")),
            new Row(LARGE_REQUEST_MAX_BYTES, test -> test.refusesThenTakesALargeRequest(
                "largeRequestThreshold=100\nlargeRequestMaxBytes=200",
                "largeRequestThreshold=100\nlargeRequestMaxBytes=2000")),
            new Row(CONNECTION_FILL_TIME, ReloadedKeysTest::fillsInTime),
            new Row(CONNECTION_FILL_COUNT, ReloadedKeysTest::fillsByCount),
            new Row(CONNECTION_FREEZE_TIME, test -> test.dropsByChance(
                "connection_throttle_drop_increase=1\nconnection_throttle_freeze_time=-1",
                "connection_throttle_drop_increase=1\n" + DROPS)),
            new Row(CONNECTION_DROP_INCREASE, test -> test.dropsByChance(
                "connection_throttle_drop_increase=0\n" + DROPS, "connection_throttle_drop_increase=1\n" + DROPS)),
            new Row(CONNECTION_DROP_DECREASE, test -> test.dropsByChance(
                "connection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=1\n" + DROPS,
                "connection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=0\n" + DROPS)),
            new Row(CONNECTION_DECREASE_RATIO, ReloadedKeysTest::stopsDroppingBeforeTheBucketIsFull),
            new Row(CONNECTION_WEIGHTS, test -> test.renews(2, "connection_throttle_tokens=2\n" + weights(10, 1, 1),
                1, "connection_throttle_tokens=2\n" + weights(10, 1, 1).replace("true", "false"))),
            new Row(CONNECTION_WEIGHT_GLOBAL, test -> test.renews(2, "connection_throttle_tokens=2\n" + weights(10, 5,
                1), 1, "connection_throttle_tokens=2\n" + weights(5, 5, 1))),
            new Row(CONNECTION_WEIGHT_RENEW, test -> test.renews(2, "connection_throttle_tokens=2\n" + weights(10, 5,
                1), 1, "connection_throttle_tokens=2\n" + weights(10, 6, 1))),
            new Row(CONNECTION_WEIGHT_LOCAL, test -> test.renews(2, "connection_throttle_tokens=2\n" + weights(10, 5,
                1), 1, "connection_throttle_tokens=2\n" + weights(10, 5, 7))),
            new Row(CONTAINER_INTERVAL, ReloadedKeysTest::looksAtContainersSooner),
            new Row(CONTAINER_PER_MINUTE, ReloadedKeysTest::removesContainersFaster),
            new Row(CONTAINER_NEVER_USED, ReloadedKeysTest::removesContainersThatNobodyUsed),
            new Row(SNAP_COUNT, test -> test.takesASnapshotOnlyWith("snapCount=" + SNAP_TXNS)),
            new Row(SNAP_SIZE_LIMIT, test -> test.takesASnapshotOnlyWith("snapSizeLimitInKb=" + SNAP_TXNS)),
            new Row(SNAPSHOT_RATE, ReloadedKeysTest::hurriesASnapshot),
            new Row(PURGE_INTERVAL, ReloadedKeysTest::removesOldSnapshots),
            new Row(SLOW_REQUEST, ReloadedKeysTest::tellsOfSlowRequests),
            new Row(FOUR_LETTER_WORDS, ReloadedKeysTest::answersAWord));
    }

    private static String weights(final int global, final int renew, final int local)
    {
        return NEVER + "\n" + WEIGHTS + "\nconnection_throttle_global_session_weight=" + global +
            "\nconnection_throttle_renew_session_weight=" + renew +
            "\nconnection_throttle_local_session_weight=" + local;
    }

    @BeforeAll
    static void launch() throws IOException
    {
        write("");
        server = Server.launch(new ServerContext().file(dir.resolve("zoo.cfg")).fileSystem(DISK));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.clientPort());
    }

    @AfterAll
    static void close()
    {
        DISK.release();
        server.close();
    }

    @AfterEach
    void endClients() throws IOException
    {
        DISK.release();
        reload("");
        for (final RawClient client : clients)
        {
            client.close();
        }
        await("all connections to end", () -> server.metrics().openConnections() == 0);
    }

    /** One row more is that of a log line: ServerMainTest has the signal sent to a process, and reads its log. */
    @Test
    void shouldHaveARowForEachKey()
    {
        final Set<ServerProperty> wanted = Arrays.stream(ServerProperty.values()).filter(ServerProperty::isReloadable)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(ServerProperty.class)));
        wanted.remove(FSYNC_WARNING);

        final Map<ServerProperty, Row> rows = new EnumMap<>(ServerProperty.class);
        rows().forEach(row -> rows.put(row.key(), row));
        assertEquals(wanted, rows.keySet());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldActOnTheNewValue(final Row row) throws IOException
    {
        row.proof().show(this);
    }

    private void takesOneThenTwo(final String one, final String two) throws IOException
    {
        reload(one);
        assertTrue(isServed(), "the first");
        assertFalse(isServed(), "a second");
        reload(two);
        assertTrue(isServed(), "a second, with the new value");
    }

    private void grantsOtherTimeouts() throws IOException
    {
        reload("maxSessionTimeout=20000");
        assertEquals(20_000, open(100_000).timeoutMs());
        reload("maxSessionTimeout=30000");
        assertEquals(30_000, open(100_000).timeoutMs());
    }

    private void readsNoFurther() throws IOException
    {
        reload("globalOutstandingLimit=2");
        final RawClient writer = open();
        final RawClient reader = open();
        DISK.hold();
        for (int i = 0; i < PIPELINE; i++)
        {
            writer.sendCreate(name(), NOTHING, 0);
        }

        await("some to be under way", () -> outstanding() >= 2);
        turn(reader);
        assertTrue(outstanding() < PIPELINE, "under way: " + outstanding());
        reload("globalOutstandingLimit=1000");
        await("all to be under way", () -> outstanding() >= PIPELINE);
        DISK.release();
        for (int i = 0; i < PIPELINE; i++)
        {
            assertEquals(RawClient.OK, writer.errorCode());
        }
    }

    private static long outstanding()
    {
        return server.metrics().gauge(Gauge.OUTSTANDING_REQUESTS);
    }

    private void refusesThenTakesALargeRequest(final String refused, final String taken) throws IOException
    {
        final byte[] data = new byte[500];
        reload(refused);
        assertEquals(RawClient.CLOSED, open().create(name(), data, 0));
        reload(taken);
        assertEquals(RawClient.OK, open().create(name(), data, 0));
    }

    private void fillsInTime() throws IOException
    {
        reload("connection_throttle_tokens=1\n" + NEVER);
        assertTrue(isServed());
        assertFalse(isServed());
        reload("connection_throttle_tokens=1\n" + SOON);
        assertTrue(isServed());
        await("another token", this::isServed);
    }

    /** Tokens come one by one, or so many that the bucket is full at once. */
    private void fillsByCount() throws IOException
    {
        reload("connection_throttle_tokens=4\nconnection_throttle_fill_count=1000\n" + SOON);
        await("an empty bucket", () -> !isServed());
        await("a full bucket", this::isServed);
        for (int i = 0; i < 3; i++)
        {
            assertTrue(isServed(), "token " + i + " of those that came together");
        }
    }

    private void dropsByChance(final String no, final String yes) throws IOException
    {
        reload("connection_throttle_tokens=1\n" + SOON + "\n" + no);
        assertFalse(isDroppedWithATokenThere());
        reload("connection_throttle_tokens=1\n" + SOON + "\n" + yes);
        assertTrue(isDroppedWithATokenThere());
    }

    /** Taking a session up empties a bucket that takes the test's lifetime to fill; one token comes soon. */
    private void stopsDroppingBeforeTheBucketIsFull() throws IOException
    {
        final String keys = "connection_throttle_tokens=100000\n" + SOON + "\n" + DROPS + "\n" + WEIGHTS +
            "\nconnection_throttle_drop_increase=1\nconnection_throttle_drop_decrease=1\n" +
            "connection_throttle_global_session_weight=1\nconnection_throttle_renew_session_weight=100000\n";
        final RawClient session = open();
        reload(keys + "connection_throttle_decrease_ratio=0");
        assertTrue(isTaken(RawClient.tryRenew(address, session)));
        assertTrue(isDroppedWithATokenThere());
        reload(keys + "connection_throttle_decrease_ratio=1");
        assertTrue(isTaken(RawClient.tryRenew(address, session)));
        assertFalse(isDroppedWithATokenThere());
    }

    /** Chance is certainty here: once the bucket was found empty everybody is dropped, or nobody ever is. */
    private boolean isDroppedWithATokenThere() throws IOException
    {
        for (int i = 0; i < TRIES; i++)
        {
            await("an empty bucket", () -> !isServed());
            final long emptyNs = System.nanoTime();
            while (System.nanoTime() - emptyNs < TimeUnit.MILLISECONDS.toNanos(2 * FILL_MS + 2))
            {
                Thread.onSpinWait();
            }
            if (!isServed())
            {
                return true;
            }
        }

        return false;
    }

    /** How often a session can be taken up again after it has taken its tokens from a full bucket. */
    private void renews(final int firstCount, final String first, final int thenCount, final String then)
        throws IOException
    {
        reload(first);
        assertRenewals(firstCount);
        reload(then);
        assertRenewals(thenCount);
    }

    private void assertRenewals(final int count) throws IOException
    {
        final RawClient session = open();
        for (int i = 0; i < 2; i++)
        {
            assertEquals(i < count, isTaken(RawClient.tryRenew(address, session)), "renewal " + i);
        }
    }

    private void looksAtContainersSooner() throws IOException
    {
        final RawClient client = open();
        final String container = usedContainer(client);
        turn(client);
        assertTrue(client.exists(container), "the next look comes after a minute");
        reload(LOOKS);
        await("a look", () -> !client.exists(container));
    }

    private void removesContainersFaster() throws IOException
    {
        final RawClient client = open();
        reload(LOOKS + "\nznode.container.maxPerMinute=2147483647");
        final String first = usedContainer(client);
        await("a first one to go", () -> !client.exists(first));
        reload(LOOKS + "\nznode.container.maxPerMinute=1");
        final String second = usedContainer(client);
        turn(client);
        assertTrue(client.exists(second), "one goes in a minute");
        reload(LOOKS + "\nznode.container.maxPerMinute=60000");
        await("it to go as well", () -> !client.exists(second));
    }

    private void removesContainersThatNobodyUsed() throws IOException
    {
        final RawClient client = open();
        final String unused = name();
        assertEquals(RawClient.OK, client.create(unused, NOTHING, RawClient.CONTAINER));
        reload(LOOKS);
        final String used = usedContainer(client);
        await("a look", () -> !client.exists(used));
        assertTrue(client.exists(unused));
        reload(LOOKS + "\nznode.container.maxNeverUsedIntervalMs=1");
        await("it to go", () -> !client.exists(unused));
    }

    private static String usedContainer(final RawClient client) throws IOException
    {
        final String container = name();
        assertEquals(RawClient.OK, client.create(container, NOTHING, RawClient.CONTAINER));
        assertEquals(RawClient.OK, client.create(container + "/child", NOTHING, 0));
        assertEquals(RawClient.OK, client.delete(container + "/child"));
        return container;
    }

    private void takesASnapshotOnlyWith(final String line) throws IOException
    {
        final RawClient client = open();
        final long before = server.metrics().count(Count.SNAPSHOTS);
        fill(client, SNAP_TXNS);
        turn(client);
        assertEquals(before, server.metrics().count(Count.SNAPSHOTS));
        reload(line);
        takeSnapshot(client);
    }

    private static void takeSnapshot(final RawClient client) throws IOException
    {
        final long before = server.metrics().count(Count.SNAPSHOTS);
        fill(client, SNAP_TXNS);
        await("a snapshot", () -> server.metrics().count(Count.SNAPSHOTS) > before);
    }

    private void hurriesASnapshot() throws IOException
    {
        final RawClient client = open();
        for (int i = 0; i < 2; i++)
        {
            assertEquals(RawClient.OK, client.create(name(), new byte[LARGE_TREE / 2], 0));
        }
        final long before = server.metrics().count(Count.SNAPSHOTS);
        reload("snapshotRateInKb=1\nsnapCount=" + SNAP_TXNS);
        fill(client, SNAP_TXNS);
        await("a slow snapshot", () -> server.metrics().gauge(Gauge.SNAPSHOT_RUNNING) == 1);
        turn(client);
        assertEquals(before, server.metrics().count(Count.SNAPSHOTS), "it takes minutes");
        reload("snapshotRateInKb=0");
        await("its end", () -> server.metrics().count(Count.SNAPSHOTS) > before);
    }

    private void removesOldSnapshots() throws IOException
    {
        final RawClient client = open();
        // Another value begins to count anew, so that none is under way when the last has been published.
        for (int i = 0; snapshots().size() < KEPT + 2; i++)
        {
            reload("snapCount=" + (SNAP_TXNS + i % 2));
            takeSnapshot(client);
        }
        final List<String> all = snapshots();
        reload("autopurge.purgeInterval=1");
        final List<String> kept = all.subList(all.size() - KEPT, all.size());
        await("old ones to go but " + kept, () -> snapshots().equals(kept));
    }

    private static List<String> snapshots() throws IOException
    {
        try (Stream<Path> files = Files.list(dir.resolve("data/caracal-1/snapshots")))
        {
            return files.map(file -> file.getFileName().toString()).filter(file -> !file.endsWith(".tmp")).sorted()
                .toList();
        }
    }

    private void tellsOfSlowRequests() throws IOException
    {
        final RawClient client = open();
        reload("slowRequestMs=0");
        final String untold = name();
        createSlowly(client, untold);
        reload("slowRequestMs=1");
        final String told = name();
        createSlowly(client, told);
        await("a line about it", () -> isTold(told));
        assertFalse(isTold(untold));
    }

    private static boolean isTold(final String path)
    {
        return server.slowRequests().latest().stream().anyMatch(request -> path.equals(request.path()));
    }

    private static void createSlowly(final RawClient client, final String path) throws IOException
    {
        DISK.hold();
        client.sendCreate(path, NOTHING, 0);
        await("a force", DISK::isForcing);
        final long heldNs = System.nanoTime();
        while (System.nanoTime() - heldNs < TimeUnit.MILLISECONDS.toNanos(3))
        {
            Thread.onSpinWait();
        }
        DISK.release();
        assertEquals(RawClient.OK, client.errorCode());
    }

    private void answersAWord() throws IOException
    {
        assertEquals("ruok is not executed because it is not in the whitelist.", Words.ask(address, "ruok").strip());
        reload("4lw.commands.whitelist=ruok");
        assertEquals("imok", Words.ask(address, "ruok"));
    }

    private static void fill(final RawClient client, final int count) throws IOException
    {
        for (int i = 0; i < count; i++)
        {
            assertEquals(RawClient.OK, client.create(name(), new byte[1000], 0));
        }
    }

    /** Lets the loop turn a good number of times. */
    private static void turn(final RawClient client) throws IOException
    {
        for (int i = 0; i < OTHER_REQUESTS; i++)
        {
            assertTrue(client.exists("/"));
        }
    }

    private static String name()
    {
        return "/n" + names++;
    }

    private RawClient open() throws IOException
    {
        return open((int)TimeUnit.NANOSECONDS.toMillis(LIMIT_NS));
    }

    private RawClient open(final int wantedMs) throws IOException
    {
        final RawClient client = RawClient.tryOpen(address, wantedMs);
        assertNotNull(client, "no session");
        clients.add(client);
        return client;
    }

    private boolean isServed() throws IOException
    {
        return isTaken(RawClient.tryOpen(address, (int)TimeUnit.NANOSECONDS.toMillis(LIMIT_NS)));
    }

    private boolean isTaken(final RawClient client)
    {
        if (client != null)
        {
            clients.add(client);
        }

        return client != null;
    }

    private static void reload(final String lines) throws IOException
    {
        write(lines);
        server.reload();
    }

    private static void write(final String lines) throws IOException
    {
        Files.writeString(dir.resolve("zoo.cfg"), "dataDir=" + dir.resolve("data") +
            "\nclientPort=0\nclientPortAddress=127.0.0.1\nautopurge.snapRetainCount=" + KEPT + "\n" + lines + "\n");
    }

    /** Something that may or may not be so yet. */
    @FunctionalInterface
    private interface Condition
    {
        boolean holds() throws IOException;
    }

    private static void await(final String what, final Condition condition) throws IOException
    {
        final long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.holds())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "waited for " + what);
            Thread.onSpinWait();
        }
    }
}
