/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import java.util.concurrent.TimeUnit;

/**
 * Says when the next snapshot may be tried after one that came to nothing. The pause after a snapshot that was given up
 * grows each time, until one succeeds. This uses monotonic time: if the wall clock were set back, the next snapshot
 * would be put off by as much.
 */
final class SnapshotRetry
{
    static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    static final long PAUSE_MAX_NS = TimeUnit.MINUTES.toNanos(1);

    private boolean isWaiting;
    private long untilNs;
    private long pauseNs = PAUSE_NS;

    /** The store takes no snapshot at the moment. */
    void onRefused(final long nowNs)
    {
        waitFor(PAUSE_NS, nowNs);
    }

    /** A snapshot was given up. */
    void onGivenUp(final long nowNs)
    {
        waitFor(pauseNs, nowNs);
        pauseNs = Math.min(2 * pauseNs, PAUSE_MAX_NS);
    }

    void onPublished()
    {
        pauseNs = PAUSE_NS;
    }

    private void waitFor(final long durationNs, final long nowNs)
    {
        isWaiting = true;
        untilNs = nowNs + durationNs;
    }

    /** Whether the next attempt has to wait. */
    boolean isWaiting(final long nowNs)
    {
        isWaiting = isWaiting && nowNs - untilNs < 0;

        return isWaiting;
    }
}
