/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Receives what the client transport counts. Called on the thread of the gateway concerned, and by several gateways at
 * the same time with {@code threading=dedicated}. Implementations are thread-safe, neither block nor allocate, and
 * never throw.
 */
public interface TransportEvents
{
    /** Ignores everything. */
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

    /** A connection was accepted. {@link #onClosed} follows once, later. */
    void onAccepted();

    /**
     * A connection was refused.
     *
     * @param reason why.
     * @param client where it came from; null when that is not known.
     */
    void onRejected(RejectReason reason, InetAddress client);

    /**
     * Where a request should begin, a client sent a length that no request has. Its connection ends, and {@link
     * #onClosed} follows at once.
     *
     * @param client who.
     * @param length the four bytes as a number: negative, above the frame limit, or not a length at all but the
     * beginning of another protocol.
     */
    void onFrameLength(InetSocketAddress client, int length);

    /**
     * An accepted connection has ended.
     *
     * @param reason why; slow readers and handshake time-outs have reasons of their own.
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
     * A socket has taken everything that was to be sent to its client. What a cycle leaves to send to one client is a
     * batch. All its frames are timed from the moment at which the engine handed over the first of them.
     *
     * @param frames     replies and events of the batch, greater than zero.
     * @param durationNs from handing over the first frame until the socket has taken the last byte.
     */
    void onFlushed(long frames, long durationNs);
}
