/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport;

/**
 * A thread that was told to end has not done so in time. It may still use what it was given, so nothing of that may be
 * freed: an error is better than a crash.
 */
public final class StuckThreadException extends IllegalStateException
{
    private static final long serialVersionUID = 1L;

    /**
     * Names the thread.
     *
     * @param threadName its name.
     */
    public StuckThreadException(final String threadName)
    {
        super("thread " + threadName + " does not end");
    }
}
