/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerStream;
import io.caracal.transport.Threading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how much time making a link takes from single duty cycles, which delay everyone else. */
class LinkPaceTest
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path shared;

    /** Counts the streams that servers have begun to send, by the buffers created for them. */
    private long begun() throws IOException
    {
        try (Stream<Path> files = Files.walk(shared))
        {
            return files.filter(file -> file.getParent().endsWith("publications")).count();
        }
    }

    @Test
    void shouldBeginOneStreamInEachPollAtMost() throws IOException
    {
        try (PeerCluster cluster =
            new PeerCluster(context -> context.threading(Threading.SHARED).sharedMemory(shared), 1, 2))
        {
            cluster.start(1, 2);
            long most = 0;
            final long deadlineNs = System.nanoTime() + PATIENCE_NS;
            while (!cluster.isLinked(1, 2))
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "no link in time");
                most = Math.max(most, Math.max(begunIn(cluster, 1), begunIn(cluster, 2)));
            }

            assertEquals(1, most);
            assertTrue(begun() >= 2L * PeerStream.values().length);
        }
    }

    private long begunIn(final PeerCluster cluster, final long serverId) throws IOException
    {
        final long before = begun();
        if (cluster.at(serverId).poll() == 0)
        {
            cluster.ensemble().pause();
        }
        cluster.port(serverId).flush();

        return begun() - before;
    }
}
