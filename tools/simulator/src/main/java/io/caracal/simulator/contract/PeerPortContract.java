/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that every {@link PeerPort} must pass, whether its network is real or simulated. */
public abstract class PeerPortContract extends PeerPortTrial
{
    @Test
    void shouldLinkByItself()
    {
        start(A);
        start(B);
        awaitLinks();
        assertEquals(1, at(A).generations(B).size());
        assertEquals(1, at(B).generations(A).size());
    }

    @Test
    void shouldLinkAServerThatStartsLater()
    {
        start(B);
        start(C);
        awaitLinks();
        start(A);
        awaitLinks();
        assertEquals(1, at(B).generations(C).size());
    }

    @Test
    void shouldRefuseClaimsWithoutALink()
    {
        start(A);
        assertEquals(PeerPort.CLOSED, at(A).port().claim(B, PeerStream.LIVE, 8));
        assertEquals(PeerPort.CLOSED, at(A).port().claim(A, PeerStream.LIVE, 8));
        assertEquals(PeerPort.CLOSED, at(A).port().claim(99, PeerStream.BULK, 8));
    }

    @Test
    void shouldHaveRoomForTwiceAClientsRequest()
    {
        assertEquals(MESSAGE_LENGTH_MAX, start(A).port().messageLengthMax());
    }

    @Test
    void shouldDeliverEachStreamInOrder()
    {
        startPair();
        final List<byte[]> sent = new ArrayList<>();

        for (int i = 0; i < 3000; i++)
        {
            final byte[] message = message(1 + i * 7 % 500, i);
            sent.add(message);

            for (final PeerStream stream : PeerStream.values())
            {
                send(A, B, stream, message);
                send(B, A, stream, message);
            }
        }

        for (final PeerStream stream : PeerStream.values())
        {
            awaitTaken(B, A, stream, sent);
            awaitTaken(A, B, stream, sent);
        }
    }

    @Test
    void shouldDeliverEveryShortLength()
    {
        startPair();
        final List<byte[]> sent = new ArrayList<>();

        for (int length = 1; length <= 2100; length++)
        {
            sent.add(message(length, length));
            send(A, B, PeerStream.LIVE, sent.get(length - 1));
        }

        awaitTaken(B, A, PeerStream.LIVE, sent);
    }

    @Test
    void shouldDeliverLongMessagesOfEachStream()
    {
        startPair();

        for (final PeerStream stream : PeerStream.values())
        {
            final List<byte[]> sent = new ArrayList<>();

            for (int power = 2048; power <= MESSAGE_LENGTH_MAX; power *= 2)
            {
                for (int length = power - 33; length <= Math.min(power + 33, MESSAGE_LENGTH_MAX); length += 11)
                {
                    sent.add(message(length, length));
                    send(A, B, stream, sent.get(sent.size() - 1));
                }
            }

            sent.add(message(MESSAGE_LENGTH_MAX, 1));
            send(A, B, stream, sent.get(sent.size() - 1));
            awaitTaken(B, A, stream, sent);
            at(B).taken(A, stream).clear();
        }
    }

    @Test
    void shouldDeliverToWhoIsMeant()
    {
        startAll();

        for (int i = 0; i < 200; i++)
        {
            for (final long from : running())
            {
                for (final long to : running())
                {
                    if (from != to)
                    {
                        send(from, to, PeerStream.LIVE, message(20, (int)(from * 100 + to * 10_000) + i));
                    }
                }
            }
        }

        for (final long from : running())
        {
            for (final long to : running())
            {
                if (from != to)
                {
                    final List<byte[]> sent = new ArrayList<>();

                    for (int i = 0; i < 200; i++)
                    {
                        sent.add(message(20, (int)(from * 100 + to * 10_000) + i));
                    }

                    awaitTaken(to, from, PeerStream.LIVE, sent);
                }
            }
        }
    }

    @Test
    void shouldOfferARefusedMessageAgain()
    {
        startPair();

        for (final PeerStream stream : PeerStream.values())
        {
            final List<byte[]> sent = new ArrayList<>();
            final int before = at(B).refusalCount(A);
            at(B).isRefusing(A, stream, true);

            for (int i = 0; i < 50; i++)
            {
                sent.add(message(100 + i, i));
                send(A, B, stream, sent.get(i));
            }

            await("refusals", () -> at(B).refusalCount(A) >= before + 5);
            assertEquals(List.of(), at(B).taken(A, stream));
            at(B).isRefusing(A, stream, false);
            awaitTaken(B, A, stream, sent);
        }
    }

