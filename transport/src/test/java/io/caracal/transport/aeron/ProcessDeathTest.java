/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a server whose process is killed or stopped. */
class ProcessDeathTest
{
    private static final long PEER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGER_THAN_PEER_TIMEOUT_MS = 1_500;
    /** Less than three peer timeouts, after which a stream ends. */
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(2_500);
    /** Attempts that the machine disturbs are repeated for as long as this. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long KILL_TIMEOUT_S = 30;

    private final PeerCluster cluster = new PeerCluster(context -> context.peerTimeoutNs(PEER_TIMEOUT_NS), 1, 2);
    private final Path directory = cluster.ensemble().directory(2);
    private Process process;

    @BeforeEach
    void start()
    {
        cluster.start(1);
        process = PeerProcess.start(directory, 2, cluster.ensemble(), 1, 2);
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
        echo();
    }

    @Test
    void shouldNotJudgeAStoppedProcess()
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        boolean isTried = false;

        while (!isTried && System.nanoTime() - deadlineNs < 0)
        {
            cluster.await("a link", () -> cluster.at(1).isLinked(2));
            isTried = isKeptWhileItIsStopped();
        }

        assertTrue(isTried, "the machine itself stood still each time");
    }

    /**
     * @return false when the silence was longer, because the machine itself stalled.
     */
    private boolean isKeptWhileItIsStopped()
    {
        final List<Long> generations = List.copyOf(cluster.at(1).generations(2));
        final long beganNs = System.nanoTime();
        signal("STOP");
        cluster.runFor(LONGER_THAN_PEER_TIMEOUT_MS);
        final boolean isLinked = cluster.at(1).isLinked(2);
        signal("CONT");
        final boolean isEchoed = isEchoed();

        if (System.nanoTime() - beganNs >= SILENCE_NS)
        {
            return false;
        }

        assertTrue(isLinked, "silence is the engine's to judge");
        assertTrue(isEchoed, () -> "the link ended: " + cluster.events().all());
        assertEquals(generations, cluster.at(1).generations(2));

        return true;
    }

    /** Awaits an echo. A message is lost if the machine stalls for longer than servers wait for each other here. */
    private void echo()
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        boolean isDone = false;

        while (!isDone && System.nanoTime() - deadlineNs < 0)
        {
            cluster.await("a link", () -> cluster.at(1).isLinked(2));
            isDone = isEchoed();
        }

        assertTrue(isDone, () -> "each link ended before an echo: " + cluster.events().all());
    }

    /** Whether a message comes back before the link ends. */
    private boolean isEchoed()
    {
        final int ends = cluster.at(1).ends(2).size();
        final byte[] message = PeerCluster.message(5_000, 3);
        final int before = cluster.at(1).taken(2, PeerStream.LIVE).size();
        cluster.send(1, 2, PeerStream.LIVE, message);
        cluster.await("an echo, or the end of the link", () -> cluster.at(1).taken(2, PeerStream.LIVE)
            .size() > before || cluster.at(1).ends(2).size() > ends);

        if (cluster.at(1).taken(2, PeerStream.LIVE).size() == before)
        {
            return false;
        }

        assertArrayEquals(message, cluster.at(1).taken(2, PeerStream.LIVE).get(before));

        return true;
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
