/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;

/**
 * The two epochs that this server has on disk: the one it has promised (acceptedEpoch in the paper) and the one whose
 * history it has adopted (currentEpoch). This object outlives roles. If an earlier role is still storing epochs when a
 * new one begins, the new role waits until they are durable, so that it tells other servers only what is on disk.
 */
public final class Epochs implements EpochHandler
{
    private final EpochStore store;
    private boolean isStoring;

    /**
     * Reads the epochs from a store.
     *
     * @param store that holds the epochs.
     */
    public Epochs(final EpochStore store)
    {
        this.store = store;
    }

    /**
     * Begins to store the epochs. Once {@link #isSettled} is true they are durable, and the other methods return them.
     *
     * @param acceptedEpoch  promised epoch.
     * @param acceptedLeader server id of the leader that the epoch is promised to.
     * @param currentEpoch   adopted epoch.
     * @return false when an earlier call is still under way or the store refuses; nothing changes then.
     */
    public boolean store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        if (isStoring || !store.store(acceptedEpoch, acceptedLeader, currentEpoch))
        {
            return false;
        }
        isStoring = true;

        return true;
    }

    /**
     * Asks the store whether the epochs being stored are durable by now.
     *
     * @return work done.
     */
    public int poll()
    {
        return isStoring ? store.poll(this) : 0;
    }

    @Override
    public void onEpochsDurable(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        isStoring = false;
    }

    /**
     * Whether nothing is being stored, so that the values returned by the other methods will not change by themselves.
     *
     * @return false while a store is under way.
     */
    public boolean isSettled()
    {
        return !isStoring;
    }

    /**
     * Highest epoch ever promised.
     *
     * @return durable value.
     */
    public long accepted()
    {
        return store.acceptedEpoch();
    }

    /**
     * The leader that the promise was given to.
     *
     * @return its server id.
     */
    public long acceptedLeader()
    {
        return store.acceptedLeader();
    }

    /**
     * Epoch of the last leader whose history was adopted.
     *
     * @return durable value.
     */
    public long current()
    {
        return store.currentEpoch();
    }
}
