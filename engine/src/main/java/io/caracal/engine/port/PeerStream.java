/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The streams between two linked servers. Each stream is ordered and without gaps as long as the link's generation
 * lasts. Each has its own back-pressure, so none can hold up another.
 */
public enum PeerStream
{
    /** Votes, heartbeats, proposals, commits and acknowledgements: small or urgent messages, read before the others. */
    LIVE,
    /** Requests of clients that a learner hands to its leader. */
    REQUESTS,
    /** History and snapshots for a learner that is behind. */
    BULK
}
