/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.engine.port.LinkEnd;
import io.caracal.transport.aeron.codec.Ending;

/**
 * Why a link, or the attempt to make it, ends.
 *
 * @param end    what the engine is told.
 * @param notice what the other server is told; null: it knows already, or is gone.
 * @param detail what people are told; null: they were told already.
 */
record LinkEnding(LinkEnd end, Ending notice, String detail)
{
    static LinkEnding closedHere()
    {
        return new LinkEnding(LinkEnd.CLOSED_HERE, Ending.CLOSED, "closed here");
    }

    /** The other server is alive and refused. */
    static LinkEnding refused()
    {
        return new LinkEnding(LinkEnd.CLOSED_BY_PEER, null, null);
    }

    static LinkEnding toldByPeer(final Ending ending)
    {
        return new LinkEnding(ending == Ending.STREAM_LOST ? LinkEnd.STREAM_LOST : LinkEnd.CLOSED_BY_PEER, null,
            "the other server ended it: " + ending);
    }

    static LinkEnding peerGone(final String detail)
    {
        return new LinkEnding(LinkEnd.PEER_GONE, null, detail);
    }

    static LinkEnding streamLost(final String detail)
    {
        return new LinkEnding(LinkEnd.STREAM_LOST, Ending.STREAM_LOST, detail);
    }
}
