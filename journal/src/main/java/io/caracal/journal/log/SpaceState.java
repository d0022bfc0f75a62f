/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/** Whether there is room for more records. Set by the journal thread, read by the engine's thread. */
final class SpaceState
{
    private volatile boolean exhausted;
    private volatile boolean full;

    /**
     * Whether the next segment cannot be reserved, and what is left of this one is kept for closing sessions and new
     * epochs.
     */
    boolean isExhausted()
    {
        return exhausted;
    }

    /** Whether even what was kept back is used up or too little for the next record, or there is no segment at all. */
    boolean isFull()
    {
        return full;
    }

    /** Sets both; returns true when something changed. */
    boolean set(final boolean nowExhausted, final boolean nowFull)
    {
        if (exhausted == nowExhausted && full == nowFull)
        {
            return false;
        }

        full = nowFull;
        exhausted = nowExhausted;
        return true;
    }
}
