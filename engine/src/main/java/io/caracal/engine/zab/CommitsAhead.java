/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import org.agrona.DirectBuffer;

/**
 * Hears of proposals that are about to be handed over, several together, so that what they are about can be fetched
 * from memory together. Nothing may depend on it.
 */
public interface CommitsAhead
{
    /** Proposals that are looked at together. */
    int PROPOSALS_MAX = 64;

    /**
     * Whether it pays at the moment.
     *
     * @return false: nothing is to be told.
     */
    boolean isWorthwhile();

    /**
     * A proposal that is handed over soon.
     *
     * @param payload holds it, valid during the call.
     * @param offset  of the payload.
     * @param length  of the payload in bytes.
     */
    void add(DirectBuffer payload, int offset, int length);

    /** Fetches what those that were added are about, and forgets them. */
    void fetch();
}
