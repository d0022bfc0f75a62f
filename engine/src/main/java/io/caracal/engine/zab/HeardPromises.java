/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

/**
 * The highest epoch that other voters were heard to have promised. It outlives roles, as {@link Epochs} do, but is kept
 * in memory only, and no rule of safety rests on it: that a new epoch is later than all that a quorum has promised is
 * for discovery to see to, which asks a quorum each time.
 * <p>
 * What was heard spares changes of leader. A voter that has promised a later epoch than its leader's cannot follow, and
 * the leader makes way. The next one may be the same server, elected by the same others; if it had forgotten, it would
 * choose too low an epoch again.
 */
public final class HeardPromises
{
    private long highest;

    /**
     * Another voter told what it has promised.
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
     * @return epoch, 0 when none was heard of in this process.
     */
    public long highest()
    {
        return highest;
    }
}
