/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.caracal.server.Server;
import io.caracal.server.ServerContext;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the whole server with real sockets and a real log: its threads make no garbage, however many requests pass. */
@Timeout(1600)
class ServerAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final long OPERATIONS = 1_000_000;
    private static final int ROUNDS_MAX = 6;
    private static final double BYTES_PER_OPERATION_MAX = 0.1;

    /**
     * Garbage allowed for work that is done from time to time, such as looking at files. It adds up if a million
     * operations take longer.
     */
    private static final double BYTES_PER_SECOND_BY_THE_CLOCK = 4 << 10;

    /** No request counts as slow: on a machine that stands still, requests are slow, and each of them is logged. */
    private static final String NO_REQUEST_IS_SLOW_MS = "3600000";
    private static final int HOUR_MS = 3_600_000;

    @TempDir
    private Path dir;

    /**
     * The JIT compiler needs some rounds until no object escapes, and in some rounds the log goes on to its next
     * segment. But each thread must have one round without garbage; otherwise it makes garbage for requests.
     */
    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldAllocateNothingPerRequest(final String threading) throws Exception
    {
        try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0).set("threading", threading)
            .set("snapCount", "2000000000").set("slowRequestMs", NO_REQUEST_IS_SLOW_MS)))
        {
            final Map<String, Double> leastPerOperation = new TreeMap<>();
            for (int round = 0; round < ROUNDS_MAX && (round == 0 || !tooMuch(leastPerOperation).isEmpty()); round++)
            {
                measure(server, leastPerOperation);
            }

            assertEquals(Map.of(), tooMuch(leastPerOperation), "bytes per operation in the best of " + ROUNDS_MAX +
                " rounds of " + OPERATIONS);
        }
    }

    private static void measure(final Server server, final Map<String, Double> leastPerOperation)
    {
        final Map<String, Long> before = allocated();
        final long beginNs = System.nanoTime();
        final LoadReport report = load(server, OPERATIONS);
        final double byTheClock = BYTES_PER_SECOND_BY_THE_CLOCK * (System.nanoTime() - beginNs) / 1e9;
        final Map<String, Long> after = allocated();
        assertEquals(OPERATIONS, report.answered());
        assertTrue(after.size() >= 2, "the server's threads are known by their names: " + after.keySet());
        after.forEach((name, bytes) -> leastPerOperation.merge(name, (bytes - before.getOrDefault(name, 0L) -
            byTheClock) / OPERATIONS, Math::min));
    }

    private static Map<String, Double> tooMuch(final Map<String, Double> perOperation)
    {
        final Map<String, Double> tooMuch = new TreeMap<>(perOperation);
        tooMuch.values().removeIf(bytes -> bytes < BYTES_PER_OPERATION_MAX);
        return tooMuch;
    }

    private static LoadReport load(final Server server, final long operations)
    {
        final String[] address = server.connectString().split(":", 2);
        final LoadGenerator generator = new LoadGenerator(new LoadContext()
            .servers(List.of(new InetSocketAddress(address[0], Integer.parseInt(address[1]))))
            .connections(8).inFlight(32).durationMs(HOUR_MS).operations(operations).keyCount(1000).root("/load")
            .mix(OperationMix.parse("get=60,exists=10,list=5,set=20,watch=5")), ProgressHandler.NONE);
        generator.prepare();
        return generator.run();
    }

    private static Map<String, Long> allocated()
    {
        final TreeMap<String, Long> bytes = new TreeMap<>();
        for (final ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        {
            if (thread != null && thread.getThreadName().startsWith("caracal-"))
            {
                bytes.put(thread.getThreadName(), THREADS.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return bytes;
    }
}
