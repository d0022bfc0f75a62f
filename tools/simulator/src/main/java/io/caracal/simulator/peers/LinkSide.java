/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerStream;

/** The state of a link at one of its two servers. */
final class LinkSide
{
    /** Stands for the time of news that cannot arrive before a cut heals. */
    static final long HELD = Long.MAX_VALUE;

    final long serverId;
    final long peerId;

    /** Messages from the peer, by stream. */
    final Channel[] inbound = new Channel[PeerStream.values().length];

    /** Generation of which the engine was told, 0 when it knows of no link. */
    long generation;
    LinkEnd end;
    long endsNs;
    long nextGeneration;
    long beginsNs;

    LinkSide(final long serverId, final long peerId)
    {
        this.serverId = serverId;
        this.peerId = peerId;

        for (int i = 0; i < inbound.length; i++)
        {
            inbound[i] = new Channel();
        }
    }

    /** Both servers agreed on a generation. This one learns of it at a time. */
    void begin(final long newGeneration, final long timeNs)
    {
        clear();
        nextGeneration = newGeneration;
        beginsNs = timeNs;
    }

    /** The generation is over. This server learns of the end at a time, unless it never learned of the beginning. */
    void end(final LinkEnd why, final long timeNs)
    {
        nextGeneration = 0;

        if (generation != 0 && (end == null || timeNs < endsNs))
        {
            end = why;
            endsNs = timeNs;
        }
        else if (generation == 0)
        {
            clear();
        }
    }

    /** This server's process has gone and knows nothing any more. */
    void forget()
    {
        generation = 0;
        nextGeneration = 0;
        end = null;
        clear();
    }

    boolean isIdle()
    {
        return generation == 0 && nextGeneration == 0;
    }

    /** Whether messages may be sent and received, as far as this side knows. */
    boolean isUsable()
    {
        return generation != 0 && end != LinkEnd.CLOSED_HERE;
    }

    boolean isEndDue(final long nowNs)
    {
        return end != null && endsNs <= nowNs;
    }

    boolean isBeginDue(final long nowNs)
    {
        return nextGeneration != 0 && generation == 0 && beginsNs <= nowNs;
    }

    Channel inbound(final PeerStream stream)
    {
        return inbound[stream.ordinal()];
    }

    void clear()
    {
        for (final Channel channel : inbound)
        {
            channel.clear();
        }
    }
}
