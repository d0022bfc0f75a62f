/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A client port whose other end is the test. It keeps refused frames, and everything that it was told to send. */
final class ScriptedClients implements ClientPort
{
    private static final UnsafeBuffer ADDRESS = new UnsafeBuffer(new byte[]{ 127, 0, 0, 1 });

    private static final class Wire
    {
        final ArrayDeque<byte[]> toServer = new ArrayDeque<>();
        final List<byte[]> toClient = new ArrayList<>();
        boolean isKnown;
        boolean isRefused;
        boolean isClosed;
        boolean isGone;
    }

    /** Length of the longest frame that can be claimed. */
    int claimLengthMax = 1 << 30;
    /** Number of claimed frames, whether sent or not. */
    int claimCount;
    /** Connections whose refused frames were requested again, in order. */
    final List<Long> resumed = new ArrayList<>();
    private final Map<Long, Wire> wires = new LinkedHashMap<>();
    private final ExpandableArrayBuffer claim = new ExpandableArrayBuffer();
    private long firstId = 1;
    private long claimedId;
    private int claimedLength;

    long connect()
    {
        final long id = wires.size() + 1L;
        wires.put(id, new Wire());
        return id;
    }

    void send(final long id, final byte[] frame)
    {
        wires.get(id).toServer.add(frame);
    }

    /** Lets a client disappear without a word. */
    void vanish(final long id)
    {
        wires.get(id).isClosed = true;
    }

    /** Removes and returns the frames that the server sent. */
    List<byte[]> received(final long id)
    {
        final List<byte[]> frames = List.copyOf(wires.get(id).toClient);
        wires.get(id).toClient.clear();
        return frames;
    }

    boolean isClosed(final long id)
    {
        return wires.get(id).isClosed;
    }

    @Override
    public int poll(final ClientHandler handler)
    {
        int work = 0;
        final long count = wires.size();
        for (long i = 0; i < count; i++)
        {
            final long id = 1 + (firstId - 1 + i) % count;
            if (!handler.takesMore())
            {
                firstId = id;
                return work;
            }
            work += poll(id, wires.get(id), handler);
        }
        return work;
    }

    private static int poll(final long id, final Wire wire, final ClientHandler handler)
    {
        int work = 0;
        while (!wire.isClosed && !wire.isRefused && !wire.toServer.isEmpty())
        {
            if (!wire.isKnown)
            {
                wire.isKnown = true;
                handler.onConnect(id, ADDRESS, 0, ADDRESS.capacity(), 4711);
            }
            final UnsafeBuffer frame = new UnsafeBuffer(wire.toServer.peekFirst());
            wire.isRefused = !handler.onFrame(id, frame, 0, frame.capacity(), 0);
            if (!wire.isRefused)
            {
                wire.toServer.pollFirst();
                work++;
            }
        }
        if (wire.isClosed && !wire.isGone)
        {
            wire.isGone = true;
            if (wire.isKnown)
            {
                handler.onDisconnect(id);
            }
            work++;
        }
        return work;
    }

    @Override
    public int claim(final long connectionId, final int length)
    {
        claimCount++;
        claimedId = connectionId;
        claimedLength = length;
        return wires.get(connectionId).isClosed ? CLOSED : 0;
    }

    @Override
    public int claimLengthMax()
    {
        return claimLengthMax;
    }

    @Override
    public MutableDirectBuffer claimed()
    {
        return claim;
    }

    @Override
    public void commit()
    {
        final byte[] frame = new byte[claimedLength];
        claim.getBytes(0, frame);
        wires.get(claimedId).toClient.add(frame);
    }

    @Override
    public void resume(final long connectionId)
    {
        resumed.add(connectionId);
        wires.get(connectionId).isRefused = false;
    }

    @Override
    public void close(final long connectionId)
    {
        wires.get(connectionId).isClosed = true;
    }

    @Override
    public int interestOps(final long connectionId)
    {
        return wires.get(connectionId).isRefused ? 0 : TO_READ;
    }
}
