/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.ClientPort;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The door to clients over TCP as the composition root sees it, the same for both ways of threading. The methods of
 * {@link ClientPort} and those named here belong to the engine's thread, except where they say otherwise; those of
 * {@link WordPort} to any.
 */
public interface ClientTransport extends ClientPort, WordPort, AutoCloseable
{
    /**
     * Sends what was committed since the last poll. {@link #poll} ends with it; a loop that commits after its poll
     * calls it at the end of the cycle.
     */
    void flush();

    /**
     * When {@link #poll} must be called again even if no socket stirs.
     *
     * @return monotonic nanoseconds; {@link Long#MIN_VALUE}: work waits; {@link Long#MAX_VALUE}: never.
     */
    long nextDeadlineNs();

    /**
     * Where clients may connect. Any thread.
     *
     * @return the addresses, in the order in which they were configured, with the ports that were bound.
     */
    List<InetSocketAddress> addresses();

    /** Takes no further connections; those that exist go on. The sockets that listen are closed. */
    void closeListeners();

    /**
     * Sets how many connections there may be from now on; those that exist stay, also when they are more. Any thread.
     *
     * @param perAddressMax as {@link TransportContext#connectionsPerAddressMax(int)}.
     * @param totalMax      as {@link TransportContext#connectionsMax(int)}.
     */
    void connectionLimits(int perAddressMax, int totalMax);

    /**
     * Connections that exist, operators' included. Any thread; exact when nothing changes.
     *
     * @return how many.
     */
    int connectionCount();

    /**
     * The books of buffer memory. Any thread.
     *
     * @return the books.
     */
    DirectMemory memory();

    /**
     * Sends what can be sent without waiting, closes every socket, ends the threads, frees the memory. A second call
     * does nothing. No {@code onDisconnect} follows.
     */
    @Override
    void close();
}
