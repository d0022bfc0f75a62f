/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class LoadOnNothingTest
{
    private static final long FILE_LENGTH = 64 << 20;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    /** Bound on each wait. A slow disk forces the writes between the measured reads a few dozen times a second. */
    private static final long PATIENCE_S = 120;
    private static final long MEASURED_READS = 200_000;
    private static final int ROUNDS_MAX = 6;
    private static final double BYTES_PER_OPERATION_MAX = 0.1;

    @TempDir
    private Path dir;

    private int files;
    private volatile boolean isInterruptKept;

    @ParameterizedTest
    @EnumSource(Forcing.class)
    void shouldAnswerEveryRequestOnceHoweverItForces(final Forcing forcing) throws IOException
    {
        try (NothingServer server = server(forcing))
        {
            final LoadReport report = generator(context(server)
                .connections(5).inFlight(17).operations(20_001)
                .mix(OperationMix.parse("get=5,set=5,create=2,exists=1,list=1,multi=1,ephemeral=2,watch=1"))).run();

            assertEquals(20_001, report.sent());
            assertEquals(20_001, report.answered());
            assertEquals(0, report.lost());
            assertEquals(20_001, report.latencies().getTotalCount());
            assertEquals(Map.of(), report.errors());
            assertEquals(5, report.sessions());
            assertEquals(0, report.disconnects());
            assertEquals(20_001 + 2 * 5, server.reads() + server.writes(), "and 5 sessions opened and closed");
            assertEquals(forcing != Forcing.NONE, server.forces() > 0);
        }
    }

    @Test
    void shouldAnswerMoreInFlightThanItsBuffersHold() throws IOException
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            final LoadReport report = generator(context(server).connections(4).inFlight(8_192).operations(400_000)
                .drainTimeoutMs(20_000)).run();

            assertEquals(0, report.lost(), "the server waits for nothing that nobody brings");
            assertEquals(400_000, report.answered());
        }
    }

    @Test
    void shouldGiveUpAServerThatFallsSilent() throws IOException
    {
        try (SilentServer server = new SilentServer())
        {
            final LoadGenerator generator = generator(new LoadContext().servers(List.of(server.address()))
                .connections(1).inFlight(1).operations(2).silenceTimeoutMs(50).drainTimeoutMs(50));

            final LoadException run = assertThrows(LoadException.class, generator::run);
            final LoadException fill = assertThrows(LoadException.class, generator::prepare);

            assertTrue(run.getMessage().startsWith("nothing was answered for 50 ms after 0 answers"), run::getMessage);
            assertEquals(run.getMessage(), fill.getMessage());
        }
    }

    @Test
    void shouldForceManyWritesTogether() throws IOException
    {
        try (NothingServer server = server(Forcing.THREAD))
        {
            final LoadReport report =
                generator(context(server).operations(10_000).mix(OperationMix.only(Operation.SET))).run();

            assertEquals(10_000, report.answered());
            assertTrue(server.forces() < 5_000, "forces: " + server.forces());
        }
    }

    @Test
    void shouldForceEachWriteOfALoneClient() throws IOException
    {
        try (NothingServer server = server(Forcing.AUTO))
        {
            generator(context(server).connections(1).inFlight(1).operations(100)
                .mix(OperationMix.only(Operation.SET))).run();

            assertEquals(101, server.forces(), "one for the session");
        }
    }

    /** The payload is as long as a comparison may ask for. */
    @Test
    void shouldTakeAndGiveLongPayloads() throws IOException
    {
        final int length = 1_000_000;
        try (NothingServer server = new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            dir.resolve("forced"), FILE_LENGTH, Forcing.AUTO, length))
        {
            final LoadReport report = generator(context(server).connections(2).inFlight(3).operations(60)
                .payloadLength(length).mix(OperationMix.parse("get=1,set=1,multi=1"))).run();

            assertEquals(60, report.answered());
            assertEquals(Map.of(), report.errors());
        }
    }

    /** The JIT compiler needs some time until no object escapes, and more of it if it has to wait for a core. */
    @Test
    void shouldMakeNoGarbageInSteadyState() throws Exception
    {
        try (NothingServer server = server(Forcing.THREAD))
        {
            final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            double bytes = Double.MAX_VALUE;
            for (int round = 0; bytes >= BYTES_PER_OPERATION_MAX && (round < ROUNDS_MAX || isBefore(endNs)); round++)
            {
                bytes = allocatedBytesPerOperation(server);
            }

            assertTrue(bytes < BYTES_PER_OPERATION_MAX, "bytes per operation: " + bytes);
        }
    }

    private static double allocatedBytesPerOperation(final NothingServer server) throws Exception
    {
        final LoadGenerator generator = generator(context(server).warmUpMs(1_000).durationMs(HOUR_MS)
            .mix(OperationMix.parse("get=80,set=10,list=1,multi=2,ephemeral=2,watch=5")));
        final RunCourse course = generator.course();
        final CompletableFuture<LoadReport> running = CompletableFuture.supplyAsync(() -> generator.run(course));
        await(course::isMeasuring, "measuring was to begin");
        awaitReads(server, server.reads() + MEASURED_READS);
        course.end();
        final LoadReport report = running.get(PATIENCE_S, TimeUnit.SECONDS);
        assertTrue(report.latencies().getTotalCount() > MEASURED_READS / 2);

        return report.allocatedBytesPerOperation();
    }

    @Test
    void shouldShareConnectionsAmongThreads() throws IOException
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            final LoadReport report =
                generator(context(server).connections(7).threads(3).operations(10_000).keys("zipf")).run();

            assertEquals(10_000, report.answered());
            assertEquals(7, report.sessions());
        }
    }

    @Test
    void shouldFillTheTreeOnce() throws IOException
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            generator(context(server).keyCount(2_500)).prepare();

            assertEquals(2 + 3 + 2_500 + (1 + 8 + 8), server.writes(), "base, groups, keys and sessions");
        }
    }

    /** The run is as long as another task, which begins when the warm-up is over. */
    @ParameterizedTest
    @ValueSource(longs = { 0, 2_000 })
    void shouldMeasureUntilSomebodyEndsTheRun(final long rate) throws Exception
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            final LoadGenerator generator = generator(context(server).connections(4).threads(2).ratePerSecond(rate)
                .warmUpMs(20).durationMs(HOUR_MS));
            final RunCourse course = generator.course();
            final CompletableFuture<LoadReport> running = CompletableFuture.supplyAsync(() -> generator.run(course));

            await(course::isMeasuring, "measuring was to begin");
            final long before = server.reads();
            awaitReads(server, before + 100);
            course.end();
            final LoadReport report = running.get(PATIENCE_S, TimeUnit.SECONDS);

            assertTrue(report.latencies().getTotalCount() >= 100, () -> report.latencies().getTotalCount() + " count");
            assertEquals(report.sent(), report.answered());
            assertEquals(0, report.unsent());
            assertTrue(report.elapsedS() < 3_600);
        }
    }

    /** It would go on to load the server, and the machine, for as long as it was to last. */
    @Test
    void shouldEndItsThreadsWhenItIsInterrupted() throws Exception
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            final LoadGenerator generator = generator(context(server).connections(4).threads(2).durationMs(HOUR_MS));
            final RunCourse course = generator.course();
            final Thread running = new Thread(() ->
            {
                assertThrows(LoadException.class, () -> generator.run(course));
                isInterruptKept = Thread.currentThread().isInterrupted();
            });
            running.start();
            await(course::isMeasuring, "measuring was to begin");
            running.interrupt();
            running.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));

            assertEquals(List.of(), loadThreads());
            assertTrue(isInterruptKept, "whoever interrupted is forgotten");
        }
    }

    /** Nobody is there, so it would try to connect for an hour. */
    @Test
    void shouldNotEvenConnectWhenItIsInterrupted()
    {
        final LoadGenerator generator = generator(new LoadContext().connectTimeoutMs(HOUR_MS)
            .servers(List.of(deadAddress())));
        Thread.currentThread().interrupt();
        final LoadException thrown = assertThrows(LoadException.class, generator::run);

        assertTrue(Thread.interrupted(), "whoever interrupted is forgotten");
        assertEquals("interrupted", thrown.getMessage());
        assertEquals(List.of(), loadThreads());
    }

    private static List<String> loadThreads()
    {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
            .filter(name -> name.startsWith("load-")).toList();
    }

    @Test
    void shouldGoOnOnTheNextServerWhenOneIsGone() throws IOException
    {
        try (NothingServer server = server(Forcing.NONE))
        {
            final LoadContext context = context(server)
                .servers(List.of(deadAddress(), server.address()))
                .connections(2).operations(1_000);

            final LoadReport report = generator(context).run();

            assertEquals(1_000, report.answered());
            assertEquals(1, report.disconnects());
        }
    }

    /** The break may come so late that everything has been answered by then. In that case the test tries again. */
    @Test
    void shouldCountWhatABreakLosesAndGoOnElsewhere() throws Exception
    {
        LoadReport report = brokenRun();
        for (int round = 1; round < ROUNDS_MAX && report.disconnects() == 0; round++)
        {
            report = brokenRun();
        }

        assertTrue(report.disconnects() >= 2, "two of the four were on the first server");
        assertTrue(report.sessions() >= 6, "and came back: " + report.sessions());
    }

    private LoadReport brokenRun() throws Exception
    {
        try (NothingServer second = server(Forcing.NONE))
        {
            final CompletableFuture<LoadReport> running;
            try (NothingServer first = server(Forcing.NONE))
            {
                final LoadContext context = context(first).servers(List.of(first.address(), second.address()))
                    .connections(4).operations(400_000);
                running = CompletableFuture.supplyAsync(() -> generator(context).run());
                awaitReads(first, 1_000);
            }
            final LoadReport report = running.get(PATIENCE_S, TimeUnit.SECONDS);

            assertEquals(400_000, report.sent());
            assertEquals(400_000, report.answered() + report.lost());
            assertEquals(report.answered(), report.latencies().getTotalCount());

            return report;
        }
    }

    @Test
    void shouldSayWhyNoSessionCouldBeOpened() throws IOException
    {
        final LoadContext context = new LoadContext().connectTimeoutMs(300)
            .servers(List.of(deadAddress()));

        final LoadException thrown = assertThrows(LoadException.class, () -> generator(context).run());

        assertTrue(thrown.getMessage().contains("refused"), thrown.getMessage());
    }

    private NothingServer server(final Forcing forcing) throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), dir.resolve("forced-" +
            files++),
            FILE_LENGTH, forcing, 100);
    }

    private static LoadContext context(final NothingServer server)
    {
        return new LoadContext().servers(List.of(server.address())).connectTimeoutMs(10_000).durationMs(60_000);
    }

    private static LoadGenerator generator(final LoadContext context)
    {
        return new LoadGenerator(context, ProgressHandler.NONE);
    }

    private static void awaitReads(final NothingServer server, final long count)
    {
        await(() -> server.reads() >= count, "the server was to answer " + count + " reads");
    }

    private static void await(final BooleanSupplier condition, final String expected)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.getAsBoolean())
        {
            assertTrue(isBefore(deadlineNs), expected);
            LockSupport.parkNanos(100_000);
        }
    }

    private static boolean isBefore(final long deadlineNs)
    {
        return System.nanoTime() - deadlineNs < 0;
    }

    /** Returns an address on which nobody listens. */
    private static InetSocketAddress deadAddress()
    {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.find());
    }
}
