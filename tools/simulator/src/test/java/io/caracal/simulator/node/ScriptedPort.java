/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.node;

import io.caracal.engine.port.LinkEnd;
import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A peer port whose other servers are played by a script. What the script says arrives, and what is sent to these
 * servers is passed to the script.
 */
final class ScriptedPort implements PeerPort
{
    private static final int MESSAGE_LENGTH_MAX = 1 << 20;

    private final ArrayDeque<LinkEvent> links = new ArrayDeque<>();
    private final Map<PeerStream, TreeMap<Long, ArrayDeque<byte[]>>> messages = new EnumMap<>(PeerStream.class);
    private final TreeMap<Long, Long> generations = new TreeMap<>();
    private final UnsafeBuffer claimed = new UnsafeBuffer(new byte[MESSAGE_LENGTH_MAX]);
    private final Set<Long> pressed = new TreeSet<>();
    private final Listener listener;
    private long generation;
    private long claimedBy;
    private PeerStream claimedStream;
    private int claimedLength;
    private boolean isDrained = true;

    /** Receives what the server under test sends to the others. */
    interface Listener
    {
        void onSent(long to, PeerStream stream, UnsafeBuffer buffer, int length);

        void onClosed(long server);
    }

    private record LinkEvent(long server, long generation, LinkEnd end)
    {
    }

    ScriptedPort(final Listener listener)
    {
        this.listener = listener;
        for (final PeerStream stream : PeerStream.values())
        {
            messages.put(stream, new TreeMap<>());
        }
    }

    void link(final long server)
    {
        generations.put(server, ++generation);
        links.add(new LinkEvent(server, generation, null));
    }

    void press(final long server, final boolean isPressed)
    {
        if (isPressed)
        {
            pressed.add(server);
        }
        else
        {
            pressed.remove(server);
        }
    }

    void unlink(final long server, final LinkEnd end)
    {
        final Long ended = generations.remove(server);
        if (ended != null)
        {
            links.add(new LinkEvent(server, ended, end));
            messages.values().forEach(stream -> stream.remove(server));
        }
    }

    void deliver(final long from, final PeerStream stream, final byte[] message)
    {
        messages.get(stream).computeIfAbsent(from, server -> new ArrayDeque<>()).add(message);
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        int work = 0;
        for (LinkEvent event = links.poll(); event != null; event = links.poll())
        {
            if (event.end == null)
            {
                handler.onLinkUp(event.server, event.generation);
            }
            else
            {
                handler.onLinkDown(event.server, event.generation, event.end);
            }
            work++;
        }
        isDrained = true;
        for (final PeerStream stream : PeerStream.values())
        {
            for (final Map.Entry<Long, ArrayDeque<byte[]>> each : messages.get(stream).entrySet())
            {
                work += deliver(each.getKey(), stream, each.getValue(), handler);
            }
        }

        return work;
    }

    private int deliver(final long from, final PeerStream stream, final ArrayDeque<byte[]> queue,
        final PeerHandler handler)
    {
        int taken = 0;
        while (!queue.isEmpty())
        {
            final byte[] message = queue.peekFirst();
            if (!handler.onMessage(from, stream, new UnsafeBuffer(message), 0, message.length))
            {
                isDrained &= stream != PeerStream.LIVE;
                return taken;
            }
            queue.pollFirst();
            taken++;
        }

        return taken;
    }

    @Override
    public boolean isDrained()
    {
        return isDrained;
    }

    @Override
    public int claim(final long serverId, final PeerStream stream, final int length)
    {
        if (!generations.containsKey(serverId))
        {
            return CLOSED;
        }
        if (pressed.contains(serverId))
        {
            return BACK_PRESSURED;
        }
        claimedBy = serverId;
        claimedStream = stream;
        claimedLength = length;

        return 0;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimed;
    }

    @Override
    public void commit()
    {
        listener.onSent(claimedBy, claimedStream, claimed, claimedLength);
    }

    @Override
    public int messageLengthMax()
    {
        return MESSAGE_LENGTH_MAX;
    }

    @Override
    public void close(final long serverId)
    {
        if (generations.containsKey(serverId))
        {
            unlink(serverId, LinkEnd.CLOSED_HERE);
            listener.onClosed(serverId);
        }
    }
}
