/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * Streams between two servers that are linked. Each is ordered and without holes for as long as the link's generation
 * lasts, and each has its own back-pressure, so that none can hold up another.
 */
public enum PeerStream
{
    /** Votes, heartbeats, proposals, commits, acknowledgements: small or urgent, read before the others. */
    LIVE,
    /** Requests of clients that a learner hands to its leader. */
    REQUESTS,
    /** History and snapshots for a learner that is behind. */
    BULK
}
