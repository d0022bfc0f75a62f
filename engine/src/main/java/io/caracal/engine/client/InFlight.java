/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * A request that is not answered yet: a write whose transaction is not applied, a sync that is not settled, or a read
 * that waits behind one of them. These objects are pooled. When a connection goes, its reads are released. Its writes
 * and syncs stay, without a connection, until they are settled.
 */
final class InFlight extends InFlightHeader
{
    /** Later than any zxid. */
    static final long NOT_ASKED = Long.MAX_VALUE;

    ClientConnection connection;
    /** The connection that the request arrived on, even if it is gone. */
    ClientConnection client;
    InFlight next;
    /** Sequence of a write at this server; 0 for anything else, and for a write that failed without a transaction. */
    long sequence;
    /** Number of a sync at this server; 0 for anything else, and for a sync that has been settled. */
    long syncId;
    /**
     * Zxid up to which this server has to apply before a sync is settled; {@link #NOT_ASKED} while no leader has
     * answered.
     */
    long syncZxid;
    /** Session that a handshake wants to move to this connection; 0 for a new session. */
    long sessionId;
    /** Length of the request's frame, as counted by the guard against large requests. */
    int frameLength;
    /** Whether that guard counted the request. What counts as large may have changed since. */
    boolean isLarge;
    /** Length of the body within {@link #frame}. */
    int bodyLength;
    /** Copy of the body, if the request waits or may have to be sent again; null for other writes. */
    UnsafeBuffer frame;

    /** Whether it is a write or a sync that is still under way; otherwise it only waits for its turn. */
    boolean isOnItsWay()
    {
        return sequence != 0 || syncId != 0;
    }
}
