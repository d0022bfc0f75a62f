/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose process is killed or stopped by the system. */
class ProcessDeathTest
{
    private static final long LONGER_THAN_PEER_TIMEOUT_MS = 1_500;
    private static final long KILL_TIMEOUT_S = 30;

    private final PeerCluster cluster = new PeerCluster(context -> context, 1, 2);
    private final Path directory = cluster.ensemble().directory(2);
    private Process process;

    @BeforeEach
    void start()
    {
        cluster.start(1);
        process = PeerProcess.start(directory, 2, cluster.ensemble(), 1, 2);
        cluster.await("a link", () -> cluster.at(1).isLinked(2));
        echo();
    }

    @AfterEach
    void close() throws InterruptedException
    {
        signal("CONT");
        process.destroy();
        assertTrue(process.waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS));
        process.destroyForcibly();
        cluster.close();
    }

    @Test
    void shouldHearOfAKilledProcessAndLinkWithItsSuccessor() throws InterruptedException
    {
        process.destroyForcibly();
        assertTrue(process.waitFor(KILL_TIMEOUT_S, TimeUnit.SECONDS));
        cluster.await("the news of a death", () -> !cluster.at(1).isLinked(2));
        assertEquals(LinkEnd.PEER_GONE, cluster.lastEnd(1, 2));
        process = PeerProcess.start(directory, 2, cluster.ensemble(), 1, 2);
        cluster.await("a link", () -> cluster.at(1).isLinked(2));
        echo();
    }

    @Test
    void shouldNotJudgeAStoppedProcess()
    {
        signal("STOP");
        cluster.runFor(LONGER_THAN_PEER_TIMEOUT_MS);
        assertTrue(cluster.at(1).isLinked(2), "silence is the engine's to judge");
        signal("CONT");
        echo();
        assertEquals(LongStream.of(1).boxed().toList(), cluster.at(1).generations(2));
    }

    private void echo()
    {
        final byte[] message = PeerCluster.message(5_000, 3);
        final int before = cluster.at(1).taken(2, PeerStream.LIVE).size();
        cluster.send(1, 2, PeerStream.LIVE, message);
        cluster.await("an echo", () -> cluster.at(1).taken(2, PeerStream.LIVE).size() > before);
        assertArrayEquals(message, cluster.at(1).taken(2, PeerStream.LIVE).get(before));
    }

    private void signal(final String name)
    {
        try
        {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
