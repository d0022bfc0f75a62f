/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The client's end of a simulated connection: a stream of bytes each way. */
public final class SimulatedClient
{
    final SimulatedConnection connection;

    SimulatedClient(final SimulatedConnection connection)
    {
        this.connection = connection;
    }

    /**
     * Sends bytes; they may end or begin anywhere within a frame. Without effect once the connection has ended.
     *
     * @param buffer holds them; copied before the call returns.
     * @param offset of the first.
     * @param length how many.
     */
    public void send(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!connection.isEnded && !connection.isClientGone)
        {
            connection.inbound.add(buffer, offset, length);
        }
    }

    /**
     * Sends bytes, as {@link #send(DirectBuffer, int, int)}.
     *
     * @param bytes all of them are sent.
     */
    public void send(final byte[] bytes)
    {
        send(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /**
     * Whether the client takes what the server sends. While it does not, the server's bytes pile up on its side.
     *
     * @param value true: it does, as at first.
     */
    public void isReading(final boolean value)
    {
        connection.isReading = value;
    }

    /**
     * What has arrived since the last call.
     *
     * @return the bytes, possibly none.
     */
    public byte[] receive()
    {
        return connection.arrived.takeAll();
    }

    /** Ends the connection. What was sent before still reaches the server. */
    public void disconnect()
    {
        connection.isClientGone = true;
    }

    /**
     * Whether the server ended the connection; what it sent before may still be received.
     *
     * @return true when it did.
     */
    public boolean isEnded()
    {
        return connection.isEnded;
    }
}
