/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerEvents;
import io.caracal.transport.PeerRefusal;

/** Tells people about one link. What repeats with every attempt is told only once a minute. */
final class LinkNews
{
    private final Repeats repeats;
    private final PeerContext context;
    private final PeerEvents events;
    private final long serverId;

    LinkNews(final PeerContext context, final long serverId)
    {
        this.context = context;
        this.serverId = serverId;
        events = context.events();
        repeats = new Repeats(context.nanoClock());
    }

    void up(final long generation, final String address)
    {
        repeats.clear();
        events.onLinkUp(serverId, generation, address);
    }

    void down(final long generation, final LinkEnd end, final String detail)
    {
        repeats.clear();
        events.onLinkDown(serverId, generation, end, detail);
    }

    void failed(final String why)
    {
        if (repeats.isNew(why))
        {
            events.onAttemptFailed(serverId, why);
        }
    }

    /** The other server refuses this one and states its own set of voters. */
    void refusedByPeer(final PeerRefusal refusal, final long[] theirVoters)
    {
        refused(refusal, "refused by server " + serverId + Refusals.difference(refusal, context.voters(), theirVoters));
    }

    /** A hello was refused, by this server or by the other one. */
    void refused(final PeerRefusal refusal, final String detail)
    {
        if (repeats.isNew(refusal + detail))
        {
            events.onRefused(serverId, refusal, detail);
        }
    }
}
