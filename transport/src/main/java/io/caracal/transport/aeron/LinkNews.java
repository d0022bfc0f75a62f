/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.transport.PeerContext;
import io.caracal.transport.PeerEvents;
import io.caracal.transport.PeerRefusal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** Tells people about one link, and what repeats with every attempt only once a minute. */
final class LinkNews
{
    private static final long REPEAT_NS = TimeUnit.MINUTES.toNanos(1);

    private final Set<String> told = new HashSet<>();
    private final PeerContext context;
    private final PeerEvents events;
    private final NanoClock nanoClock;
    private final long serverId;
    private long toldSinceNs;

    LinkNews(final PeerContext context, final long serverId)
    {
        this.context = context;
        this.serverId = serverId;
        events = context.events();
        nanoClock = context.nanoClock();
        toldSinceNs = nanoClock.nanoTime();
    }

    void up(final long generation, final String address)
    {
        told.clear();
        events.onLinkUp(serverId, generation, address);
    }

    void down(final long generation, final LinkEnd end, final String detail)
    {
        told.clear();
        events.onLinkDown(serverId, generation, end, detail);
    }

    void failed(final String why)
    {
        if (isNew(why))
        {
            events.onAttemptFailed(serverId, why);
        }
    }

    /** The other server refuses this one, and says what it takes for the voters. */
    void refusedByPeer(final PeerRefusal refusal, final long[] theirVoters)
    {
        refused(refusal, "refused by server " + serverId + Refusals.difference(refusal, context.voters(), theirVoters));
    }

    /** A hello was refused, here or there. */
    void refused(final PeerRefusal refusal, final String detail)
    {
        if (isNew(refusal + detail))
        {
            events.onRefused(serverId, refusal, detail);
        }
    }

    private boolean isNew(final String news)
    {
        final long nowNs = nanoClock.nanoTime();

        if (nowNs - toldSinceNs >= REPEAT_NS)
        {
            told.clear();
            toldSinceNs = nowNs;
        }

        return told.add(news);
    }
}
