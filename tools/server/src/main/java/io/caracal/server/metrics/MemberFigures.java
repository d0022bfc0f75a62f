/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The leader's measurements of each member of the ensemble. The engine's thread writes, any thread reads. Memory is
 * allocated only when a member is measured for the first time.
 */
public final class MemberFigures
{
    /** Maximum number of members. Further ones are not measured. */
    static final int MEMBERS_MAX = 255;

    private final AtomicReferenceArray<Member> members = new AtomicReferenceArray<>(MEMBERS_MAX);
    private Member last;

    /** The measurements of one member. */
    public static final class Member
    {
        private final long serverId;
        private final LatencyTrack acks = new LatencyTrack();
        private final LatencyTrack waits = new LatencyTrack();
        private final AmountTrack waiting = new AmountTrack();

        private Member(final long serverId)
        {
            this.serverId = serverId;
        }

        /**
         * Returns the server that was measured.
         *
         * @return its id.
         */
        public long serverId()
        {
            return serverId;
        }

        /**
         * Returns the times from a proposal until the leader hears that it is durable on the member. There is one for
         * each acknowledgement, taken for the last transaction that it covers.
         *
         * @return figures since the last reset.
         */
        public LatencyFigures acks()
        {
            return MetricsView.figures(acks);
        }

        /**
         * Returns how long the oldest transaction had waited to be sent to the member; one time for each turn of the
         * loop that sends.
         *
         * @return figures since the last reset.
         */
        public LatencyFigures waits()
        {
            return MetricsView.figures(waits);
        }

        /**
         * Returns how many transactions waited to be sent to the member; one number for each turn of the loop that
         * sends.
         *
         * @return figures since the last reset.
         */
        public Summary waiting()
        {
            return waiting.figures();
        }
    }

    void onAcked(final long serverId, final long latencyNs)
    {
        final Member member = of(serverId);
        if (member != null)
        {
            member.acks.record(latencyNs);
        }
    }

    void onTurn(final long serverId, final long waiting)
    {
        final Member member = of(serverId);
        if (member != null)
        {
            member.waiting.record(waiting);
        }
    }

    void onWaited(final long serverId, final long waitNs)
    {
        final Member member = of(serverId);
        if (member != null)
        {
            member.waits.record(waitNs);
        }
    }

    private Member of(final long serverId)
    {
        if (last == null || last.serverId != serverId)
        {
            last = find(serverId);
        }

        return last;
    }

    private Member find(final long serverId)
    {
        for (int i = 0; i < MEMBERS_MAX; i++)
        {
            final Member member = members.getPlain(i);
            if (member == null)
            {
                members.setRelease(i, new Member(serverId));
                return members.getPlain(i);
            }
            if (member.serverId == serverId)
            {
                return member;
            }
        }

        return null;
    }

    /**
     * Returns all members that were measured.
     *
     * @return in the order of their first measurement.
     */
    public List<Member> figures()
    {
        final List<Member> figures = new ArrayList<>();
        for (int i = 0; i < MEMBERS_MAX && members.getAcquire(i) != null; i++)
        {
            figures.add(members.getAcquire(i));
        }

        return figures;
    }

    /** Forgets all measurements. Called on any thread. */
    void reset()
    {
        figures().forEach(member ->
        {
            member.acks.reset();
            member.waits.reset();
            member.waiting.reset();
        });
    }
}
