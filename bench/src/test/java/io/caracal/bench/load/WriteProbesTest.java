/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.caracal.bench.nothing.Forcing;
import io.caracal.bench.nothing.NothingServer;
import io.caracal.transport.FreePorts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class WriteProbesTest
{
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long FILE_LENGTH = 1 << 20;

    @TempDir
    private Path dir;

    @Test
    void shouldGoOnAtTheNextServerAndTellOnlyThatSession() throws IOException
    {
        final NothingServer two = server(2);
        try (NothingServer one = server(1);
            WriteProbes probes = new WriteProbes(List.of(one.address(), two.address()), PAUSE_NS, LIMIT_NS))
        {
            assertTrue(probes.awaitReplies(10, LIMIT_NS));
            final long beginNs = System.nanoTime();
            two.close();
            assertTrue(probes.awaitReplies(10, LIMIT_NS));
            final long endNs = System.nanoTime();
            final List<ProbeTimeline> timelines = probes.stop();

            assertEquals(0, timelines.get(0).disconnects(beginNs, endNs));
            assertTrue(timelines.get(1).disconnects(beginNs, endNs) > 0);
            assertTrue(timelines.get(1).acknowledged().anyMatch(timeNs -> timeNs - beginNs > 0));
        }
    }

    /** Nobody listens at the second server, so the first attempt of its session is in vain. */
    @Test
    void shouldNotCallAnAttemptInVainABrokenConnection() throws IOException
    {
        final InetSocketAddress nobody =
            new InetSocketAddress(InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 }), FreePorts.find());
        final long beginNs = System.nanoTime();
        try (NothingServer one = server(1);
            WriteProbes probes = new WriteProbes(List.of(one.address(), nobody), PAUSE_NS, LIMIT_NS))
        {
            assertTrue(probes.awaitReplies(10, LIMIT_NS));
            final long endNs = System.nanoTime();
            final ProbeTimeline timeline = probes.stop().get(1);

            assertEquals(List.of(1L), List.copyOf(timeline.problems(beginNs, endNs).values()), "it was refused once");
            assertEquals(0, timeline.disconnects(beginNs, endNs));
        }
    }

    /** A stopped process looks like a socket that listens and never accepts a connection. */
    @Test
    void shouldNotWaitForAServerThatHangs() throws IOException
    {
        try (NothingServer one = server(1);
            ServerSocket hanging = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 }));
            WriteProbes probes = new WriteProbes(
                List.of(one.address(), new InetSocketAddress(hanging.getInetAddress(), hanging.getLocalPort())),
                PAUSE_NS, TimeUnit.MILLISECONDS.toNanos(20)))
        {
            assertTrue(probes.awaitReplies(10, LIMIT_NS));
            assertTrue(probes.stop().get(1).acknowledged().count() >= 10);
        }
    }

    private NothingServer server(final int number) throws IOException
    {
        return new NothingServer(new InetSocketAddress(InetAddress.getByAddress(new byte[]{ 127, 0, 0, 1 }), 0),
            dir.resolve("file" + number), FILE_LENGTH, Forcing.NONE, 100);
    }
}
