/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;

/**
 * Sees a batch of committed transactions before they are applied, so that the znodes they touch can be fetched from
 * memory in parallel instead of one after the other. This is an optimization only: results must be the same without it.
 */
public interface CommitsAhead
{
    /** Largest number of transactions shown at a time. */
    int PROPOSALS_MAX = 64;

    /**
     * Whether fetching ahead pays off at the moment.
     *
     * @return false when the caller should show nothing.
     */
    boolean isWorthwhile();

    /**
     * Adds a transaction that will be applied soon.
     *
     * @param payload holds the transaction; valid only during the call.
     * @param offset  of the payload.
     * @param length  of the payload in bytes.
     */
    void add(DirectBuffer payload, int offset, int length);

    /** Fetches the znodes that the added transactions touch, then forgets these transactions. */
    void fetch();
}
