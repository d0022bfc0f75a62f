/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * The highest epoch that other voters said they have promised. Like {@link Epochs} it outlives roles, but it is kept in
 * memory only, and no safety rule depends on it. Discovery alone ensures that a new epoch is later than every promise
 * of a quorum: it asks a quorum each time.
 * <p>
 * Remembering the promises avoids needless changes of leader. A voter that has promised a later epoch than its leader's
 * cannot follow, so the leader steps down. The next leader may be the same server, elected by the same voters. If it
 * had forgotten the promise, it would choose too low an epoch again.
 */
public final class HeardPromises
{
    private long highest;

    /**
     * Records the highest epoch that another voter says it has promised.
     *
     * @param acceptedEpoch its highest promise.
     */
    public void onHeard(final long acceptedEpoch)
    {
        highest = Math.max(highest, acceptedEpoch);
    }

    /**
     * The highest of these promises.
     *
     * @return epoch, 0 when this process has heard of none.
     */
    public long highest()
    {
        return highest;
    }
}
