/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/** What the sockets of clients count. */
public enum Traffic
{
    /** Connections taken. */
    CONNECTIONS_ACCEPTED,
    /** Connections over. */
    CONNECTIONS_CLOSED,
    /** Connections not taken because of a limit. */
    CONNECTIONS_OVER_LIMIT,
    /** Connections closed because no session began in time. */
    HANDSHAKES_TIMED_OUT,
    /** Connections closed because the client did not read. */
    SLOW_READERS,
    /** Bytes read from sockets. */
    BYTES_RECEIVED,
    /** Bytes written to sockets. */
    BYTES_SENT
}
