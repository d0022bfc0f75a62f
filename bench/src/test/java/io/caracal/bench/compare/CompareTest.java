/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.servers.FourLetterWord;
import io.caracal.bench.servers.NothingKind;
import io.caracal.bench.servers.ServerKind;
import io.caracal.bench.servers.ServerProcess;
import io.caracal.bench.servers.ZooKeeperKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.caracal.bench.fleet.Fleet;
import io.caracal.bench.fleet.SlowClient;
import io.caracal.bench.load.LoadContext;
import io.caracal.bench.load.LoadGenerator;
import io.caracal.bench.load.LoadReport;
import io.caracal.bench.load.Operation;
import io.caracal.bench.load.OperationMix;
import io.caracal.bench.load.ProgressHandler;
import io.caracal.bench.report.Figures;
import io.caracal.engine.protocol.ErrorCode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Short comparisons of real processes. No time is asserted. */
@Timeout(720)
class CompareTest
{
    @TempDir
    private static Path sharedDir;

    private static ServerProcess zooKeeper;

    @TempDir
    private Path dir;

    @BeforeAll
    static void startZooKeeper() throws IOException
    {
        zooKeeper = new ServerProcess(new ZooKeeperKind(ZooKeeperKind.HEAP), sharedDir, false);
        zooKeeper.start();
    }

    @AfterAll
    static void stopZooKeeper()
    {
        zooKeeper.close();
    }

    @Test
    void shouldAgreeWithZooKeeperOnEveryCount()
    {
        final LoadGenerator generator =
            generator(zooKeeper, "/counts", "get=5,set=5,create=2,exists=1,list=1,multi=1,ephemeral=2");
        final long before = nodeCount(zooKeeper);
        generator.prepare();
        final LoadReport report = generator.run();

        assertEquals(3_001, report.sent());
        assertEquals(3_001, report.answered());
        assertEquals(3_001, report.latencies().getTotalCount());
        assertEquals(0, report.lost());
        assertEquals(Map.of(), report.errors());
        assertEquals(4, report.sessions());
        final long created = report.latencies(Operation.CREATE).getTotalCount();
        assertEquals(before + 2 + 2 + 1_500 + created, nodeCount(zooKeeper), "base, groups, keys, fresh ones");
    }

    /** Their payload may have another length, and reads of it another rate. */
    @Test
    void shouldTellHowManyZnodesWereThereAlready()
    {
        assertEquals(0, generator(zooKeeper, "/filled", "get").prepare());
        assertEquals(1_500, generator(zooKeeper, "/filled", "get").prepare());
    }

    @Test
    void shouldCountWhatZooKeeperRefuses()
    {
        final LoadReport report = generator(zooKeeper, "/nowhere", "get=1,multi=1,set=1").run();

        final long all = report.answered();
        assertEquals(3_001, all);
        assertEquals(Map.of(ErrorCode.NO_NODE, all), report.errors(), "nothing was filled, each operation fails");
    }

    @Test
    void shouldReceiveWatchEvents()
    {
        final LoadGenerator generator = generator(zooKeeper, "/watched", "watch=1,set=1");
        generator.prepare();
        final LoadReport report = generator.run();

        assertEquals(Map.of(), report.errors());
        assertTrue(report.watchEvents() > 0);
        assertTrue(report.watchEvents() <= report.latencies(Operation.WATCH).getTotalCount());
    }

    @Test
    void shouldTellEveryWatcherOnceAndTakeSessionsUpAgain() throws IOException
    {
        try (Fleet fleet = new Fleet(List.of(zooKeeper.address()), 40, 30_000))
        {
            assertTrue(fleet.connect() > 0);
            fleet.create("/fleet");
            for (int i = 0; i < 3; i++)
            {
                fleet.watch("/fleet");
                assertEquals(40, fleet.fire("/fleet").getTotalCount());
            }
            fleet.disconnect();
            fleet.connect();
            fleet.watch("/fleet");
            assertEquals(40, fleet.fire("/fleet").getTotalCount());
        }
    }

