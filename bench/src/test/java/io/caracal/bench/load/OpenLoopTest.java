/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open loops: when requests are sent, and whether the server or the generator was late. */
@Timeout(120)
class OpenLoopTest
{
    private static final int ROUNDS_MAX = 6;
    private static final long PAUSE_LEAST_MS = 8;

    @TempDir
    private Path dir;

    @Test
    void shouldSendAtTheRateAskedFor() throws IOException
    {
        try (NothingServer server = server())
        {
            final LoadReport report =
                run(context(server).ratePerSecond(2_000).operations(1_000).connections(2));

            assertEquals(1_000, report.answered());
            assertTrue(report.elapsedS() > 0.49, "the last is due after half a second: " + report.elapsedS());
        }
    }

    @Test
    void shouldNotTakeAServerThatAnswersLateForAGeneratorThatIsLate() throws IOException
    {
        final long pauseMs = 1_500;
        try (LateServer server = new LateServer(pauseMs))
        {
            final LoadReport report = run(lone(server).ratePerSecond(1_000).operations(50).durationMs(60_000));

            assertEquals(50, report.answered());
            assertTrue(report.latencies().getMaxValue() > TimeUnit.MILLISECONDS.toNanos(pauseMs));
            assertEquals(50, report.delays().getTotalCount());
            assertTrue(report.delays().getValueAtPercentile(50) < report.latencies().getValueAtPercentile(50),
                "it was there all the time, and the server took nothing");
        }
    }

    @Test
    void shouldTellHowLateItSentWhatWasDue() throws IOException
    {
        try (NothingServer server = server())
        {
            final LoadReport open = run(context(server).ratePerSecond(2_000).operations(1_000));
            final LoadReport closed = run(context(server).operations(1_000));

            assertEquals(1_000, open.delays().getTotalCount());
            assertTrue(open.delays().getMaxValue() > 0);
            assertEquals(0, closed.delays().getTotalCount(), "nothing is due in a closed loop");
        }
    }

    /** Requests that are kept waiting at the end of a window are those that wait longest. */
    @Test
    void shouldSendAfterTheEndWhatWasDueBeforeItAndFoundNoRoom() throws IOException
    {
        try (LateServer server = new LateServer(400))
        {
            final LoadReport report = run(lone(server).ratePerSecond(500).warmUpMs(0).durationMs(100));

            assertTrue(report.sent() >= 50, () -> report.sent() + " were sent, " + server);
            assertEquals(report.sent(), report.latencies().getTotalCount());
            assertEquals(0, report.unsent());
        }
    }

    /**
     * After the end, the generator waits for room in its selector, so that it is the server that is late. If the whole
     * process stood still, the generator was late itself, and another round has to show the difference, with a server
     * that takes longer than such a standstill.
     */
    @Test
    void shouldNotTakeAServerForALateGeneratorAfterTheEndEither() throws IOException
    {
        boolean isServerLate = false;
        long delayNs = 0;
        for (int round = 0; round < ROUNDS_MAX && !isServerLate; round++)
        {
            final long pauseMs = PAUSE_LEAST_MS << round;
            delayNs = delayBesideALateServer(pauseMs);
            isServerLate = delayNs < TimeUnit.MILLISECONDS.toNanos(pauseMs);
        }

        assertTrue(isServerLate, delayNs + " ns in the last of " + ROUNDS_MAX + " rounds");
    }

    private static long delayBesideALateServer(final long pauseMs) throws IOException
    {
        try (LateServer server = new LateServer(pauseMs, true))
        {
            final LoadReport report = run(lone(server).ratePerSecond(500).warmUpMs(0).durationMs(80));

            assertEquals(report.sent(), report.delays().getTotalCount());
            assertTrue(report.sent() >= 40, () -> report.sent() + " were sent, most of them after the end, " + server);

            return report.delays().getValueAtPercentile(50);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void shouldCountWhatTheWarmUpLeavesUnansweredUnlessItSettles(final boolean settles) throws IOException
    {
        try (LateServer server = new LateServer(600))
        {
            final LoadReport report =
                run(lone(server).ratePerSecond(200).warmUpMs(100).durationMs(200).settles(settles));

            assertEquals(report.sent(), report.answered());
            assertEquals(settles, report.latencies().getTotalCount() < report.sent(), server::toString);
            assertTrue(report.latencies().getTotalCount() > 0);
        }
    }

    private NothingServer server() throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), dir.resolve("forced"),
            64 << 20, Forcing.NONE, 100);
    }

    private static LoadContext context(final NothingServer server)
    {
        return new LoadContext().servers(List.of(server.address())).connectTimeoutMs(10_000).durationMs(60_000);
    }

    private static LoadContext lone(final LateServer server)
    {
        return new LoadContext().servers(List.of(server.address())).connections(1).inFlight(1);
    }

    private static LoadReport run(final LoadContext context)
    {
        return new LoadGenerator(context, ProgressHandler.NONE).run();
    }
}
