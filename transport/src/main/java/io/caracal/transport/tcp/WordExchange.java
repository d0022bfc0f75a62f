/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One four-letter word being answered: how much of its answer is unsent, and whether it is complete. Shared between
 * threads.
 */
final class WordExchange
{
    final long connectionId;
    private final AtomicInteger unsentBytes = new AtomicInteger();
    private boolean isFinished;

    WordExchange(final long connectionId)
    {
        this.connectionId = connectionId;
    }

    int unsentBytes()
    {
        return unsentBytes.get();
    }

    void addUnsent(final int bytes)
    {
        unsentBytes.addAndGet(bytes);
    }

    /** Call only while synchronized on this exchange. */
    boolean isFinished()
    {
        return isFinished;
    }

    /** Call only while synchronized on this exchange. */
    void finish()
    {
        isFinished = true;
    }
}
