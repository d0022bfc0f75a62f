/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;

/**
 * The two epochs of this server. It belongs to the server, not to a role: a role that begins while a store of an
 * earlier one is under way waits until that is settled, so that what it tells others is what is on the disk.
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
     * Begins to store.
     *
     * @param acceptedEpoch  promised epoch.
     * @param acceptedLeader whom it is promised to.
     * @param currentEpoch   adopted epoch.
     * @return false when an earlier request is still under way.
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
     * Hears of the end of a request.
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
     * Whether what the other methods tell is settled.
     *
     * @return false while a request is under way.
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
     * Whom it was promised to.
     *
     * @return server id.
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
