/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import static io.caracal.engine.node.SnapshotRetry.PAUSE_MAX_NS;
import static io.caracal.engine.node.SnapshotRetry.PAUSE_NS;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SnapshotRetryTest
{
    private final SnapshotRetry retry = new SnapshotRetry();
    private long nowNs = Long.MAX_VALUE - PAUSE_NS / 2;

    private void assertWaits(final long durationNs)
    {
        nowNs += durationNs - 1;
        assertTrue(retry.isWaiting(nowNs));
        nowNs++;
        assertFalse(retry.isWaiting(nowNs));
    }

    @Test
    void shouldNotWaitAtFirst()
    {
        assertFalse(retry.isWaiting(nowNs));
    }

    @Test
    void shouldWaitLongerEachTimeThatASnapshotIsGivenUp()
    {
        for (long pauseNs = PAUSE_NS; pauseNs < PAUSE_MAX_NS; pauseNs *= 2)
        {
            retry.onGivenUp(nowNs);
            assertWaits(pauseNs);
        }
        retry.onGivenUp(nowNs);
        assertWaits(PAUSE_MAX_NS);
        retry.onGivenUp(nowNs);
        assertWaits(PAUSE_MAX_NS);
    }

    @Test
    void shouldBeginAnewOnceASnapshotIsPublished()
    {
        retry.onGivenUp(nowNs);
        retry.onGivenUp(nowNs);
        retry.onPublished();
        retry.onGivenUp(nowNs);
        assertWaits(PAUSE_NS);
    }

    @Test
    void shouldNotWaitLongerForAStoreThatRefuses()
    {
        retry.onGivenUp(nowNs);
        retry.onRefused(nowNs);
        retry.onRefused(nowNs);
        assertWaits(PAUSE_NS);
    }
}
