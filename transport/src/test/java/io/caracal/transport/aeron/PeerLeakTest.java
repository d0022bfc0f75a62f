/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerStream;
import io.caracal.transport.Descriptors;
import io.caracal.transport.FailingThreads;
import io.caracal.transport.PeerContext;
import io.caracal.transport.Threading;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is left of closed servers. */
class PeerLeakTest
{
    @TempDir
    private Path shared;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldLeaveNothing(final Threading threading) throws IOException
    {
        round(threading);
        final long descriptors = Descriptors.count();
        final long mappings = mappings();
        final long threads = threads();

        for (int i = 0; i < 3; i++)
        {
            round(threading);
        }

        // One of the JVM's own descriptors may have been closed meanwhile. Three rounds that leak would leak more than
        // that.
        final long after = Descriptors.count();
        assertTrue(after <= descriptors, () -> "descriptors: " + descriptors + " before, " + after);
        assertEquals(mappings, mappings(), "mappings");
        assertEquals(0, directories(), "directories in shared memory");
        assertEquals(threads, threads(), "threads");
    }

    /** The second time the ports, the directory and all descriptors are free again. */
    @Test
    void shouldLeaveNothingWhereTheThreadOfTheDriverCannotBeStarted() throws IOException
    {
        round(Threading.DEDICATED);
        final long descriptors = Descriptors.count();
        final long mappings = mappings();

        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1))
        {
            for (int i = 0; i < 2; i++)
            {
                final PeerContext context = ensemble.context(1).threading(Threading.DEDICATED).sharedMemory(shared)
                    .threadFactory(new FailingThreads(0)).conclude();

                try (SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode()))
                {
                    assertThrows(OutOfMemoryError.class, () -> new AeronPeerPort(context, idle));
                    assertEquals(0, directories(), "directories in shared memory");
                }
            }
        }

        final long after = Descriptors.count();
        assertTrue(after <= descriptors, () -> "descriptors: " + descriptors + " before, " + after);
        assertEquals(mappings, mappings(), "mappings");
    }

    @Test
    void shouldLeaveNoSocketThatCannotBeWatched() throws IOException
    {
        try (PeerEnsemble ensemble = new PeerEnsemble(context -> context, 1))
        {
            final PeerContext context = ensemble.context(1).conclude();
            final SelectIdle idle = new SelectIdle(context.nanoClock(), context.idleMode());
            final DriverKeeper keeper = new DriverKeeper(context, idle);

            try (LinkWorld world = new LinkWorld(context, idle, keeper))
            {
                idle.close();
                assertThrows(ClosedSelectorException.class, () -> new LinkListener(world));
                final long before = Descriptors.count();
                assertThrows(ClosedSelectorException.class, () -> new LinkListener(world));
                final long after = Descriptors.count();
                assertTrue(after <= before, () -> "descriptors: " + before + " before, " + after);
            }
        }
    }

    /** Otherwise what a stranger sends under an old id would be noted, and each packet compared with ever more ids. */
    @Test
    void shouldExpectNoStreamsOfLinksThatHaveEnded()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.sharedMemory(shared), 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            final int expected = PeerStream.values().length;
            cluster.await("the streams of one link", () -> expectedStreams(cluster) == expected);

            for (int i = 0; i < 3; i++)
            {
                cluster.at(1).close(2);
                cluster.awaitDown(1, 2);
                cluster.awaitLinks();
            }
            cluster.await("the streams of one link again", () -> expectedStreams(cluster) == expected);
        }
    }

    private static int expectedStreams(final PeerCluster cluster)
    {
        return cluster.port(1).driver().sessions().size();
    }

    /** Makes links that end in every way, and some that still exist at the end. */
    private void round(final Threading threading)
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.threading(threading).sharedMemory(shared), 1, 2,
            3))
        {
            cluster.start(1, 2, 3);
            cluster.awaitLinks();
            cluster.send(1, 2, PeerStream.BULK, PeerCluster.message(100_000, 1));
            cluster.at(2).isRefusing(1, PeerStream.LIVE, true);
            cluster.send(1, 2, PeerStream.LIVE, PeerCluster.message(100_000, 1));
            cluster.at(1).close(2);
            cluster.kill(3);
            cluster.start(3);
            cluster.awaitLinks();
            cluster.send(1, 2, PeerStream.LIVE, PeerCluster.message(3_000_000, 1));
        }
    }

    private static long mappings() throws IOException
    {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps")))
        {
            return lines.filter(line -> line.contains("caracal-")).count();
        }
    }

    /** Counts directories in the test's own place, because other programs come and go in shared memory. */
    private int directories()
    {
        return shared.toFile().list().length;
    }

    private static long threads()
    {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("caracal-"))
            .count();
    }
}
