/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why a connection was refused. */
public enum RejectReason
{
    /** Too many connections from one source address. */
    ADDRESS_LIMIT,
    /** Too many connections in all. */
    TOTAL_LIMIT,
    /**
     * The operating system refused to accept, for example because no descriptors are left. Accepting pauses for a
     * while.
     */
    ACCEPT_FAILED,
    /** The socket was accepted but could not be prepared; it was closed. */
    SETUP_FAILED
}
