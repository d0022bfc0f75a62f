/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.txn.codec.TxnHeaderEncoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import io.caracal.engine.zab.codec.ProposalEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class LeaderClockTest implements EventSink
{
    private static final long LEADER = 3;
    private static final long HOURS_MS = TimeUnit.HOURS.toMillis(2);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final List<String> told = new ArrayList<>();
    private final LeaderClock clock = new LeaderClock(this, LEADER);
    private final ExpandableArrayBuffer txn = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private long nowNs = -5;

    @Override
    public void onNotice(final String what, final long server)
    {
        assertEquals(LEADER, server);
        told.add(what);
    }

    private ProposalDecoder proposal(final int txnLength)
    {
        new ProposalEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).zxid(7).putPayload(txn, 0,
            txnLength);

        return new ProposalDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** Delivers one proposal per second from a leader whose clock is ahead of this server's by the given time. */
    private void seconds(final int count, final long leaderIsAheadMs)
    {
        for (int i = 0; i < count; i++)
        {
            nowNs += SECOND_NS;
            final long nowMs = TimeUnit.NANOSECONDS.toMillis(nowNs);
            final int length = new TxnHeaderEncoder().wrapAndApplyHeader(txn, 0,
                new io.caracal.engine.txn.codec.MessageHeaderEncoder()).timeMs(nowMs + leaderIsAheadMs).limit();
            final ProposalDecoder message = proposal(length);
            clock.onProposal(message);
            assertEquals(length, message.payloadLength(), "the message is read after this, too");
            clock.advance(nowNs, nowMs);
            clock.advance(nowNs, nowMs);
        }
    }

    @Test
    void shouldTellOnceThatTheClocksAreApartAndOnceThatTheyAgreeAgain()
    {
        seconds(60, -HOURS_MS);
        assertEquals(List.of(LeaderClock.AHEAD), told);
        seconds(60, LeaderClock.APART_MS);
        assertEquals(List.of(LeaderClock.AHEAD, LeaderClock.AGREES), told);
        seconds(60, HOURS_MS);
        assertEquals(List.of(LeaderClock.AHEAD, LeaderClock.AGREES, LeaderClock.BEHIND), told);
    }

    @Test
    void shouldTellOfAClockThatJumpsFromOneSideToTheOther()
    {
        seconds(60, -HOURS_MS);
        seconds(60, HOURS_MS);
        assertEquals(List.of(LeaderClock.AHEAD, LeaderClock.BEHIND), told);
        seconds(5, -HOURS_MS);
        assertEquals(List.of(LeaderClock.AHEAD, LeaderClock.BEHIND), told, "that has not lasted yet");
        seconds(60, -HOURS_MS);
        assertEquals(List.of(LeaderClock.AHEAD, LeaderClock.BEHIND, LeaderClock.AHEAD), told);
    }

    @Test
    void shouldLookAtOneProposalOfADutyCycle()
    {
        final ProposalDecoder unread = new ProposalDecoder();
        seconds(60, -HOURS_MS);
        clock.onProposal(proposal(new TxnHeaderEncoder().wrapAndApplyHeader(txn, 0,
            new io.caracal.engine.txn.codec.MessageHeaderEncoder()).timeMs(0).limit()));
        assertDoesNotThrow(() -> clock.onProposal(unread), "one that wraps nothing could not be read");
    }

    /** This happens after a pause of this server: the first messages are old. */
    @Test
    void shouldNotTellOfWhatDoesNotLast()
    {
        for (int i = 0; i < 5; i++)
        {
            seconds((int)(LeaderClock.LASTING_NS / SECOND_NS), -HOURS_MS);
            seconds(1, 0);
        }
        clock.advance(nowNs + LeaderClock.LASTING_NS, Long.MAX_VALUE);
        assertEquals(List.of(), told);
    }

    @Test
    void shouldPassOverWhatIsTooShortForATime()
    {
        clock.onProposal(proposal(1));
        clock.advance(0, HOURS_MS);
        clock.onProposal(proposal(1));
        clock.advance(LeaderClock.LASTING_NS, HOURS_MS);
        assertEquals(List.of(), told);
    }
}
