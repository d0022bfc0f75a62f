/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.SnapshotStore;

/** What one server stores, real or simulated, as the contract tests use it. */
public interface Storage extends AutoCloseable
{
    /** Opens the storage over what is left from earlier. */
    void open();

    /** Ends the storage in an orderly way. It can be opened again. */
    void shutDown();

    /**
     * The log, valid while the storage remains open.
     *
     * @return the port.
     */
    Journal journal();

    /**
     * The snapshots, valid while the storage remains open.
     *
     * @return the port.
     */
    SnapshotStore snapshotStore();

    /**
     * The epochs, valid while the storage remains open.
     *
     * @return the port.
     */
    EpochStore epochStore();

    /**
     * The history for learners, valid while the storage remains open.
     *
     * @return the port.
     */
    CatchUp catchUp();

    /** Ends the storage abruptly, as a kill or a power cut does. It can be opened again. */
    void crash();

    /** Lets a short time pass, so that other threads make progress. */
    void pause();

    /** Fills the disk, so that no more room can be had. */
    void fillDisk();

    /** Frees room on the disk, so that what waits for room goes on. */
    void freeDisk();

    /** Holds back all forces, so that nothing becomes durable. */
    void holdForces();

    /** Lets forces continue. */
    void releaseForces();

    /**
     * Damages a published snapshot. Only while the storage is shut down.
     *
     * @param zxid of the snapshot.
     */
    void damageSnapshot(long zxid);

    /**
     * Damages a record of the log that was made durable before the storage was last opened, and that others follow.
     *
     * @param zxid of the record.
     */
    void damageRecord(long zxid);

    /**
     * Returns the file of a published snapshot.
     *
     * @param zxid of the snapshot.
     * @return its bytes as they are on disk.
     */
    byte[] snapshotFile(long zxid);

    /**
     * Removes history that is no longer needed.
     *
     * @param retainCount number of snapshots to keep, at least 3.
     */
    void purge(int retainCount);

    /** Ends the storage and removes everything. */
    @Override
    void close();
}
