/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;

/**
 * Is shown several committed transactions before they are applied, so that the znodes that they concern can be fetched
 * from memory at the same time instead of one after the other. This is for speed only: results must be the same without
 * it.
 */
public interface CommitsAhead
{
    /** How many transactions are shown at a time. */
    int PROPOSALS_MAX = 64;

    /**
     * Whether this pays at the moment.
     *
     * @return false when nothing is to be shown.
     */
    boolean isWorthwhile();

    /**
     * A transaction that will be applied soon.
     *
     * @param payload holds it, valid during the call.
     * @param offset  of the payload.
     * @param length  of the payload in bytes.
     */
    void add(DirectBuffer payload, int offset, int length);

    /** Fetches what the transactions that were added concern, and forgets them. */
    void fetch();
}
