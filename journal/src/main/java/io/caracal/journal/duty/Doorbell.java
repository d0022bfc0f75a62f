/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

/** Wakes a thread that may not exist yet. May be used by any thread. */
public final class Doorbell
{
    private volatile DutyThread thread;

    /**
     * Connects the thread. Called once.
     *
     * @param target to be woken from now on.
     */
    public void connect(final DutyThread target)
    {
        thread = target;
    }

    /** Tells the thread that there may be work. */
    public void ring()
    {
        final DutyThread target = thread;
        if (target != null)
        {
            target.wake();
        }
    }
}