    @Test
    void shouldServeOthersBesideAClientThatNeverReads() throws IOException
    {
        generator(zooKeeper, "/bench", "get=1").prepare();

        try (SlowClient slow = new SlowClient(zooKeeper.address(), "/bench/000000/0000000000"))
        {
            assertTrue(slow.askedBytes() > 0);
            assertEquals(3_001, generator(zooKeeper, "/bench", "get=1").run().answered());
        }
    }

    @Test
    void shouldMeasureEveryServerInEveryRound() throws IOException
    {
        final CompareContext how =
            new CompareContext(List.of(new ZooKeeperKind(ZooKeeperKind.HEAP), new NothingKind(100)), dir,
                Set.of("reads-pipelined", "writes-one", "idle", "memory", "restart"), true, 2, 0, 100, 2_000, 100, 50);
        final Figures figures = new Figures();

        new SteadyScenario().run(how, figures, line ->
        {
        });
        new LargeTreeScenario().run(how, figures, line ->
        {
        });

        for (final String server : List.of("zookeeper", "nothing"))
        {
            assertEquals(2, figures.find("reads-pipelined", "rate", server).orElseThrow().samples().size());
            assertEquals(2, figures.find("writes-one", "p99", server).orElseThrow().samples().size());
            assertEquals(2, figures.find("idle", "cpu", server).orElseThrow().samples().size());
        }
        assertEquals(2, figures.curves().stream().filter(curve -> curve.shape().equals("writes-one")).count());
        assertEquals(1, figures.find("restart", "time", "zookeeper").orElseThrow().samples().size(), "it takes long");
        assertTrue(figures.facts().get("JVM of zookeeper").startsWith("-Xmx1000m"), figures.facts().toString());
        assertTrue(figures.find("memory", "resident", "zookeeper").isPresent());
        assertFalse(figures.find("memory", "resident", "nothing").isPresent(), "it keeps no tree");
        assertFalse(figures.find("reads-one", "rate", "zookeeper").isPresent(), "it was not asked for");
    }

    @Test
    void shouldTakeSeveralWindowsAtEachShareOfTheHighestRate() throws IOException
    {
        final CompareContext how = new CompareContext(List.of(new NothingKind(100)), dir, Set.of(LoadedScenario.WRITES),
            true, 3, 0, 50, 2_000, 100, 50);
        final Figures figures = new Figures();

        new LoadedScenario().run(how, figures, line ->
        {
        });

        assertEquals(2, figures.find(LoadedScenario.WRITES, "highest", "nothing").orElseThrow().samples().size());
        for (final int percent : LoadedScenario.PERCENT)
        {
            assertEquals(2, figures.find(LoadedScenario.WRITES, "generator-delay-p99-at-" + percent, "nothing")
                .orElseThrow().samples().size());
            assertEquals(2, Stream.of("", "-generator-late").flatMap(late -> figures.find(LoadedScenario.WRITES,
                "p99-at-" + percent + late, "nothing").stream()).mapToInt(figure -> figure.samples().size()).sum());
        }
        assertEquals(LoadedScenario.PERCENT.size(), figures.notes().size(), "where each rate comes from");
    }

    @Test
    void shouldMeasureTheOtherShapesOfTheSameServersWhenOneFails() throws IOException
    {
        final Figures figures = new Figures();
        final CompareContext small = how(new NothingKind(100), LoadedScenario.READS, LoadedScenario.WRITES);
        new LoadedScenario().run(small, figures, failingAt(LoadedScenario.READS + ": 50 %"));
        new LargeTreeScenario().run(how(new ZooKeeperKind(ZooKeeperKind.HEAP), "snapshot", "restart"), figures,
            failingAt("snapshot:"));

        assertEquals(2, figures.failures().size(), figures.notes().toString());
        assertTrue(figures.find(LoadedScenario.WRITES, "highest", "nothing").isPresent());
        assertTrue(figures.find("restart", "time", "zookeeper").isPresent());
        assertEquals(List.of("nothing"),
            figures.notes().stream().filter(note -> note.shape().equals(LoadedScenario.READS))
                .map(note -> note.text().split(":", 2)[0]).toList(),
            "which rate 10 % were");
    }

