/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.CycleLimits;

/**
 * How much of one duty cycle went into the answers of reads. A client may have very much for a short request, and there
 * are many clients: what is left when the share is used up waits for the next cycle, so that no cycle gets long.
 */
final class TurnShare
{
    private final long bytesMax;
    private final long znodesMax;
    private long bytes;
    private long znodes;

    TurnShare(final CycleLimits limits)
    {
        bytesMax = limits.replyBytes();
        znodesMax = limits.listedZnodes();
    }

    /** A duty cycle begins. */
    void begin()
    {
        bytes = 0;
        znodes = 0;
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
