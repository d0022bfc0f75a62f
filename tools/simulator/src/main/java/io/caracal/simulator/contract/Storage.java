/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.CatchUp;
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

    /**
     * The history for others, of the present start. A read without progress fails after some fifty pauses at least,
     * and within seconds.
     *
     * @return the port.
     */
    CatchUp catchUp();

    /** Ends it in the middle of everything, as a kill or a power cut does; it may be opened again. */
    void crash();

    /** Lets a little time pass, so that what runs beside the caller gets on. */
    void pause();

    /** From now on no further room can be had on the disk. */
    void fillDisk();

    /** From now on there is room again, so that what waited for it goes on. */
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
     * Damages a record of the log that an earlier start made durable, and after which others follow.
     *
     * @param zxid of the record.
     */
    void damageRecord(long zxid);

    /**
     * The file of a published snapshot.
     *
     * @param zxid of the snapshot.
     * @return its bytes as they lie on disk.
     */
    byte[] snapshotFile(long zxid);

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
