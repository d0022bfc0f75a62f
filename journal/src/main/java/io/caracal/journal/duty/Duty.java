/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;

/** The work of one thread, done in small turns. */
public interface Duty
{
    /** Answer of {@link #idleNs}: nothing to wait for but a wake-up. */
    long UNTIL_WOKEN = Long.MAX_VALUE;

    /**
     * One turn.
     *
     * @return amount of work done, 0 when there was none.
     * @throws IOException when the disk fails; the thread then ends.
     */
    int doWork() throws IOException;

    /**
     * How long the thread may sleep unless it is woken. Asked after a turn without work.
     *
     * @return nanoseconds, 1 or more, or {@link #UNTIL_WOKEN}.
     */
    long idleNs();

    /**
     * Whether work is likely to come so soon that the thread waits for it awake. Asked after a turn without work.
     *
     * @return true when it is worth {@link DutyThread#LINGER_NS} of a processor.
     */
    default boolean expectsWork()
    {
        return false;
    }

    /**
     * A close was asked for, and nothing has failed so far: finish what was accepted. Once, on the duty's thread,
     * before {@link #onClose}. After a failure, of whichever thread, this is not asked for: nothing is tried any more.
     *
     * @throws IOException when the disk fails.
     */
    default void finish() throws IOException
    {
    }

    /**
     * The last call, on the duty's thread, also after a failure: give everything back.
     *
     * @throws IOException when the disk fails.
     */
    void onClose() throws IOException;
}
