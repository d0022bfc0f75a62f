/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import java.util.ArrayDeque;

/** One stream in one direction: the messages under way, and how much its sender may still send. */
final class Channel
{
    private final ArrayDeque<Packet> packets = new ArrayDeque<>();
    private long lastArrivalNs;
    private long sentBytes;
    private long consumedBytes;

    /** Bytes that the sender knows to be consumed. It learns nothing while the path back is cut. */
    private long creditedBytes;

    boolean hasRoom(final int length, final int window)
    {
        final long underWay = sentBytes - creditedBytes;

        return underWay == 0 || underWay + length <= window;
    }

    void send(final byte[] bytes, final long arrivesNs)
    {
        lastArrivalNs = Math.max(lastArrivalNs, arrivesNs);
        packets.add(new Packet(bytes, lastArrivalNs));
        sentBytes += bytes.length;
    }

    /** Returns the next message if it has arrived, otherwise null. */
    Packet arrived(final long nowNs)
    {
        final Packet packet = packets.peekFirst();

        return packet != null && packet.arrivesNs <= nowNs ? packet : null;
    }

    void consume(final boolean isWayBackOpen)
    {
        consumedBytes += packets.removeFirst().bytes.length;

        if (isWayBackOpen)
        {
            credit();
        }
    }

    void credit()
    {
        creditedBytes = consumedBytes;
    }

    /** The path is cut: messages that have not arrived wait. */
    void hold(final long nowNs)
    {
        for (final Packet packet : packets)
        {
            packet.arrivesNs = packet.arrivesNs > nowNs ? Packet.HELD : packet.arrivesNs;
        }

        lastArrivalNs = Packet.HELD;
    }

    /** The path is open again: messages that waited arrive at a time. */
    void release(final long arrivesNs)
    {
        for (final Packet packet : packets)
        {
            packet.arrivesNs = packet.arrivesNs == Packet.HELD ? arrivesNs : packet.arrivesNs;
        }

        lastArrivalNs = arrivesNs;
    }

    void clear()
    {
        packets.clear();
        lastArrivalNs = 0;
        sentBytes = 0;
        consumedBytes = 0;
        creditedBytes = 0;
    }
}