    @Test
    void shouldOfferALongRefusedMessageAgain()
    {
        startPair();
        final List<byte[]> sent = List.of(message(MESSAGE_LENGTH_MAX, 1), message(1, 2), message(300_000, 3));
        at(B).isRefusing(A, PeerStream.BULK, true);
        send(A, B, PeerStream.BULK, sent.get(0));
        await("refusals", () -> at(B).refusalCount(A) >= 3);
        at(B).isRefusing(A, PeerStream.BULK, false);
        sent.subList(1, sent.size()).forEach(message -> send(A, B, PeerStream.BULK, message));
        awaitTaken(B, A, PeerStream.BULK, sent);
    }

    @Test
    void shouldPressBackOneStreamAndNotTheOthers()
    {
        startPair();

        for (final PeerStream refused : PeerStream.values())
        {
            at(B).isRefusing(A, refused, true);
            final List<byte[]> flood = flood(A, B, refused);

            for (final PeerStream stream : PeerStream.values())
            {
                if (stream != refused)
                {
                    final List<byte[]> sent = List.of(message(10, 1), message(500_000, 2), message(1, 3));
                    sent.forEach(message -> send(A, B, stream, message));
                    awaitTaken(B, A, stream, sent);
                    at(B).taken(A, stream).clear();
                }
            }

            assertEquals(List.of(), at(B).taken(A, refused));
            at(B).isRefusing(A, refused, false);
            awaitTaken(B, A, refused, flood);
            at(B).taken(A, refused).clear();
        }
    }

    @Test
    void shouldPressBackOnePeerAndNotTheOthers()
    {
        startAll();
        at(B).isRefusing(A, PeerStream.LIVE, true);
        final List<byte[]> flood = flood(A, B, PeerStream.LIVE);
        final List<byte[]> sent = List.of(message(10, 1), message(500_000, 2), message(1, 3));
        sent.forEach(message -> send(A, C, PeerStream.LIVE, message));
        sent.forEach(message -> send(C, B, PeerStream.LIVE, message));
        awaitTaken(C, A, PeerStream.LIVE, sent);
        awaitTaken(B, C, PeerStream.LIVE, sent);
        at(B).isRefusing(A, PeerStream.LIVE, false);
        awaitTaken(B, A, PeerStream.LIVE, flood);
    }

    @Test
    void shouldSayWhetherTheLiveStreamsAreDrained()
    {
        startPair();
        await("drained", () -> at(B).port().isDrained());
        at(B).isRefusing(A, PeerStream.LIVE, true);
        send(A, B, PeerStream.LIVE, message(10, 1));
        await("a refusal", () -> at(B).refusalCount(A) > 0);
        assertFalse(at(B).port().isDrained());
        at(B).isRefusing(A, PeerStream.LIVE, false);
        await("drained again", () -> at(B).port().isDrained());
        assertEquals(1, at(B).taken(A, PeerStream.LIVE).size());
    }

    @Test
    void shouldBeDrainedThoughOtherStreamsAreRefused()
    {
        startPair();
        at(B).isRefusing(A, PeerStream.BULK, true);
        at(B).isRefusing(A, PeerStream.REQUESTS, true);
        send(A, B, PeerStream.BULK, message(10, 1));
        send(A, B, PeerStream.REQUESTS, message(10, 1));
        await("refusals", () -> at(B).refusalCount(A) > 3);
        await("drained", () -> at(B).port().isDrained());
    }

    @Test
    void shouldTakeWhatAHandlerSendsWhileItIsCalled()
    {
        startPair();
        at(B).reaction((serverId, stream, buffer, offset, length) ->
        {
            final int at = at(B).port().claim(serverId, stream, length);
            assertTrue(at >= 0, "no room for an answer");
            at(B).port().claimed().putBytes(at, buffer, offset, length);
            at(B).port().commit();
        });
        final List<byte[]> sent = new ArrayList<>();

        for (int i = 0; i < 100; i++)
        {
            sent.add(message(1 + i * 11, i));
            send(A, B, PeerStream.REQUESTS, sent.get(i));
        }

        awaitTaken(A, B, PeerStream.REQUESTS, sent);
    }

    @Test
    void shouldDeliverNothingAfterAHandlerClosed()
    {
        startPair();
        at(B).reaction((serverId, stream, buffer, offset, length) -> at(B).close(serverId));

        for (int i = 0; i < 100; i++)
        {
            for (final PeerStream stream : PeerStream.values())
            {
                trySend(A, B, stream, message(10, i));
            }
        }

        await("the end", () -> !at(B).ends(A).isEmpty() && !at(A).ends(B).isEmpty());
        assertEquals(LinkEnd.CLOSED_HERE, at(B).ends(A).get(0).end());
        assertEquals(LinkEnd.CLOSED_BY_PEER, at(A).ends(B).get(0).end());
    }

