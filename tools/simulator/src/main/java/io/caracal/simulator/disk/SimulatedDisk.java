/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.SnapshotHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The disk of one simulated server: what survives a crash, and the faults. {@link #open()} creates the four adapters
 * that a server uses. {@link #kill()}, {@link #crash()}, {@link #crashUnforced()} or {@link #shutDown()} ends them;
 * afterwards the disk can be opened again. Virtual time passes only in {@link #advanceTo}. Belongs to one thread.
 */
public final class SimulatedDisk
{
    final DiskFaults faults;
    final SplittableRandom random;

    /** Records that certainly survive a power cut. */
    final List<StoredRecord> durable = new ArrayList<>();

    /**
     * Records handed to the system since the last completed force. A crash keeps a random number of them, from the
     * first on.
     */
    final List<StoredRecord> unforced = new ArrayList<>();

    final TreeMap<Long, StoredSnapshot> snapshots = new TreeMap<>();
    final long[] epochs = new long[3];
    private long damagedSnapshotZxid = -1;
    long baseZxid;
    long newestSnapshotZxid;
    long nowNs;
    boolean isFull;
    int loadLimit = 64;
    boolean areForcesHeld;
    boolean areLogForcesHeld;

    private SimulatedJournal journal;
    private SimulatedSnapshotStore snapshotStore;
    private SimulatedEpochStore epochStore;
    private SimulatedCatchUp catchUp;
    private long releasedZxid;

    /**
     * Creates an empty disk.
     *
     * @param seed   of its faults.
     * @param faults that it has.
     */
    public SimulatedDisk(final long seed, final DiskFaults faults)
    {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    /**
     * Reads the newest snapshot that is published and whole, as an operator does who fetches the file.
     *
     * @param handler receives the snapshot.
     * @return its zxid, or 0 when there is none, in which case nothing was delivered.
     */
    public long readSnapshot(final SnapshotHandler handler)
    {
        for (final StoredSnapshot snapshot : snapshots.headMap(newestSnapshotZxid, true).descendingMap().values())
        {
            if (snapshot.isWhole() && snapshot.zxid != damagedSnapshotZxid)
            {
                deliver(snapshot, handler);
                return snapshot.zxid;
            }
        }

        return 0;
    }

    private static void deliver(final StoredSnapshot snapshot, final SnapshotHandler handler)
    {
        handler.onLoadBegin(snapshot.zxid);
        int position = StoredSnapshot.HEAD_LENGTH;
        int length = snapshot.lengthAt(position);

        while (length != StoredSnapshot.END_MARK)
        {
            handler.onLoadRecord(snapshot.view(), position + Integer.BYTES, length);
            position += Integer.BYTES + length;
            length = snapshot.lengthAt(position);
        }

        handler.onLoadEnd(snapshot.zxid, snapshot.recordCount(), snapshot.digest());
    }

    /** Opens the adapters for a server that starts. */
    public void open()
    {
        journal = new SimulatedJournal(this);
        snapshotStore = new SimulatedSnapshotStore(this);
        epochStore = new SimulatedEpochStore(this);
        catchUp = new SimulatedCatchUp(this);
    }

    /**
     * Advances virtual time, and ends the forces that are due.
     *
     * @param timeNs the new time; an earlier one than the present is ignored.
     */
    public void advanceTo(final long timeNs)
    {
        nowNs = Math.max(nowNs, timeNs);
        if (journal != null)
        {
            journal.work();
            snapshotStore.work();
            epochStore.work();
            catchUp.work();
        }
    }

    /** Ends the server in an orderly way. All accepted records are forced, and a truncation under way takes effect. */
    public void shutDown()
    {
        durable.addAll(unforced);
        unforced.clear();
        durable.addAll(journal.waiting);
        journal.waiting.clear();
        journal.completeTruncation();
        epochStore.complete();
        end();
    }

    /**
     * Simulates a power cut. Of the records that no force has covered, the first ones survive; their number is random.
     * The rest counts as torn: recovery would drop it. A change that takes effect in one step, such as a store of
     * epochs, a truncation or a received snapshot, may or may not have reached the device.
     */
    public void crash()
    {
        switchOrNot();
        final int left = unforced.isEmpty() ? 0 : random.nextInt(unforced.size() + 1);
        durable.addAll(unforced.subList(0, left));
        unforced.clear();
        end();
    }

    /**
     * Simulates a power cut of a machine whose log was forced only as far as a snapshot needed it. A random number of
     * records after the newest snapshot is lost from the end of the log.
     */
    public void crashUnforced()
    {
        crash();
        int losable = 0;

        while (losable < durable.size() && durable.get(durable.size() - 1 - losable).zxid > newestSnapshotZxid)
        {
            losable++;
        }

        final int lost = random.nextInt(losable + 1);
        durable.subList(durable.size() - lost, durable.size()).clear();
    }

    /**
     * Kills the server's process, while the operating system keeps running. The system still has everything that was
     * handed to it, but no force has covered it. The next replay forces it.
     */
    public void kill()
    {
        switchOrNot();
        end();
    }

    /**
     * Sets whether the disk is full.
     *
     * @param full true when no more room can be reserved.
     */
    public void full(final boolean full)
    {
        isFull = full;
    }

    /**
     * Sets whether forces are held, so that they do not end.
     *
     * @param held true to hold all forces.
     */
    public void holdForces(final boolean held)
    {
        areForcesHeld = held;
    }

    /**
     * Sets how many records of a snapshot one call loads.
     *
     * @param records maximum number for each call; 0 to load none.
     */
    public void loadLimit(final int records)
    {
        loadLimit = records;
    }

    /**
     * Sets whether forces of the log are held. Those of snapshots and epochs still end, because these may lie on
     * another disk.
     *
     * @param held true to hold all forces of the log.
     */
    public void holdLogForces(final boolean held)
    {
        areLogForcesHeld = held;
    }

    /**
     * Flips a bit in the file of a published snapshot.
     *
     * @param zxid of the snapshot.
     */
    public void damageSnapshot(final long zxid)
    {
        flipBit(snapshots.get(zxid).file);
    }

    /**
     * Flips a bit in the file of the newest snapshot, if an older one can take its place.
     *
     * @return false when there are fewer than two snapshots, or one of them is damaged already.
     */
    public boolean damageNewestSnapshot()
    {
        if (snapshots.size() < 2 || snapshots.containsKey(damagedSnapshotZxid))
        {
            return false;
        }

        damagedSnapshotZxid = snapshots.lastKey();
        damageSnapshot(damagedSnapshotZxid);

        return true;
    }

    /**
     * Flips a bit in a record of the log that was handed to the system. A replay that meets the record throws, and a
     * read of it fails.
     *
     * @param zxid of the record.
     */
    public void damageRecord(final long zxid)
    {
        flipBit(recordAfter(zxid - 1).bytes);
    }

    /**
     * Returns the file of a published snapshot.
     *
     * @param zxid of the snapshot.
     * @return a copy of its bytes.
     */
    public byte[] snapshotFile(final long zxid)
    {
        return snapshots.get(zxid).file.clone();
    }

    /**
     * Removes old snapshots, and those released records that neither a kept snapshot nor an open read needs.
     *
     * @param retainCount number of snapshots to keep.
     */
    public void purge(final int retainCount)
    {
        if (journal != null && journal.isReplaying())
        {
            return;
        }

        while (snapshots.size() > retainCount)
        {
            snapshots.pollFirstEntry();
        }

        final long oldest = snapshots.isEmpty() ? 0 : Math.min(releasedZxid, snapshots.firstKey());
        final long limit = catchUp == null ? oldest : Math.min(oldest, catchUp.neededZxid());
        while (!durable.isEmpty() && durable.get(0).zxid <= limit)
        {
            baseZxid = durable.remove(0).zxid;
        }
    }

    /**
     * Zxid of the last record that would certainly survive a power cut now.
     *
     * @return zxid.
     */
    public long durableZxid()
    {
        return durable.isEmpty() ? baseZxid : durable.get(durable.size() - 1).zxid;
    }

    /**
     * Highest promised epoch that would certainly survive a power cut now.
     *
     * @return epoch.
     */
    public long acceptedEpoch()
    {
        return epochs[0];
    }

    /**
     * Adopted epoch that would certainly survive a power cut now.
     *
     * @return epoch.
     */
    public long currentEpoch()
    {
        return epochs[2];
    }

    /**
     * Whether {@link #damageNewestSnapshot()} has flipped a bit on this disk.
     *
     * @return true from then on.
     */
    public boolean isDamaged()
    {
        return damagedSnapshotZxid >= 0;
    }

    /**
     * The log, for the server that runs now.
     *
     * @return the port.
     */
    public SimulatedJournal journal()
    {
        return journal;
    }

    /**
     * The snapshots, for the server that runs now.
     *
     * @return the port.
     */
    public SimulatedSnapshotStore snapshotStore()
    {
        return snapshotStore;
    }

    /**
     * The epochs, for the server that runs now.
     *
     * @return the port.
     */
    public SimulatedEpochStore epochStore()
    {
        return epochStore;
    }

    /**
     * The history for learners, for the server that runs now.
     *
     * @return the port.
     */
    public SimulatedCatchUp catchUp()
    {
        return catchUp;
    }

    /** First record after a zxid among those that were handed to the system; null when there is none. */
    StoredRecord recordAfter(final long zxid)
    {
        final StoredRecord found = firstAfter(durable, zxid);
        return found == null ? firstAfter(unforced, zxid) : found;
    }

    /** Replaces everything by a snapshot in one step. The log is then empty and begins after the snapshot. */
    void replaceBy(final StoredSnapshot snapshot)
    {
        durable.clear();
        unforced.clear();
        snapshots.clear();
        snapshots.put(snapshot.zxid, snapshot);
        newestSnapshotZxid = snapshot.zxid;
        baseZxid = snapshot.zxid;
        releasedZxid = snapshot.zxid;
        journal.replacedBy(snapshot.zxid);
        catchUp.onReplaced();
    }

    void release(final long zxid)
    {
        releasedZxid = Math.max(releasedZxid, zxid);
    }

    long drawForceNs()
    {
        return random.nextInt(1000) < faults.slowForceChance() ? faults.slowForceNs() :
            random.nextLong(faults.forceMinNs(), faults.forceMaxNs() + 1);
    }

    private static StoredRecord firstAfter(final List<StoredRecord> records, final long zxid)
    {
        int low = 0;
        int high = records.size();
        while (low < high)
        {
            final int middle = (low + high) >>> 1;
            if (records.get(middle).zxid > zxid)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low < records.size() ? records.get(low) : null;
    }

    private void flipBit(final byte[] bytes)
    {
        final int index = random.nextInt(bytes.length);
        bytes[index] ^= (byte)(1 << random.nextInt(Byte.SIZE));
    }

    private void switchOrNot()
    {
        if (random.nextBoolean())
        {
            epochStore.complete();
            journal.completeTruncation();
            snapshotStore.completeReceive();
        }
    }

    private void end()
    {
        journal = null;
        snapshotStore = null;
        epochStore = null;
        catchUp = null;
    }
}
