/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.CycleLimits;

/**
 * Counts the work that clients caused in one duty cycle. A short request may ask for very much, and there are many
 * clients. When the share is used up, the rest waits for the next cycle, so that no cycle gets long.
 */
final class TurnShare
{
    private final int requestsMax;
    private final long bytesMax;
    private final long znodesMax;
    private int requests;
    private long bytes;
    private long znodes;

    TurnShare(final CycleLimits limits)
    {
        requestsMax = limits.requests();
        bytesMax = limits.replyBytes();
        znodesMax = limits.listedZnodes();
    }

    /** A duty cycle begins. */
    void begin()
    {
        requests = 0;
        bytes = 0;
        znodes = 0;
    }

    /** Counts a frame of a client that is looked at. */
    void onRequest()
    {
        requests++;
    }

    /** Counts the bytes of a reply. */
    void onBytes(final long count)
    {
        bytes += count;
    }

    /** Counts znodes that were visited for a listing, whether the listing contains them or not. */
    void onZnodes(final long count)
    {
        znodes += count;
    }

    /**
     * Whether more frames of clients may be looked at. Listings that wait for a later turn do not hold up other
     * requests.
     */
    boolean isForRequests()
    {
        return requests < requestsMax && bytes < bytesMax;
    }

    /** Whether listings should wait. */
    boolean isForNoListing()
    {
        return znodes >= znodesMax;
    }

    /** Whether everything that can wait should wait. */
    boolean isUsedUp()
    {
        return bytes >= bytesMax || isForNoListing();
    }
}