    @Test
    void shouldTellBothSidesWhoClosed()
    {
        startPair();
        at(A).close(B);
        assertEquals(PeerPort.CLOSED, at(A).port().claim(B, PeerStream.LIVE, 8));
        awaitEnds(1);
        assertEquals(LinkEnd.CLOSED_HERE, at(A).ends(B).get(0).end());
        assertEquals(LinkEnd.CLOSED_BY_PEER, at(B).ends(A).get(0).end());
        awaitLinks();
        assertEquals(2, at(A).generations(B).size());
        assertEquals(2, at(B).generations(A).size());
    }

    @Test
    void shouldLinkAgainAfterBothClosed()
    {
        startPair();

        for (int round = 1; round <= 5; round++)
        {
            at(A).close(B);
            at(B).close(A);
            awaitEnds(round);
            awaitLinks();
            final List<byte[]> sent = List.of(message(30, round));
            send(A, B, PeerStream.LIVE, sent.get(0));
            send(B, A, PeerStream.LIVE, sent.get(0));
            awaitTaken(B, A, PeerStream.LIVE, sent);
            awaitTaken(A, B, PeerStream.LIVE, sent);
        }
    }

    @Test
    void shouldIgnoreCloseWithoutALink()
    {
        start(A);
        at(A).port().close(B);
        at(A).port().close(99);
        runQuietly();
        start(B);
        awaitLinks();
        assertEquals(List.of(), at(A).ends(B));
    }

    @Test
    void shouldDeliverNothingOfAGenerationThatEnded()
    {
        startPair();

        for (int round = 1; round <= 3; round++)
        {
            for (final PeerStream stream : PeerStream.values())
            {
                at(B).isRefusing(A, stream, true);
            }

            for (int i = 0; i < 100; i++)
            {
                for (final PeerStream stream : PeerStream.values())
                {
                    send(A, B, stream, message(400, i));
                }
            }

            at(A).close(B);
            awaitEnds(round);
            awaitLinks();

            for (final PeerStream stream : PeerStream.values())
            {
                at(B).isRefusing(A, stream, false);
                final List<byte[]> sent = List.of(message(77, round), message(5, round));
                sent.forEach(message -> send(A, B, stream, message));
                awaitTaken(B, A, stream, sent);
            }
        }
    }

    @Test
    void shouldTellThatAPeerIsGoneAndLinkWithItsSuccessor()
    {
        startAll();

        for (final long victim : new long[]{ A, C, B })
        {
            final List<Integer> before = new ArrayList<>();
            others(victim).forEach(other -> before.add(at(other).ends(victim).size()));
            kill(victim);
            await("the news of a death", () -> others(victim).stream().noneMatch(other -> at(other).isLinked(victim)));

            for (final long other : others(victim))
            {
                final List<RecordingPeerHandler.Ended> ends = at(other).ends(victim);
                assertEquals(before.remove(0) + 1, ends.size());
                assertEquals(LinkEnd.PEER_GONE, ends.get(ends.size() - 1).end());
                assertEquals(PeerPort.CLOSED, at(other).port().claim(victim, PeerStream.LIVE, 8));
            }

            start(victim);
            awaitLinks();
        }

        final List<byte[]> sent = List.of(message(30, 1));
        send(A, C, PeerStream.LIVE, sent.get(0));
        awaitTaken(C, A, PeerStream.LIVE, sent);
        assertEquals(2, at(A).generations(B).size());
        assertEquals(1, at(B).generations(A).size());
    }

    @Test
    void shouldDeliverABeginningOfWhatADeadPeerSent()
    {
        startPair();
        final List<byte[]> sent = new ArrayList<>();

        for (int i = 0; i < 300; i++)
        {
            sent.add(message(3000, i));
            send(A, B, PeerStream.LIVE, sent.get(i));
        }

        kill(A);
        await("the news of a death", () -> !at(B).isLinked(A));
        final List<byte[]> taken = at(B).taken(A, PeerStream.LIVE);
        assertSame(sent.subList(0, taken.size()), taken);
    }

    @Test
    void shouldOutliveSilence()
    {
        startPair();
        trySend(A, B, PeerStream.LIVE, message(10, 1));
        sleep(B);
        final List<byte[]> sent = List.of(message(10, 1), message(30, 2));
        send(A, B, PeerStream.LIVE, sent.get(1));
        send(B, A, PeerStream.LIVE, sent.get(0));
        awaitTaken(B, A, PeerStream.LIVE, sent);
        awaitTaken(A, B, PeerStream.LIVE, sent.subList(0, 1));
        assertEquals(List.of(), at(A).ends(B));
        assertEquals(List.of(), at(B).ends(A));
    }
}
