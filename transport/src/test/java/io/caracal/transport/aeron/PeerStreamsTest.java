/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;
import io.caracal.transport.BufferPurpose;
import io.caracal.transport.Threading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests long messages, slow receivers and many servers. */
class PeerStreamsTest
{
    private static final int LENGTH_MAX = 5 << 20;

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldCarryLongMessagesBothWaysAtOnce(final Threading threading)
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.threading(threading).messageLengthMax(LENGTH_MAX),
            1,
            2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            final List<byte[]> sent = new ArrayList<>();

            for (int i = 0; i < 8; i++)
            {
                sent.add(PeerCluster.message((2 << 20) + i * 400_001, i));
            }

            final int[] next = new int[2 * PeerStream.values().length];
            cluster.await("all messages", () -> isDone(cluster, sent, next));
            assertEquals(List.of(), cluster.at(1).ends(2));

            for (final PeerStream stream : PeerStream.values())
            {
                for (int i = 0; i < sent.size(); i++)
                {
                    assertArrayEquals(sent.get(i), cluster.at(1).taken(2, stream).get(i));
                    assertArrayEquals(sent.get(i), cluster.at(2).taken(1, stream).get(i));
                }
            }

            assertEquals(0, cluster.port(1).memory().bytes(BufferPurpose.PEER_STAGED), "long buffers are not kept");
            assertEquals(0, cluster.port(1).memory().bytes(BufferPurpose.PEER_ASSEMBLED), "long buffers are not kept");
        }
    }

    @Test
    void shouldPressBackWhoeverSendsWhileALongMessageIsUnderWay()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.messageLengthMax(LENGTH_MAX), 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.at(2).isRefusing(1, PeerStream.REQUESTS, true);
            final byte[] first = PeerCluster.message(100, 1);
            final byte[] second = PeerCluster.message(LENGTH_MAX, 2);
            final byte[] third = PeerCluster.message(10, 3);
            cluster.send(1, 2, PeerStream.REQUESTS, first);
            cluster.send(1, 2, PeerStream.REQUESTS, second);
            cluster.runFor(100);
            assertTrue(!cluster.trySend(1, 2, PeerStream.REQUESTS, third), "a message is longer than the window");
            cluster.exchangeLive(1, 2);
            cluster.at(2).isRefusing(1, PeerStream.REQUESTS, false);
            cluster.send(1, 2, PeerStream.REQUESTS, third);
            cluster.await("all", () -> cluster.at(2).taken(1, PeerStream.REQUESTS).size() == 3);
            assertArrayEquals(second, cluster.at(2).taken(1, PeerStream.REQUESTS).get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = { 100, 500_000 })
    void shouldOfferARefusedMessageBeforeAnyOther(final long length)
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.at(2).isRefusing(1, PeerStream.LIVE, true);
            final byte[] refused = PeerCluster.message((int)length, 1);
            cluster.send(1, 2, PeerStream.LIVE, refused);
            cluster.await("a refusal", () -> cluster.at(2).refusalCount(1) > 0);
            cluster.at(2).isRefusing(1, PeerStream.LIVE, false);
            cluster.send(1, 2, PeerStream.LIVE, PeerCluster.message(1, 2));
            cluster.await("a message", () -> !cluster.at(2).taken(1, PeerStream.LIVE).isEmpty());
            assertArrayEquals(refused, cluster.at(2).taken(1, PeerStream.LIVE).get(0));
        }
    }

    @Test
    void shouldCarryALongMessageThatWaitedForRoom()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.messageLengthMax(LENGTH_MAX), 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.at(2).isRefusing(1, PeerStream.BULK, true);
            cluster.send(1, 2, PeerStream.BULK, PeerCluster.message(10, 1));
            final byte[] waiting = PeerCluster.message(LENGTH_MAX, 2);
            cluster.send(1, 2, PeerStream.BULK, waiting);
            cluster.await("a refusal", () -> cluster.at(2).refusalCount(1) > 0);
            cluster.at(2).isRefusing(1, PeerStream.BULK, false);
            cluster.send(1, 2, PeerStream.BULK, PeerCluster.message(10, 3));
            cluster.await("all messages, or the end of the generation", () -> cluster.at(2).taken(1,
                PeerStream.BULK).size() == 3 || !cluster.at(2).ends(1).isEmpty());
            assertEquals(List.of(), cluster.at(2).ends(1));
            assertArrayEquals(waiting, cluster.at(2).taken(1, PeerStream.BULK).get(1));
        }
    }

    @Test
    void shouldEndTheGenerationOfASenderWithALargerLimit()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context.serverId() == 1 ?
            context.messageLengthMax(LENGTH_MAX) : context.messageLengthMax(1 << 20), 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.send(1, 2, PeerStream.BULK, PeerCluster.message(2 << 20, 1));
            cluster.await("the end", () -> !cluster.at(2).ends(1).isEmpty());
            assertEquals(LinkEnd.STREAM_LOST, cluster.lastEnd(2, 1));
            assertTrue(cluster.events().has("2097152 bytes, more than 1048576"));
        }
    }

    @Test
    void shouldRefuseLengthsOutOfRange()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1);
            final AeronPeerPort port = cluster.port(1);
            assertThrows(IllegalArgumentException.class, () -> port.claim(2, PeerStream.LIVE, 0));
            assertThrows(IllegalArgumentException.class, () -> port.claim(2, PeerStream.LIVE, port.messageLengthMax() +
                1));
        }
    }

    @Test
    void shouldLetNoBrokenInvariantPass()
    {
        try (PeerCluster cluster = new PeerCluster(context -> context, 1, 2))
        {
            cluster.start(1, 2);
            cluster.awaitLinks();
            cluster.at(2).reaction((serverId, stream, buffer, offset, length) ->
            {
                throw new IllegalStateException("broken");
            });
            cluster.send(1, 2, PeerStream.LIVE, new byte[]{ 1 });
            final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> cluster.await("it",
                () -> false));
            assertEquals("broken", thrown.getMessage());
            cluster.at(2).reaction((serverId, stream, buffer, offset, length) ->
            {
            });
        }
    }

    @Test
    void shouldLinkSixServersAndWrapTheirTerms()
    {
        final long[] servers = { 1, 2, 3, 4, 5, 6 };

        try (PeerCluster cluster = new PeerCluster(context -> context.termLengths(64 << 10, 64 << 10, 64 << 10),
            servers))
        {
            cluster.start(servers);
            cluster.awaitLinks();
            final byte[] message = PeerCluster.message(1000, 1);
            final int count = 400;

            for (int i = 0; i < count; i++)
            {
                for (final long from : servers)
                {
                    for (final long to : servers)
                    {
                        if (from != to)
                        {
                            cluster.send(from, to, PeerStream.LIVE, message);
                        }
                    }
                }
            }

            for (final long from : servers)
            {
                for (final long to : servers)
                {
                    if (from != to)
                    {
                        cluster.await("all", () -> count == cluster.at(to).taken(from, PeerStream.LIVE).size());
                        assertEquals(List.of(), cluster.at(to).ends(from));
                    }
                }
            }
        }
    }

    private static boolean isDone(final PeerCluster cluster, final List<byte[]> sent, final int[] next)
    {
        boolean isDone = true;

        for (final PeerStream stream : PeerStream.values())
        {
            final int one = 2 * stream.ordinal();
            next[one] += next[one] < sent.size() && cluster.trySend(1, 2, stream, sent.get(next[one])) ? 1 : 0;
            next[one + 1] += next[one + 1] < sent.size() && cluster.trySend(2, 1, stream, sent.get(next[one + 1])) ? 1 :
                0;
            isDone &= sent.size() == cluster.at(1).taken(2, stream).size() && sent.size() == cluster.at(2).taken(1,
                stream)
                .size();
        }

        return isDone;
    }
}
