/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

import io.caracal.engine.port.PeerPort;

/**
 * The transport to the other servers as the composition root sees it. All methods belong to the engine's thread, unless
 * they say otherwise.
 */
public interface PeerTransport extends PeerPort, AutoCloseable
{
    /** Sends what was committed since the last poll. A loop calls it at the end of each cycle. */
    void flush();

    /**
     * When {@link #poll} must be called again even if no socket becomes ready.
     *
     * @return monotonic nanoseconds; {@link Long#MIN_VALUE}: work is waiting; {@link Long#MAX_VALUE}: never.
     */
    long nextDeadlineNs();

    /**
     * The account of buffer memory. May be called by any thread.
     *
     * @return the account.
     */
    DirectMemory memory();

    /**
     * Ends all links without a notice, as the end of the process would, and releases sockets, threads, memory and
     * files. A second call does nothing. No {@code onLinkDown} follows.
     */
    @Override
    void close();
}
