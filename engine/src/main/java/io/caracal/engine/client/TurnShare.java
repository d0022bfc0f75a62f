/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.CycleLimits;

/**
 * How much of one duty cycle went into what clients ask for. A client may have very much for a short request, and there
 * are many clients: what is left when the share is used up waits for the next cycle, so that no cycle gets long.
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

    /** A frame of a client is looked at. */
    void onRequest()
    {
        requests++;
    }

    /** A reply of so many bytes is made. */
    void onBytes(final long count)
    {
        bytes += count;
    }

    /** So many znodes were gone through for a listing, whether it holds them or not. */
    void onZnodes(final long count)
    {
        znodes += count;
    }

    /** Whether frames of clients are looked at. Listings that wait for a later turn do not keep other requests back. */
    boolean isForRequests()
    {
        return requests < requestsMax && bytes < bytesMax;
    }

    /** Whether listings should wait. */
    boolean isForNoListing()
    {
        return znodes >= znodesMax;
    }

    /** Whether everything should wait that can. */
    boolean isUsedUp()
    {
        return bytes >= bytesMax || isForNoListing();
    }
}
