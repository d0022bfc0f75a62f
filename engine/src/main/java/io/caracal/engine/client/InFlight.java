/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request that is not answered yet: a write on its way through the journal, or a read that waits behind one.
 * Pooled. A
 * write whose connection is gone stays in the line of writes without a connection.
 */
final class InFlight extends InFlightHeader
{
    ClientConnection connection;
    InFlight next;
    /** Sequence of a write at this server; 0 for a read. */
    long sequence;
    /** Length of the request's frame, as counted by the guard against large requests. */
    int frameLength;
    /** Length of the body of a waiting read, within its copy. */
    int bodyLength;
    /** Copy of the body of a waiting read; null for a write. */
    UnsafeBuffer frame;

    boolean isWrite()
    {
        return sequence != 0;
    }
}
