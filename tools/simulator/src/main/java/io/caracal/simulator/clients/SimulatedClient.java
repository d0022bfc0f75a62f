/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The client's end of a simulated connection: a stream of bytes in each direction. */
public final class SimulatedClient
{
    final SimulatedConnection connection;

    SimulatedClient(final SimulatedConnection connection)
    {
        this.connection = connection;
    }

    /**
     * Sends bytes, which may begin and end anywhere within a frame. Has no effect once the connection has ended.
     *
     * @param buffer holds the bytes, which are copied before the call returns.
     * @param offset of the first byte.
     * @param length in bytes.
     */
    public void send(final DirectBuffer buffer, final int offset, final int length)
    {
        if (!connection.isEnded && !connection.isClientGone)
        {
            connection.inbound.add(buffer, offset, length);
        }
    }

    /**
     * Sends bytes, like {@link #send(DirectBuffer, int, int)}.
     *
     * @param bytes all of them are sent.
     */
    public void send(final byte[] bytes)
    {
        send(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /**
     * Sets whether the client receives what the server sends. While it does not, bytes pile up on the server's side.
     *
     * @param value true to receive, which is the initial state.
     */
    public void isReading(final boolean value)
    {
        connection.isReading = value;
    }

    /**
     * Returns the bytes that have arrived since the last call.
     *
     * @return the bytes, possibly none.
     */
    public byte[] receive()
    {
        return connection.arrived.takeAll();
    }

    /** Ends the connection. Bytes sent before still reach the server. */
    public void disconnect()
    {
        connection.isClientGone = true;
    }

    /**
     * Whether the server has ended the connection. Bytes that it sent before can still be received.
     *
     * @return true when it has.
     */
    public boolean isEnded()
    {
        return connection.isEnded;
    }
}
