/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Decides whether a thread that expects its next work within microseconds waits for it awake. Falling asleep and being
 * woken costs more than so short a wait. Whether waiting pays is learned: each wait in vain doubles the number of
 * occasions that are skipped before the next attempt, and a wait that paid resets it. So a thread whose waits are
 * mostly in vain hardly ever waits.
 * <p>
 * Owned by the waiting thread, which alone knows the time.
 */
public final class Linger
{
    /** Most occasions that are skipped between two attempts, after many waits in vain. */
    static final int PASSED_OVER_MAX = 63;

    private int passedOver;
    private int toPassOver;

    /**
     * Called when there is no work and more is expected soon.
     *
     * @return true to wait awake and then call {@link #onPaid()} or {@link #onVain()}; false to go to sleep.
     */
    public boolean isWorthTrying()
    {
        if (toPassOver > 0)
        {
            toPassOver--;
            return false;
        }

        return true;
    }

    /** Work came while the thread waited. */
    public void onPaid()
    {
        passedOver = 0;
    }

    /** Nothing came while the thread waited. */
    public void onVain()
    {
        passedOver = Math.min(PASSED_OVER_MAX, 2 * passedOver + 1);
        toPassOver = passedOver;
    }
}
