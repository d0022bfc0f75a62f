/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

/** What is counted at the sockets of clients. */
public enum Traffic
{
    /** Connections accepted. */
    CONNECTIONS_ACCEPTED,
    /** Connections closed. */
    CONNECTIONS_CLOSED,
    /** Connections refused because of a limit. */
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
