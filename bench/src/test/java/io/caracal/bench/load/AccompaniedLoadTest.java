/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import io.caracal.transport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccompaniedLoadTest
{
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    private Path dir;

    @Test
    void shouldBeginWhenTheLoadIsMeasuredAndMayEndIt() throws IOException
    {
        try (NothingServer server = server())
        {
            final LoadReport report = AccompaniedLoad.run(generator(server.address()), course ->
            {
                assertTrue(course.isMeasuring());
                course.end();
            });
            assertEquals(report.sent(), report.answered());
        }
    }

    @Test
    void shouldEndTheLoadWhenItFailsItself() throws IOException
    {
        final IllegalStateException failure = new IllegalStateException();
        try (NothingServer server = server())
        {
            final RunCourse[] seen = new RunCourse[1];
            assertSame(failure, assertThrows(IllegalStateException.class,
                () -> AccompaniedLoad.run(generator(server.address()), course ->
                {
                    seen[0] = course;
                    throw failure;
                })));
            assertTrue(seen[0].isEnded());
        }
    }

    @Test
    void shouldTellWhyThereIsNoLoad()
    {
        final InetSocketAddress dead = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.find());
        final LoadException thrown = assertThrows(LoadException.class,
            () -> AccompaniedLoad.run(
                new LoadGenerator(new LoadContext().servers(List.of(dead)).connectTimeoutMs(100).durationMs(HOUR_MS),
                    ProgressHandler.NONE),
                course -> assertFalse(course.isMeasuring())));
        assertTrue(thrown.getMessage().contains("refused"), thrown.getMessage());
    }

    private NothingServer server() throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), dir.resolve("forced"),
            1 << 20, Forcing.NONE, 100);
    }

    private static LoadGenerator generator(final InetSocketAddress server)
    {
        return new LoadGenerator(
            new LoadContext().servers(List.of(server)).connections(2).warmUpMs(20).durationMs(HOUR_MS),
            ProgressHandler.NONE);
    }
}
