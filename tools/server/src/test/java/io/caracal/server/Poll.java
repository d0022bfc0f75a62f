/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server;

import java.util.concurrent.locks.LockSupport;

/** The pause between two looks at something that another thread or process has to do first. */
public final class Poll
{
    private static final long REST_NS = 200_000;

    private Poll()
    {
    }

    /** Leaves the processor for a moment to those that are waited for. The caller bounds the whole wait. */
    public static void rest()
    {
        LockSupport.parkNanos(REST_NS);
    }
}
