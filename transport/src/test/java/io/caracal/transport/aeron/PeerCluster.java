/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import io.caracal.simulator.contract.RecordingPeerHandler;
import io.caracal.transport.PeerContext;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Servers over loopback, driven by the test's thread. Their handlers record what is delivered. */
final class PeerCluster implements AutoCloseable
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final TreeMap<Long, RecordingPeerHandler> running = new TreeMap<>();
    private final PeerEnsemble ensemble;

    PeerCluster(final UnaryOperator<PeerContext> settings, final long... serverIds)
    {
        ensemble = new PeerEnsemble(settings, serverIds);
    }

    PeerEnsemble ensemble()
    {
        return ensemble;
    }

    RecordingEvents events()
    {
        return ensemble.events();
    }

    void start(final long... serverIds)
    {
        for (final long serverId : serverIds)
        {
            running.put(serverId, new RecordingPeerHandler(ensemble.start(serverId)));
        }
    }

    void start(final long serverId, final PeerContext context)
    {
        running.put(serverId, new RecordingPeerHandler(ensemble.start(serverId, context)));
    }

    void kill(final long serverId)
    {
        assertEquals(List.of(), running.remove(serverId).complaints());
        ensemble.kill(serverId);
    }

    RecordingPeerHandler at(final long serverId)
    {
        return running.get(serverId);
    }

    AeronPeerPort port(final long serverId)
    {
        return (AeronPeerPort)at(serverId).port();
    }

    LinkEnd lastEnd(final long serverId, final long of)
    {
        final List<RecordingPeerHandler.Ended> ends = at(serverId).ends(of);

        return ends.isEmpty() ? null : ends.get(ends.size() - 1).end();
    }

    boolean isLinked(final long one, final long other)
    {
        return at(one).isLinked(other) && at(other).isLinked(one);
    }

    void awaitLinks()
    {
        await("links", () -> running.keySet().stream()
            .allMatch(one -> running.keySet().stream().allMatch(other -> one.equals(other) || isLinked(one, other))));
    }

    void awaitDown(final long one, final long other)
    {
        await("the end of a link", () -> !at(one).isLinked(other) && !at(other).isLinked(one));
    }

    void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;

        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                fail("waited in vain for " + what + "; events: " + events().all());
            }

            cycle();
        }
    }

    /** Lets time pass in which something must not happen. */
    void runFor(final long durationMs)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);

        while (System.nanoTime() - deadlineNs < 0)
        {
            cycle();
        }
    }

    void cycle()
    {
        int workCount = 0;

        for (final RecordingPeerHandler server : running.values())
        {
            workCount += server.poll();
            ((AeronPeerPort)server.port()).flush();
        }

        if (workCount == 0)
        {
            ensemble.pause();
        }
    }

    boolean trySend(final long from, final long to, final PeerStream stream, final byte[] message)
    {
        final PeerPort port = at(from).port();
        final int offset = port.claim(to, stream, message.length);

        if (offset >= 0)
        {
            port.claimed().putBytes(offset, message);
            port.commit();
        }

        return offset >= 0;
    }

    void send(final long from, final long to, final PeerStream stream, final byte[] message)
    {
        await("room to send", () -> trySend(from, to, stream, message));
    }

    /** Sends a message from each server to the other and awaits both. */
    void exchange(final long one, final long other)
    {
        for (final PeerStream stream : PeerStream.values())
        {
            exchange(one, other, stream);
        }
    }

    /** Sends a message from each server to the other on the live stream and awaits both. */
    void exchangeLive(final long one, final long other)
    {
        exchange(one, other, PeerStream.LIVE);
    }

    private void exchange(final long one, final long other, final PeerStream stream)
    {
        final int before = at(other).taken(one, stream).size();
        final int beforeBack = at(one).taken(other, stream).size();
        final byte[] message = message(100, stream.ordinal());
        send(one, other, stream, message);
        send(other, one, stream, message);
        await("messages", () -> at(other).taken(one, stream).size() > before && at(one).taken(other, stream)
            .size() > beforeBack);
        assertArrayEquals(message, at(other).taken(one, stream).get(before));
    }

    static byte[] message(final int length, final int seed)
    {
        final byte[] bytes = new byte[length];

        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)(seed * 17 + i * 11 + (i >> 8) * 3);
        }

        return bytes;
    }

    @Override
    public void close()
    {
        ensemble.close();
        running.values().forEach(server -> assertTrue(server.complaints().isEmpty(), server.complaints()::toString));
    }
}
