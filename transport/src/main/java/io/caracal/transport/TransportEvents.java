/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

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
        public void onRejected(final RejectReason reason)
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
     */
    void onRejected(RejectReason reason);

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
