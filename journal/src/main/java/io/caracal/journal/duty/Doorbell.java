/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

/** Wakes a thread that may not have been made yet. Any thread. */
public final class Doorbell
{
    private volatile DutyThread thread;

    /**
     * Connects it, once.
     *
     * @param target to be woken from now on.
     */
    public void connect(final DutyThread target)
    {
        thread = target;
    }

    /** There may be work. */
    public void ring()
    {
        final DutyThread target = thread;
        if (target != null)
        {
            target.wake();
        }
    }
}
