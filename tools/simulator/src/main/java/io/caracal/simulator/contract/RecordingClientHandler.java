/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.ClientHandler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Records what a client port delivers, and refuses frames on demand. Keeps a list of complaints about what no port may
 * do.
 */
public final class RecordingClientHandler implements ClientHandler
{
    private final List<Long> connected = new ArrayList<>();
    private final List<Long> disconnected = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final Set<Long> refusing = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private int refusalCount;
    private boolean isRefusingNew;
    private int turnLeft = Integer.MAX_VALUE;

    /**
     * A delivered frame.
     *
     * @param connectionId of its connection.
     * @param bytes        its bytes as Latin-1 text, which is immutable.
     * @param arrivalNs    reported time of arrival.
     */
    public record Frame(long connectionId, String bytes, long arrivalNs)
    {
    }

    @Override
    public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
        final int port)
    {
        complainIf(connectionId <= 0, "an id that is not positive");
        complainIf(connected.contains(connectionId), "a connection announced twice");
        complainIf(length != 4 && length != 16, "an address of " + length + " bytes");
        complainIf(offset < 0 || offset + length > address.capacity(), "an address outside of its buffer");
        complainIf(port <= 0 || port > 0xffff, "port " + port);
        connected.add(connectionId);
        isRefusing(connectionId, isRefusingNew);
    }

    @Override
    public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        complainIf(!connected.contains(connectionId), "a frame before its connection");
        complainIf(disconnected.contains(connectionId), "a frame after the end");
        complainIf(refused.contains(connectionId), "a frame offered without resume");
        turnLeft--;

        if (refusing.contains(connectionId))
        {
            refused.add(connectionId);
            refusalCount++;
            return false;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        frames.add(new Frame(connectionId, Bytes.text(bytes), arrivalNs));

        return true;
    }

    @Override
    public boolean takesMore()
    {
        return turnLeft > 0;
    }

    /**
     * Sets how many more frames the port may offer until {@link #takesMore} returns false.
     *
     * @param frames zero or more.
     */
    public void turn(final int frames)
    {
        turnLeft = frames;
    }

    @Override
    public void onDisconnect(final long connectionId)
    {
        complainIf(!connected.contains(connectionId), "an end of an unknown connection");
        complainIf(disconnected.contains(connectionId), "an end told twice");
        disconnected.add(connectionId);
    }

    /**
     * Sets whether frames of a connection are refused.
     *
     * @param connectionId of the connection.
     * @param value        true to refuse them.
     */
    public void isRefusing(final long connectionId, final boolean value)
    {
        if (value)
        {
            refusing.add(connectionId);
        }
        else
        {
            refusing.remove(connectionId);
        }
    }

    /**
     * Sets whether frames of future connections are refused.
     *
     * @param value true to refuse them.
     */
    public void isRefusingNew(final boolean value)
    {
        isRefusingNew = value;
    }

    /**
     * Notes that a frame may be offered again. To be called together with the port's own resume.
     *
     * @param connectionId of the connection.
     */
    public void onResume(final long connectionId)
    {
        refused.remove(connectionId);
    }

    public List<Long> connected()
    {
        return connected;
    }

    public List<Long> disconnected()
    {
        return disconnected;
    }

    public List<Frame> frames()
    {
        return frames;
    }

    /**
     * The frames of one connection.
     *
     * @param connectionId of the connection.
     * @return their bytes as text, in the order of delivery.
     */
    public List<String> framesOf(final long connectionId)
    {
        return frames.stream().filter(frame -> frame.connectionId() == connectionId).map(Frame::bytes).toList();
    }

    public int refusalCount()
    {
        return refusalCount;
    }

    public List<String> complaints()
    {
        return complaints;
    }

    private void complainIf(final boolean isWrong, final String what)
    {
        if (isWrong)
        {
            complaints.add(what);
        }
    }
}
