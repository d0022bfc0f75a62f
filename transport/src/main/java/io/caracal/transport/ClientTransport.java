/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.ClientPort;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * The client transport over TCP as the composition root sees it, the same for both ways of threading. The methods of
 * {@link ClientPort} and those declared here belong to the engine's thread, except where they say otherwise. The
 * methods of {@link WordPort} may be called by any thread.
 */
public interface ClientTransport extends ClientPort, WordPort, AutoCloseable
{
    /**
     * Sends what was committed since the last poll. {@link #poll} itself ends with a flush. A loop that commits after
     * its poll calls this method at the end of the cycle.
     */
    void flush();

    /**
     * When {@link #poll} must be called again even if no socket becomes ready.
     *
     * @return monotonic nanoseconds; {@link Long#MIN_VALUE}: work is waiting; {@link Long#MAX_VALUE}: never.
     */
    long nextDeadlineNs();

    /**
     * The addresses to which clients may connect. May be called by any thread.
     *
     * @return the addresses, in the order in which they were configured, with the ports that were bound.
     */
    List<InetSocketAddress> addresses();

    /** Stops accepting connections and closes the listening sockets. Existing connections go on. */
    void closeListeners();

    /**
     * Sets the limits on the number of connections from now on. Existing connections stay, even if there are more. May
     * be called by any thread.
     *
     * @param perAddressMax as for {@link TransportContext#connectionsPerAddressMax(int)}.
     * @param totalMax      as for {@link TransportContext#connectionsMax(int)}.
     */
    void connectionLimits(int perAddressMax, int totalMax);

    /**
     * Number of existing connections, including those of operators. May be called by any thread; exact while nothing
     * changes.
     *
     * @return how many.
     */
    int connectionCount();

    /**
     * The account of buffer memory. May be called by any thread.
     *
     * @return the account.
     */
    DirectMemory memory();

    /**
     * Sends what can be sent without waiting, closes all sockets, ends the threads and frees the memory. A second call
     * does nothing. No {@code onDisconnect} follows.
     */
    @Override
    void close();
}
