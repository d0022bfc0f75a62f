/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/** Why a connection was not taken. */
public enum RejectReason
{
    /** Too many connections of one source address. */
    ADDRESS_LIMIT,
    /** Too many connections in all. */
    TOTAL_LIMIT,
    /** The operating system refused to accept, for want of descriptors for instance; accepting pauses for a while. */
    ACCEPT_FAILED,
    /** The socket was accepted but could not be prepared; it was closed. */
    SETUP_FAILED
}
