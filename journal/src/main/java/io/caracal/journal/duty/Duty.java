/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.duty;

import java.io.IOException;

/** The work of one thread, done in small turns. */
public interface Duty
{
    /** Result of {@link #idleNs}: there is nothing to wait for but a wake-up. */
    long UNTIL_WOKEN = Long.MAX_VALUE;

    /**
     * Does one turn of work.
     *
     * @return amount of work done; 0 when there was none.
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
     * Whether work will probably come so soon that the thread should wait for it awake. Asked after a turn without
     * work.
     *
     * @return true when it is worth {@link DutyThread#LINGER_NS} of a processor.
     */
    default boolean expectsWork()
    {
        return false;
    }

    /**
     * Finishes what was accepted, because a close was requested and nothing has failed so far. Called once, on the
     * duty's thread, before {@link #onClose}. Not called after a failure of any thread, since nothing is tried any more
     * then.
     *
     * @throws IOException when the disk fails.
     */
    default void finish() throws IOException
    {
    }

    /**
     * Releases everything. The last call, on the duty's thread; made after a failure as well.
     *
     * @throws IOException when the disk fails.
     */
    void onClose() throws IOException;
}
