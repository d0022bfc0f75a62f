/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.engine.port.ClientHandler;
import io.caracal.engine.port.ClientPort;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Answers each frame with a frame of a given length that begins with the first bytes of the request. Allocates nothing.
 */
final class EchoHandler implements ClientHandler
{
    private final ClientPort port;
    private final int replyLength;
    private long frameCount;
    private int connectCount;
    private int disconnectCount;
    private long lastConnectionId;

    EchoHandler(final ClientPort port, final int replyLength)
    {
        this.port = port;
        this.replyLength = replyLength;
    }

    @Override
    public void onConnect(final long connectionId, final DirectBuffer address, final int offset, final int length,
        final int remotePort)
    {
        connectCount++;
        lastConnectionId = connectionId;
    }

    @Override
    public boolean onFrame(final long connectionId, final DirectBuffer buffer, final int offset, final int length,
        final long arrivalNs)
    {
        frameCount++;
        final int at = port.claim(connectionId, Integer.BYTES + replyLength);

        if (at != ClientPort.CLOSED)
        {
            final MutableDirectBuffer out = port.claimed();
            out.putInt(at, replyLength, ByteOrder.BIG_ENDIAN);
            out.putBytes(at + Integer.BYTES, buffer, offset, Math.min(length, replyLength));
            port.commit();
        }

        return true;
    }

    @Override
    public void onDisconnect(final long connectionId)
    {
        disconnectCount++;
    }

    long frameCount()
    {
        return frameCount;
    }

    int connectCount()
    {
        return connectCount;
    }

    int disconnectCount()
    {
        return disconnectCount;
    }

    long lastConnectionId()
    {
        return lastConnectionId;
    }
}
