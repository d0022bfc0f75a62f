/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro.memory;

import io.caracal.engine.port.PeerHandler;
import io.caracal.engine.port.PeerPort;
import io.caracal.engine.port.PeerStream;

import java.util.ArrayList;
import java.util.List;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Links between servers on one thread. Each direction is a queue of bytes, from which the receiving server polls. There
 * is one generation, which never ends.
 */
final class MemoryPeers implements PeerPort
{
    private static final long GENERATION = 1;
    private static final int CAPACITY = 1 << 22;
    private static final int MESSAGE_MAX = 1 << 18;
    private static final int STREAM_OFFSET = 4;
    private static final int HEADER = 8;
    private static final PeerStream[] STREAMS = PeerStream.values();

    /** Messages that one server has sent to another, which has not received them yet. */
    private static final class Queue
    {
        private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[CAPACITY]);
        private int head;
        private int tail;
    }

    private final long serverId;
    private final List<MemoryPeers> others = new ArrayList<>();
    private final List<Queue> outgoing = new ArrayList<>();
    private boolean isLinked;
    private boolean isDrained = true;
    private Queue claimedOf;
    private int claimedLength;
    private PeerStream claimedStream;

    MemoryPeers(final long serverId)
    {
        this.serverId = serverId;
    }

    /** Links this server to another, in this direction only. */
    void linkWith(final MemoryPeers other)
    {
        others.add(other);
        outgoing.add(new Queue());
    }

    @Override
    public int poll(final PeerHandler handler)
    {
        int work = 0;
        if (!isLinked)
        {
            isLinked = true;
            for (final MemoryPeers other : others)
            {
                handler.onLinkUp(other.serverId, GENERATION);
                work++;
            }
        }

        isDrained = true;
        for (int i = 0; i < others.size(); i++)
        {
            work += deliver(others.get(i).serverId, others.get(i).to(serverId), handler);
        }

        return work;
    }

    private int deliver(final long from, final Queue queue, final PeerHandler handler)
    {
        int work = 0;
        while (queue.head < queue.tail)
        {
            final int length = queue.bytes.getInt(queue.head);
            final PeerStream stream = STREAMS[queue.bytes.getInt(queue.head + STREAM_OFFSET)];
            if (!handler.onMessage(from, stream, queue.bytes, queue.head + HEADER, length))
            {
                isDrained = false;
                return work;
            }
            queue.head += HEADER + aligned(length);
            work++;
        }
        queue.head = 0;
        queue.tail = 0;
        return work;
    }

    private Queue to(final long other)
    {
        for (int i = 0; i < others.size(); i++)
        {
            if (others.get(i).serverId == other)
            {
                return outgoing.get(i);
            }
        }

        throw new IllegalArgumentException("no server " + other);
    }

    private static int aligned(final int length)
    {
        return (length + HEADER - 1) & -HEADER;
    }

    @Override
    public boolean isDrained()
    {
        return isDrained;
    }

    @Override
    public int claim(final long other, final PeerStream stream, final int length)
    {
        final Queue queue = to(other);
        if (queue.tail + HEADER + aligned(length) > CAPACITY)
        {
            return BACK_PRESSURED;
        }

        claimedOf = queue;
        claimedStream = stream;
        claimedLength = length;
        return queue.tail + HEADER;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claimedOf.bytes;
    }

    @Override
    public void commit()
    {
        claimedOf.bytes.putInt(claimedOf.tail, claimedLength);
        claimedOf.bytes.putInt(claimedOf.tail + STREAM_OFFSET, claimedStream.ordinal());
        claimedOf.tail += HEADER + aligned(claimedLength);
    }

    @Override
    public int messageLengthMax()
    {
        return MESSAGE_MAX;
    }

    @Override
    public void close(final long other)
    {
        throw new IllegalStateException("server " + serverId + " ends its link with " + other);
    }
}
