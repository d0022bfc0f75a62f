/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.Invariant;
import java.util.ArrayDeque;

/**
 * Writes of this server's clients that are proposed and not applied, in the order of their sequences. Transactions
 * are applied
 * in that order too, so the one that completes is always the oldest.
 */
final class PendingWrites
{
    private final ArrayDeque<InFlight> writes = new ArrayDeque<>();
    private long lastSequence;

    /** The sequence that the next write gets. */
    long nextSequence()
    {
        return lastSequence + 1;
    }

    void add(final InFlight write)
    {
        lastSequence++;
        write.sequence = lastSequence;
        writes.addLast(write);
    }

    /** The write that an applied transaction of this server's clients completes. */
    InFlight remove(final long sequence)
    {
        final InFlight write = writes.pollFirst();
        Invariant.check(write != null && write.sequence == sequence, "a transaction completes a request out of order");

        return write;
    }
}
