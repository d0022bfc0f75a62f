/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares a learner's clock with its leader's, by the times in the leader's proposals, and tells people when they are
 * apart. Znodes get their times from whichever server leads, and whichever server leads later judges whether their time
 * to live is over. Where clocks differ, znodes go too early or stay too long, and nothing else would say why.
 */
final class LeaderClock
{
    /** Clocks that differ by more than this, in milliseconds, are apart. No proposal is under way for so long. */
    static final long APART_MS = 60_000;

    /**
     * A difference is reported only when it lasts this long, because proposals are also old after a pause of this
     * server.
     */
    static final long LASTING_NS = TimeUnit.SECONDS.toNanos(10);

    static final String AHEAD = "the clock of this server is more than a minute ahead of that of the leader, by " +
        "which znodes get their times and times to live end";
    static final String BEHIND = "the clock of this server is more than a minute behind that of the leader, by " +
        "which znodes get their times and times to live end";
    static final String AGREES = "the clock of this server agrees with that of the leader again";

    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH + TxnHeaderDecoder.BLOCK_LENGTH;

    private final EventSink events;
    private final long leader;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private long leaderMs;
    private boolean isNews;
    private int side;
    private int toldSide;
    private long sideSinceNs;

    /**
     * Starts without knowing the leader's clock.
     *
     * @param events is told of clocks that are apart.
     * @param leader its id.
     */
    LeaderClock(final EventSink events, final long leader)
    {
        this.events = events;
        this.leader = leader;
    }

    /**
     * Notes the time of the first proposal of a duty cycle; later ones say the same. The message is neither kept nor
     * changed.
     */
    void onProposal(final ProposalDecoder message)
    {
        if (isNews)
        {
            return;
        }

        final int limit = message.limit();
        message.wrapPayload(view);
        message.limit(limit);
        if (view.capacity() >= HEADER_LENGTH)
        {
            header.wrapAndApplyHeader(view, 0, messageHeader);
            leaderMs = header.timeMs();
            isNews = true;
        }
    }

    /** Compares the clocks, once in each duty cycle that had a proposal. */
    void advance(final long nowNs, final long nowMs)
    {
        if (isNews)
        {
            isNews = false;
            compare(nowNs, nowMs - leaderMs);
        }
    }

    /** A difference is reported when it has lasted; agreement is reported at once. */
    private void compare(final long nowNs, final long aheadMs)
    {
        final int newSide = sideOf(aheadMs);
        if (newSide != side)
        {
            side = newSide;
            sideSinceNs = nowNs;
        }

        if (side != toldSide && (side == 0 || nowNs - sideSinceNs >= LASTING_NS))
        {
            toldSide = side;
            events.onNotice(side == 0 ? AGREES : side > 0 ? AHEAD : BEHIND, leader);
        }
    }

    /** Positive when this server's clock is ahead, negative when it is behind, 0 when they agree. */
    private static int sideOf(final long aheadMs)
    {
        return Math.abs(aheadMs) > APART_MS ? Long.signum(aheadMs) : 0;
    }
}
