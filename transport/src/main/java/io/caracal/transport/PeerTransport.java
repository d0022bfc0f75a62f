/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.PeerPort;

/** The door to the other servers as the composition root sees it. All methods belong to the engine's thread. */
public interface PeerTransport extends PeerPort, AutoCloseable
{
    /** Sends what was committed since the last poll. A loop calls it at the end of each cycle. */
    void flush();

    /**
     * When {@link #poll} must be called again even if no socket stirs.
     *
     * @return monotonic nanoseconds; {@link Long#MIN_VALUE}: work waits; {@link Long#MAX_VALUE}: never.
     */
    long nextDeadlineNs();

    /**
     * The books of buffer memory. Any thread.
     *
     * @return the books.
     */
    DirectMemory memory();

    /**
     * Ends all links without a word, as the end of the process would, and gives sockets, threads, memory and files
     * back. A second call does nothing. No {@code onLinkDown} follows.
     */
    @Override
    void close();
}
