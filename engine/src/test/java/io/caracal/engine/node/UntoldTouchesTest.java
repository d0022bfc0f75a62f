/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.port.PeerStream;
import io.caracal.engine.session.Session;
import io.caracal.engine.session.SessionTable;
import io.caracal.engine.zab.PeerSender;
import io.caracal.engine.zab.SoundLink;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.TouchesDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class UntoldTouchesTest
{
    private static final long LEADER = 3;
    private static final int TIMEOUT_MS = 4000;
    private static final long NS_PER_MS = 1_000_000;
    private static final int MANY = 3000;

    private final SessionTable table = new SessionTable();
    private final Stream stream = new Stream();
    private final TreeSet<Long> waiting = new TreeSet<>();
    private long nowNs = 1;
    private final UntoldTouches untold = new UntoldTouches(() -> nowNs, table,
        session -> waiting.contains(session.id()), new PeerSender(stream));

    private Session session(final long id)
    {
        return table.add(id, TIMEOUT_MS, 1, 0);
    }

    private List<Long> told()
    {
        stream.named.clear();
        untold.tell(LEADER, 1);

        return stream.named;
    }

    @Test
    void shouldNameASessionOnceBetweenTwoAnswers()
    {
        final Session session = session(7);
        untold.add(session);
        untold.add(session);
        assertEquals(List.of(7L), told());
        assertTrue(untold.areAllTold());
        assertEquals(List.of(), told());
        untold.onAnswered(1);
        untold.add(session);
        assertEquals(List.of(7L), told());
    }

    /** A client that has come back a moment after it was heard may have agreed on another time-out. */
    @Test
    void shouldNameASessionAgainWhoseTimeoutIsAnother()
    {
        final Session session = session(7);
        untold.add(session);
        session.touchTimeoutMs(TIMEOUT_MS);
        untold.add(session);
        assertEquals(List.of(7L), told());
        untold.add(session);
        session.touchTimeoutMs(TIMEOUT_MS + 1);
        untold.add(session);
        assertEquals(List.of(7L, 7L), told());
    }

    /** The leader counts from when it was told, and does not ask before all are named, which can take long. */
    @Test
    void shouldNameASessionAgainThatIsHeardWhileTheOthersAreNamed()
    {
        final Session first = session(1);
        untold.add(first);
        for (int i = 2; i <= MANY; i++)
        {
            untold.add(session(i));
        }
        stream.room = 1;
        assertTrue(told().contains(first.id()));
        assertFalse(untold.areAllTold());
        untold.add(first);
        stream.room = 2;
        assertTrue(told().contains(first.id()));
        assertTrue(untold.areAllTold());
    }

    @Test
    void shouldNameWhoIsConnectedAndWasHeardInTimeWhenAConversationBegins()
    {
        final Session late = session(1);
        final Session inTime = session(2);
        final Session gone = session(3);
        late.connectionId(11);
        inTime.connectionId(12);
        late.heardNs(nowNs);
        inTime.heardNs(nowNs + 1);
        gone.heardNs(nowNs + 1);
        nowNs += TIMEOUT_MS * NS_PER_MS + 1;
        untold.begin();
        assertEquals(List.of(2L), told());
    }

    /** The leader does not know the time-out that was agreed on last, and would end the session too soon. */
    @Test
    void shouldNameWhoIsAwayAndHasMoreTimeThanTheHistorySays()
    {
        final Session away = session(1);
        final Session elsewhere = session(2);
        final Session over = session(3);
        for (final Session each : List.of(away, elsewhere, over))
        {
            each.held(each != elsewhere);
            each.touchTimeoutMs(3 * TIMEOUT_MS);
            each.heardNs(each == over ? nowNs : nowNs + 1);
        }
        nowNs += 3 * TIMEOUT_MS * NS_PER_MS + 1;
        untold.begin();
        assertEquals(List.of(1L), told());
    }

    @Test
    void shouldNameWhoHasSentSomethingThatIsNotTakenYet()
    {
        final Session waits = session(1);
        final Session mute = session(2);
        waits.connectionId(11);
        mute.connectionId(12);
        waiting.add(1L);
        nowNs += 2 * TIMEOUT_MS * NS_PER_MS;
        untold.begin();
        assertEquals(List.of(1L), told());
        assertEquals(0, waits.silentNs(nowNs));
    }

    /** What was heard before is not repeated, because it was too long ago. */
    @Test
    void shouldNameWhoIsHeardAgainAfterAConversationHasBegun()
    {
        final Session session = session(1);
        untold.add(session);
        nowNs += TIMEOUT_MS * NS_PER_MS + 1;
        untold.repeat();
        assertEquals(List.of(), told());
        untold.add(session);
        assertEquals(List.of(1L), told());
    }

    @Test
    void shouldRepeatWhatTheLeaderMayNotKnow()
    {
        untold.add(session(1));
        told();
        untold.onAnswered(5);
        untold.add(session(2));
        untold.begin();
        assertEquals(List.of(1L, 2L), told());
        untold.onAnswered(6);
        untold.onEcho(6);
        untold.begin();
        assertEquals(List.of(), told());
    }

    /** The leader may have sent this mark back before it was told anything. */
    @Test
    void shouldRepeatWhatWasNamedAfterTheAnswerThatIsEchoed()
    {
        untold.onAnswered(4);
        untold.add(session(1));
        told();
        untold.onAnswered(5);
        untold.onEcho(4);
        untold.repeat();
        assertEquals(List.of(1L), told());
    }

    @Test
    void shouldRepeatWhatWasNamedWithoutAnAnswerBehindIt()
    {
        untold.add(session(1));
        assertEquals(List.of(1L), told());
        untold.repeat();
        assertEquals(List.of(1L), told());
    }

    /** Notes who is named, and takes a given number of messages. */
    private static final class Stream extends SoundLink
    {
        private final List<Long> named = new ArrayList<>();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private int room = Integer.MAX_VALUE;

        @Override
        public int claim(final long serverId, final PeerStream stream, final int length)
        {
            return room == 0 ? BACK_PRESSURED : super.claim(serverId, stream, length);
        }

        @Override
        public void commit()
        {
            room--;
            final MutableDirectBuffer buffer = claimed();
            new TouchesDecoder().wrapAndApplyHeader(buffer, 0, header).sessions()
                .forEach(each -> named.add(each.sessionId()));
        }
    }
}