    @Test
    void shouldMeasureTheOtherCrowdsWhenOneFails()
    {
        final Figures figures = new Figures();

        new CrowdScenario().run(how(new ZooKeeperKind(ZooKeeperKind.HEAP), "watchers-1", "watchers-2"), figures,
            failingAt("watchers-1:"));

        assertEquals(1, figures.failures().size(), figures.notes().toString());
        assertTrue(figures.find("watchers-2", "p50", "zookeeper").isPresent());
    }

    /** The shape takes long, and somebody may end it before it reaches the largest tree. */
    @Test
    void shouldTellOfEachSizeOfATreeAsSoonAsItIsMeasured()
    {
        final Figures figures = new Figures();
        final CompareContext how = new CompareContext(List.of(new ZooKeeperKind(ZooKeeperKind.HEAP)), dir,
            Set.of(TreeGrowthScenario.NAME), false, 1, 0, 50, 10_000, 100, 50);

        assertThrows(IllegalStateException.class,
            () -> new TreeGrowthScenario().run(how, figures, failingAt(TreeGrowthScenario.NAME + ": 10,000")));

        assertEquals(List.of(1, 1), figures.series().stream().map(series -> series.points().size()).toList());
        assertTrue(figures.find(TreeGrowthScenario.NAME, "get-at-largest", "zookeeper").isEmpty());
    }

    @Test
    void shouldMakeOneSeriesOfAllSizesOfATree() throws IOException
    {
        final Figures figures = new Figures();
        new TreeGrowthScenario().run(new CompareContext(List.of(new ZooKeeperKind(ZooKeeperKind.HEAP)), dir,
            Set.of(TreeGrowthScenario.NAME), false, 1, 0, 50, 10_000, 100, 50), figures, line ->
            {
            });

        assertEquals(List.of(2, 2), figures.series().stream().map(series -> series.points().size()).toList());
        assertEquals(figures.series().get(0).points().get(1).y(), figures.find(TreeGrowthScenario.NAME,
            "get-at-largest", "zookeeper").orElseThrow().median());
    }

    private CompareContext how(final ServerKind kind, final String... shapes)
    {
        return new CompareContext(List.of(kind), dir, Set.of(shapes), false, 1, 0, 50, 2_000, 100, 50);
    }

    /** Returns a consumer of progress that fails when a step begins. */
    private static Consumer<String> failingAt(final String step)
    {
        return line ->
        {
            if (line.startsWith(step))
            {
                throw new IllegalStateException("failed at " + line);
            }
        };
    }

    @Test
    void shouldStartAgainAfterAKillWithEverythingThatWasAnswered() throws IOException
    {
        try (ServerProcess server = new ServerProcess(new ZooKeeperKind(ZooKeeperKind.HEAP), dir.resolve("zookeeper"),
            true))
        {
            server.start();
            generator(server, "/bench", "get").prepare();
            final long before = nodeCount(server);
            server.kill();
            server.start();

            assertEquals(before, nodeCount(server));
            assertTrue(Files.size(dir.resolve("zookeeper").resolve("server.log")) > 0);
        }
    }

    private static LoadGenerator generator(final ServerProcess server, final String root, final String mix)
    {
        return new LoadGenerator(new LoadContext().servers(List.of(server.address())).connections(4).inFlight(16)
            .mix(OperationMix.parse(mix)).keyCount(1_500).operations(3_001).root(root).durationMs(60_000),
            ProgressHandler.NONE);
    }

    /**
     * Returns the node count of a server. Asks again if the server stood still for longer than the timeout of a
     * four-letter word.
     */
    private static long nodeCount(final ServerProcess server)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        OptionalLong count = OptionalLong.empty();
        while (count.isEmpty())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "the server was to tell its node count");
            count = FourLetterWord.ask(server.address(), "srvr").stream().flatMap(String::lines)
                .filter(line -> line.startsWith("Node count: "))
                .mapToLong(line -> Long.parseLong(line.substring("Node count: ".length()))).findFirst();
        }

        return count.getAsLong();
    }
}
