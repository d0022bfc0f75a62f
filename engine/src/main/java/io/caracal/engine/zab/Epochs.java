/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;

/**
 * The two epochs of this server as they are on its disk: the one that it has promised (acceptedEpoch in the paper), and
 * the one whose history it has adopted (currentEpoch). This object outlives roles. A role that begins while an earlier
 * one is still storing epochs waits until that is done, so that it tells other servers only what is on the disk.
 */
public final class Epochs implements EpochHandler
{
    private final EpochStore store;
    private boolean isStoring;

    /**
     * The epochs as they are on disk.
     *
     * @param store that holds them.
     */
    public Epochs(final EpochStore store)
    {
        this.store = store;
    }

    /**
     * Begins to store the epochs. They are durable, and told by the other methods, once {@link #isSettled} is true.
     *
     * @param acceptedEpoch  promised epoch.
     * @param acceptedLeader server id of the leader that it is promised to.
     * @param currentEpoch   adopted epoch.
     * @return false when an earlier call is still under way; nothing changes then.
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
     * Asks the store whether what was to be stored is durable by now.
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
     * Whether nothing is being stored, so that what the other methods tell will stay as it is.
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
