/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.Arrays;

/**
 * The session ids of the streams that were agreed. Packets with other session ids are dropped before Aeron notes their
 * sender, so nothing that strangers send takes up memory. Changed by the engine's thread, read by the thread that runs
 * the driver.
 */
final class ExpectedSessions
{
    private volatile int[] sessionIds = {};

    void add(final int... added)
    {
        final int[] present = sessionIds;
        final int[] next = Arrays.copyOf(present, present.length + added.length);
        System.arraycopy(added, 0, next, present.length, added.length);
        Arrays.sort(next);
        sessionIds = next;
    }

    void remove(final int... removed)
    {
        final int[] next = sessionIds.clone();
        int length = next.length;

        for (final int sessionId : removed)
        {
            final int index = Arrays.binarySearch(next, 0, length, sessionId);

            if (index >= 0)
            {
                System.arraycopy(next, index + 1, next, index, length - index - 1);
                length--;
            }
        }

        sessionIds = Arrays.copyOf(next, length);
    }

    /** How many there are, for tests. */
    int size()
    {
        return sessionIds.length;
    }

    boolean contains(final int sessionId)
    {
        return Arrays.binarySearch(sessionIds, sessionId) >= 0;
    }
}
