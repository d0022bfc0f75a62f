/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.transport.PeerEvents;
import io.caracal.transport.PeerRefusal;

/** Tells people about one link, and the same only once until something else happens. */
final class LinkNews
{
    private final PeerEvents events;
    private final long serverId;
    private String last = "";

    LinkNews(final PeerEvents events, final long serverId)
    {
        this.events = events;
        this.serverId = serverId;
    }

    void up(final long generation, final String address)
    {
        last = "";
        events.onLinkUp(serverId, generation, address);
    }

    void down(final long generation, final LinkEnd end, final String detail)
    {
        last = "";
        events.onLinkDown(serverId, generation, end, detail);
    }

    void failed(final String why)
    {
        if (isNew(why))
        {
            events.onAttemptFailed(serverId, why);
        }
    }

    void refused(final PeerRefusal refusal, final String detail)
    {
        if (isNew(refusal + detail))
        {
            events.onRefused(serverId, refusal, detail);
        }
    }

    private boolean isNew(final String news)
    {
        final boolean isNew = !news.equals(last);
        last = news;

        return isNew;
    }
}
