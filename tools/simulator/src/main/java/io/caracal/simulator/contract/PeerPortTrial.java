/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of ports with three servers. It starts and ends the servers, sends messages between them, and waits for the
 * effects.
 */
abstract class PeerPortTrial
{
    /** Length of the longest message of the ports under test. */
    protected static final int MESSAGE_LENGTH_MAX = 2 << 20;

    static final long A = 1;
    static final long B = 2;
    static final long C = 7;
    /** Longest time to wait for anything, in the time of the fixture. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    /**
     * Longest time that one cycle counts as waiting. When a cycle takes longer, the machine stood still and nothing was
     * waited for.
     */
    private static final long CYCLE_COUNTED_NS_MAX = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int CYCLES_PER_PAUSE = 8;
    private static final int QUIET_CYCLES = 50;
    private static final int FLOOD_MAX = 256 << 20;

    private final TreeMap<Long, RecordingPeerHandler> running = new TreeMap<>();
    private PeerPortFixture fixture;
    private int cycleCount;

    /**
     * Creates an ensemble of which no server runs.
     *
     * @param messageLengthMax length of the longest message of its ports.
     * @param serverIds        of its members, ascending.
     * @return closed by the contract.
     */
    protected abstract PeerPortFixture open(int messageLengthMax, long... serverIds);

    @BeforeEach
    void openFixture()
    {
        fixture = open(MESSAGE_LENGTH_MAX, A, B, C);
    }

    @AfterEach
    void closeFixture()
    {
        fixture.close();
        running.values().forEach(server -> assertEquals(List.of(), server.complaints()));
    }

    /** Fills a stream whose receiver refuses messages, until the sender remains back-pressured. */
    List<byte[]> flood(final long from, final long to, final PeerStream stream)
    {
        final List<byte[]> sent = new ArrayList<>();
        int refusedInARow = 0;

        while (refusedInARow < QUIET_CYCLES)
        {
            final byte[] message = message(60_000, sent.size());

            if (trySend(from, to, stream, message))
            {
                sent.add(message);
                refusedInARow = 0;
                assertTrue(sent.size() * 60_000L < FLOOD_MAX, "a sender is never pressed back");
            }
            else
            {
                refusedInARow++;
            }

            cycle();
        }

        return sent;
    }

    RecordingPeerHandler start(final long serverId)
    {
        final RecordingPeerHandler server = new RecordingPeerHandler(fixture.start(serverId));
        running.put(serverId, server);

        return server;
    }

    void kill(final long serverId)
    {
        assertEquals(List.of(), running.remove(serverId).complaints());
        fixture.kill(serverId);
    }

    /** Makes a server do nothing for a while, although it lives. */
    void sleep(final long serverId)
    {
        final RecordingPeerHandler sleeper = running.remove(serverId);

        for (int i = 0; i < QUIET_CYCLES * 20; i++)
        {
            cycle();
        }

        running.put(serverId, sleeper);
    }

    void startPair()
    {
        start(A);
        start(B);
        awaitLinks();
    }

    void startAll()
    {
        start(A);
        start(B);
        start(C);
        awaitLinks();
    }

    RecordingPeerHandler at(final long serverId)
    {
        return running.get(serverId);
    }

    /** Ids of the running servers, ascending. */
    Set<Long> running()
    {
        return running.keySet();
    }

    List<Long> others(final long serverId)
    {
        return running.keySet().stream().filter(other -> other != serverId).toList();
    }

    void awaitLinks()
    {
        await("links", () -> running.entrySet().stream()
            .allMatch(server -> others(server.getKey()).stream().allMatch(server.getValue()::isLinked)));
    }

    void awaitEnds(final int count)
    {
        await("ends", () -> at(A).ends(B).size() >= count && at(B).ends(A).size() >= count);
        assertEquals(count, at(A).ends(B).size());
        assertEquals(count, at(B).ends(A).size());
    }

    void awaitTaken(final long by, final long from, final PeerStream stream, final List<byte[]> expected)
    {
        await(expected.size() + " messages", () -> at(by).taken(from, stream).size() >= expected.size());
        assertSame(expected, at(by).taken(from, stream));
    }

    static void assertSame(final List<byte[]> expected, final List<byte[]> taken)
    {
        assertEquals(expected.size(), taken.size());

        for (int i = 0; i < expected.size(); i++)
        {
            assertArrayEquals(expected.get(i), taken.get(i));
        }
    }

    void send(final long from, final long to, final PeerStream stream, final byte[] message)
    {
        final boolean[] isSent = { false };
        await("room to send", () ->
        {
            isSent[0] = isSent[0] || trySend(from, to, stream, message);

            return isSent[0];
        });
    }

    boolean trySend(final long from, final long to, final PeerStream stream, final byte[] message)
    {
        final PeerPort port = at(from).port();
        final int at = port.claim(to, stream, message.length);

        if (at < 0)
        {
            assertTrue(at == PeerPort.BACK_PRESSURED || at == PeerPort.CLOSED, "an answer of claim: " + at);
            return false;
        }

        assertEquals(0, at % 8);
        port.claimed().putBytes(at, message);
        port.commit();

        return true;
    }

    void runQuietly()
    {
        for (int i = 0; i < QUIET_CYCLES; i++)
        {
            cycle();
        }
    }

    void await(final String what, final BooleanSupplier condition)
    {
        long waitedNs = 0;
        long beforeNs = fixture.nowNs();

        while (!condition.getAsBoolean())
        {
            assertTrue(waitedNs < PATIENCE_NS, () -> "waited in vain for " + what);
            cycle();
            final long nowNs = fixture.nowNs();
            waitedNs += Math.min(nowNs - beforeNs, CYCLE_COUNTED_NS_MAX);
            beforeNs = nowNs;
        }
    }

    private void cycle()
    {
        int work = 0;

        for (final RecordingPeerHandler server : running.values())
        {
            work += server.poll();
        }

        if (work == 0 || 0 == ++cycleCount % CYCLES_PER_PAUSE)
        {
            fixture.pause();
        }
    }

    static byte[] message(final int length, final int seed)
    {
        final byte[] bytes = new byte[length];

        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(seed * 31 + i * 7 + (i >> 8) * 13);
        }

        return bytes;
    }
}
