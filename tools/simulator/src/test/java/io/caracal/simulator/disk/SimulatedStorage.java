/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.simulator.contract.Storage;

/** The simulated adapters in the form that the contracts use. A pause is half a millisecond of virtual time. */
final class SimulatedStorage implements Storage
{
    private static final long PAUSE_NS = 500_000;

    private final SimulatedDisk disk = new SimulatedDisk(4711,
        new DiskFaults(50_000, 200_000, 5_000_000, 20, 1 << 20, 4 << 20, 1 << 20, 256 << 10, 500_000_000));
    private long nowNs;

    @Override
    public void open()
    {
        disk.open();
    }

    @Override
    public void shutDown()
    {
        disk.shutDown();
    }

    @Override
    public Journal journal()
    {
        return disk.journal();
    }

    @Override
    public SnapshotStore snapshotStore()
    {
        return disk.snapshotStore();
    }

    @Override
    public EpochStore epochStore()
    {
        return disk.epochStore();
    }

    @Override
    public CatchUp catchUp()
    {
        return disk.catchUp();
    }

    @Override
    public void crash()
    {
        disk.crash();
    }

    @Override
    public void damageRecord(final long zxid)
    {
        disk.damageRecord(zxid);
    }

    @Override
    public byte[] snapshotFile(final long zxid)
    {
        return disk.snapshotFile(zxid);
    }

    @Override
    public void pause()
    {
        nowNs += PAUSE_NS;
        disk.advanceTo(nowNs);
    }

    @Override
    public void fillDisk()
    {
        disk.full(true);
    }

    @Override
    public void freeDisk()
    {
        disk.full(false);
    }

    @Override
    public void holdForces()
    {
        disk.holdForces(true);
    }

    @Override
    public void releaseForces()
    {
        disk.holdForces(false);
    }

    @Override
    public void damageSnapshot(final long zxid)
    {
        disk.damageSnapshot(zxid);
    }

    @Override
    public void purge(final int retainCount)
    {
        disk.purge(retainCount);
    }

    @Override
    public void close()
    {
        // Nothing outlives the test.
    }
}
