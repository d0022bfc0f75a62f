/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine;

/**
 * Whether a thread that expects its next work within microseconds waits for it awake: falling asleep and being woken
 * costs more than so short a wait. Whether it pays is learned. Each wait in vain doubles how many occasions are passed
 * over before the next attempt, and one that paid begins anew, so a thread that is disappointed hardly ever waits.
 * <p>
 * Owned by the waiting thread, which alone knows the time.
 */
public final class Linger
{
    /** After many waits in vain, one occasion is tried after so many that are passed over. */
    static final int PASSED_OVER_MAX = 63;

    private int passedOver;
    private int toPassOver;

    /**
     * There is no work, and more is expected soon.
     *
     * @return true: wait awake, then tell {@link #onPaid()} or {@link #onVain()}; false: go to sleep.
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

    /** Nothing came. */
    public void onVain()
    {
        passedOver = Math.min(PASSED_OVER_MAX, 2 * passedOver + 1);
        toPassOver = passedOver;
    }
}
