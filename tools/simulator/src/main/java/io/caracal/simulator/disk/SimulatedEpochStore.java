/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;

/** The epochs on a simulated disk. After a crash they are the old or the new ones, never a mixture. */
public final class SimulatedEpochStore implements EpochStore
{
    private final SimulatedDisk disk;
    private final long[] durable;
    private long[] requested;
    private boolean isStored;
    private long endsNs;

    SimulatedEpochStore(final SimulatedDisk disk)
    {
        this.disk = disk;
        this.durable = disk.epochs.clone();
    }

    @Override
    public long acceptedEpoch()
    {
        return durable[0];
    }

    @Override
    public long acceptedLeader()
    {
        return durable[1];
    }

    @Override
    public long currentEpoch()
    {
        return durable[2];
    }

    @Override
    public boolean store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        Invariant.check(acceptedEpoch >= durable[0], "accepted epoch goes back");
        Invariant.check(currentEpoch >= durable[2], "current epoch goes back");
        Invariant.check(currentEpoch <= acceptedEpoch, "current epoch was never accepted");
        if (requested != null)
        {
            return false;
        }

        requested = new long[]{ acceptedEpoch, acceptedLeader, currentEpoch };
        endsNs = disk.nowNs + disk.drawForceNs();
        return true;
    }

    @Override
    public int poll(final EpochHandler handler)
    {
        if (!isStored)
        {
            return 0;
        }

        System.arraycopy(requested, 0, durable, 0, durable.length);
        requested = null;
        isStored = false;
        handler.onEpochsDurable(durable[0], durable[1], durable[2]);
        return 1;
    }

    /** Does what the journal thread would have done by now. */
    void work()
    {
        if (requested != null && !disk.areForcesHeld && disk.nowNs >= endsNs)
        {
            complete();
        }
    }

    /** Makes a store that is under way durable. */
    void complete()
    {
        if (requested != null)
        {
            System.arraycopy(requested, 0, disk.epochs, 0, requested.length);
            isStored = true;
        }
    }
}
