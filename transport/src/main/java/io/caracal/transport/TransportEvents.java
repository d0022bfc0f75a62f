/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What the client transport counts. Called on the thread of the gateway concerned, several gateways at a time with
 * {@code threading=dedicated}: implementations are thread-safe, neither block nor allocate, and never throw.
 */
public interface TransportEvents
{
    /** Takes no notice of anything. */
    TransportEvents NONE = new TransportEvents()
    {
        @Override
        public void onAccepted()
        {
        }

        @Override
        public void onRejected(final RejectReason reason, final InetAddress client)
        {
        }

        @Override
        public void onFrameLength(final InetSocketAddress client, final int length)
        {
        }

        @Override
        public void onClosed(final CloseReason reason)
        {
        }

        @Override
        public void onReceived(final long bytes)
        {
        }

        @Override
        public void onSent(final long bytes)
        {
        }

        @Override
        public void onFlushed(final long frames, final long durationNs)
        {
        }
    };

    /** A connection was taken. {@link #onClosed} follows once, later. */
    void onAccepted();

    /**
     * A connection was not taken.
     *
     * @param reason why.
     * @param client from where it came, null when that is not known.
     */
    void onRejected(RejectReason reason, InetAddress client);

    /**
     * Where a request should begin, a client sent a length that none has: its connection ends. {@link #onClosed}
     * follows at once.
     *
     * @param client who.
     * @param length the four bytes as a number: negative, above the frame limit, or no length at all but the beginning
     *               of another protocol.
     */
    void onFrameLength(InetSocketAddress client, int length);

    /**
     * A connection that had been taken is over.
     *
     * @param reason why; slow readers and handshake time-outs are reasons of their own.
     */
    void onClosed(CloseReason reason);

    /**
     * Bytes were read from a socket.
     *
     * @param bytes how many, greater than zero.
     */
    void onReceived(long bytes);

    /**
     * Bytes were written to a socket.
     *
     * @param bytes how many, greater than zero.
     */
    void onSent(long bytes);

    /**
     * A socket has taken everything that its client was owed. What a cycle leaves to send to one client is a batch:
     * its frames count from the moment at which the engine had handed over the first of them.
     *
     * @param frames     replies and events of the batch, greater than zero.
     * @param durationNs from the first of them being handed over to the last byte being with the socket.
     */
    void onFlushed(long frames, long durationNs);
}
