/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.peers;

import java.util.ArrayDeque;

/** One stream in one direction: what is on its way, and what the sender may still send. */
final class Channel
{
    private final ArrayDeque<Packet> packets = new ArrayDeque<>();
    private long lastArrivalNs;
    private long sentBytes;
    private long consumedBytes;

    /** What the sender knows to be consumed: it learns nothing while the way back is cut. */
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

    /** The next message that has arrived, null when there is none. */
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

    /** The way is cut: what has not arrived waits. */
    void hold(final long nowNs)
    {
        for (final Packet packet : packets)
        {
            packet.arrivesNs = packet.arrivesNs > nowNs ? Packet.HELD : packet.arrivesNs;
        }

        lastArrivalNs = Packet.HELD;
    }

    /** The way is open again. */
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
