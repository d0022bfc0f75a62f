/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/**
 * How much of one duty cycle went into the answers of reads. A client may have very much for a short request, and there
 * are many clients: what is left when the share is used up waits for the next cycle, so that no cycle gets long.
 */
final class TurnShare
{
    /** Bytes of replies after which reads wait that waited before. */
    static final int BYTES_MAX = 1 << 20;

    /** Znodes gone through for listings, after which no other listing is begun. */
    static final int ZNODES_MAX = 1 << 16;

    private long bytes;
    private long znodes;

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
        return znodes >= ZNODES_MAX;
    }

    /** Whether everything should wait that can. */
    boolean isUsedUp()
    {
        return bytes >= BYTES_MAX || isForNoListing();
    }
}
