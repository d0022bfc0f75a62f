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

/** The whole server on real sockets and a real log: its threads make no garbage, however many requests pass. */
@Timeout(1600)
class ServerAllocationTest
{
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private static final long OPERATIONS = 1_000_000;
    private static final int ROUNDS_MAX = 6;
    private static final double BYTES_PER_OPERATION_MAX = 0.1;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = { "shared", "dedicated" })
    void shouldAllocateNothingPerRequest(final String threading) throws Exception
    {
        try (Server server = Server.launch(new ServerContext().dataDir(dir).clientPort(0).set("threading", threading)
            .set("snapCount", "2000000000")))
        {
            String worst = "not measured";
            for (int round = 0; round < ROUNDS_MAX && !worst.isEmpty(); round++)
            {
                worst = worstOfRound(server);
            }

            assertEquals("", worst, "also after " + ROUNDS_MAX + " rounds of " + OPERATIONS);
        }
    }

    /**
     * The compiler needs some rounds until nothing escapes; from then on there is no garbage, or the loop makes
     * some.
     */
    private static String worstOfRound(final Server server)
    {
        final Map<String, Long> before = allocated();
        final LoadReport report = load(server, OPERATIONS);
        final Map<String, Long> after = allocated();
        assertEquals(OPERATIONS, report.answered());
        assertTrue(after.size() >= 2, "the server's threads are known by their names: " + after.keySet());

        final StringBuilder worst = new StringBuilder();
        after.forEach((name, bytes) ->
        {
            final double perOperation = (bytes - before.getOrDefault(name, 0L)) / (double)OPERATIONS;
            if (perOperation >= BYTES_PER_OPERATION_MAX)
            {
                worst.append(name).append(" allocates ").append(perOperation).append(" bytes per operation; ");
            }
        });
        return worst.toString();
    }

    private static LoadReport load(final Server server, final long operations)
    {
        final String[] address = server.connectString().split(":", 2);
        final LoadGenerator generator = new LoadGenerator(new LoadContext()
            .servers(List.of(new InetSocketAddress(address[0], Integer.parseInt(address[1]))))
            .connections(8).inFlight(32).durationMs(120_000).operations(operations).keyCount(1000).root("/load")
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
