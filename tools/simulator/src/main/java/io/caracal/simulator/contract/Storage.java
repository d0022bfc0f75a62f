/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.SnapshotStore;

/** What survives of one server, real or simulated, as the contract tests handle it. */
public interface Storage extends AutoCloseable
{
    /** Starts it over what an earlier start left. */
    void open();

    /** Ends it in an orderly way; it may be opened again. */
    void shutDown();

    /**
     * The log of the present start.
     *
     * @return the port.
     */
    Journal journal();

    /**
     * The snapshots of the present start.
     *
     * @return the port.
     */
    SnapshotStore snapshotStore();

    /**
     * The epochs of the present start.
     *
     * @return the port.
     */
    EpochStore epochStore();

    /** Lets a little time pass, so that what runs beside the caller gets on. */
    void pause();

    /** From now on no further room can be had on the disk. */
    void fillDisk();

    /** There is room again. */
    void freeDisk();

    /** Holds every force back, so that nothing becomes durable. */
    void holdForces();

    /** Lets forces go on. */
    void releaseForces();

    /**
     * Damages a snapshot that was published. Only while it is shut down.
     *
     * @param zxid of the snapshot.
     */
    void damageSnapshot(long zxid);

    /**
     * Removes history that nobody needs, keeping so many snapshots.
     *
     * @param retainCount at least 3.
     */
    void purge(int retainCount);

    /** Ends it and removes everything. */
    @Override
    void close();
}
