/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/** Whether there is room for more: set by the journal thread, read by the engine's. */
final class SpaceState
{
    private volatile boolean exhausted;
    private volatile boolean full;

    /** No next segment can be reserved, and what is left of this one is kept for closing sessions. */
    boolean isExhausted()
    {
        return exhausted;
    }

    /** Even what was kept back is used up. */
    boolean isFull()
    {
        return full;
    }

    /** True when something changed. */
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
