/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** The peer port of one server. Passes all calls on, and reports them to trace and checkers. */
final class ServerPeers implements PeerPort
{
    private final PeerPort port;
    private final SpokenWords words;
    private final Trace trace;
    private final String name;
    private long claimedBy;
    private int claimedAt;
    private int claimedLength;

    ServerPeers(final long serverId, final PeerPort port, final SpokenWords words, final Trace trace)
    {
        this.port = port;
        this.words = words;
        this.trace = trace;
        name = SimulatedServer.name(serverId);
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        return port.poll(new PeerHandler()
        {
            @Override
            public void onLinkUp(final long serverId, final long generation)
            {
                trace.add(name, "is linked with", serverId, "generation " + generation);
                handler.onLinkUp(serverId, generation);
            }

            @Override
            public void onLinkDown(final long serverId, final long generation, final LinkEnd end)
            {
                trace.add(name, "has lost", serverId, "generation " + generation + " " + end);
                handler.onLinkDown(serverId, generation, end);
            }

            @Override
            public boolean onMessage(final long serverId, final PeerStream stream, final DirectBuffer buffer,
                final int offset, final int length)
            {
                note("<-", serverId, buffer, offset, length);
                words.onHeard(buffer, offset);
                final boolean isTaken = handler.onMessage(serverId, stream, buffer, offset, length);

                if (!isTaken)
                {
                    trace.hash(name, "refuses a message of", serverId);
                }

                return isTaken;
            }
        });
    }

    @Override
    public boolean isDrained()
    {
        return port.isDrained();
    }

    @Override
    public int claim(final long serverId, final PeerStream stream, final int length)
    {
        claimedBy = serverId;
        claimedLength = length;
        claimedAt = port.claim(serverId, stream, length);

        return claimedAt;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return port.claimed();
    }

    @Override
    public void commit()
    {
        note("->", claimedBy, port.claimed(), claimedAt, claimedLength);

        try
        {
            words.onSaid(port.claimed(), claimedAt);
        }
        finally
        {
            port.commit();
        }
    }

    @Override
    public int messageLengthMax()
    {
        return port.messageLengthMax();
    }

    @Override
    public void close(final long serverId)
    {
        trace.add(name, "closes the link with", serverId, null);
        port.close(serverId);
    }

    private void note(final String arrow, final long serverId, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final long number = PeerMessageNames.number(buffer, offset, length);

        if (PeerMessageNames.isFrequent(buffer, offset))
        {
            trace.hash(name, arrow, number);
        }
        else
        {
            trace.zxid(name, arrow + " " + serverId + " " + PeerMessageNames.name(buffer, offset), number, null);
        }
    }
}
