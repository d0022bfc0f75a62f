/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import io.caracal.engine.port.SnapshotHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The disk of one simulated server: what survives a crash, and the faults. A server opens the four adapters with
 * {@link #open()}; {@link #crash()} or {@link #shutDown()} ends them, and it may be opened again. Virtual time moves
 * only by {@link #advanceTo}. One thread.
 */
public final class SimulatedDisk
{
    final DiskFaults faults;
    final SplittableRandom random;

    /** What a power cut leaves for certain. */
    final List<StoredRecord> durable = new ArrayList<>();

    /** What was appended since the last force that ended; a crash leaves some beginning of it. */
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
     * An empty disk.
     *
     * @param seed   of its faults.
     * @param faults how it behaves.
     */
    public SimulatedDisk(final long seed, final DiskFaults faults)
    {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    /**
     * Reads the newest snapshot that is published and whole, as somebody who fetches the file does.
     *
     * @param handler receives it.
     * @return its zxid, 0 when there is none, and then nothing was delivered.
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

    /** A server starts. */
    public void open()
    {
        journal = new SimulatedJournal(this);
        snapshotStore = new SimulatedSnapshotStore(this);
        epochStore = new SimulatedEpochStore(this);
        catchUp = new SimulatedCatchUp(this);
    }

    /**
     * Virtual time passes; forces that are due end.
     *
     * @param timeNs not before the present.
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

    /** The server ends in an orderly way: what was accepted is forced, and a truncation under way becomes true. */
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
     * The machine loses power: of what no force has seen, a beginning of random length is left, cut at a record,
     * because the rest is torn and recovery drops it. What was to become true in one step, such as a store of epochs, a
     * truncation or a received snapshot, may or may not have reached the device.
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
     * The machine loses power, and nothing of the log was ever forced but what a snapshot needs: any end of it is lost.
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
     * The process is killed, the machine goes on: the system still has everything that was handed to it, but no force
     * has seen it. Only the next replay forces it.
     */
    public void kill()
    {
        switchOrNot();
        end();
    }

    /**
     * Whether the disk has room.
     *
     * @param full true: nothing more can be reserved.
     */
    public void full(final boolean full)
    {
        isFull = full;
    }

    /**
     * Whether forces end at all.
     *
     * @param held true: none does.
     */
    public void holdForces(final boolean held)
    {
        areForcesHeld = held;
    }

    /**
     * How much of a snapshot is loaded at once.
     *
     * @param records each time; 0: none comes.
     */
    public void loadLimit(final int records)
    {
        loadLimit = records;
    }

    /**
     * Whether forces of the log end; those of snapshots and epochs do, for these may lie on another disk.
     *
     * @param held true: none of the log does.
     */
    public void holdLogForces(final boolean held)
    {
        areLogForcesHeld = held;
    }

    /**
     * Flips a bit in the file of a published snapshot.
     *
     * @param zxid which.
     */
    public void damageSnapshot(final long zxid)
    {
        flipBit(snapshots.get(zxid).file);
    }

    /**
     * Flips a bit in the file of the newest snapshot, if an older one can take its place.
     *
     * @return false when there are not two, or one of them is damaged already.
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
     * Flips a bit in a record of the log that was forced. A replay that meets it refuses, a read of it fails.
     *
     * @param zxid of the record.
     */
    public void damageRecord(final long zxid)
    {
        flipBit(recordAfter(zxid - 1).bytes);
    }

    /**
     * The file of a published snapshot.
     *
     * @param zxid which.
     * @return a copy of its bytes.
     */
    public byte[] snapshotFile(final long zxid)
    {
        return snapshots.get(zxid).file.clone();
    }

    /**
     * Forgets old snapshots, and the history that none of the kept ones and no open read needs and that was released.
     *
     * @param retainCount how many snapshots stay.
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
     * Zxid of the last record that a power cut now would leave for certain.
     *
     * @return zxid.
     */
    public long durableZxid()
    {
        return durable.isEmpty() ? baseZxid : durable.get(durable.size() - 1).zxid;
    }

    /**
     * Highest epoch whose promise a power cut now would leave for certain.
     *
     * @return epoch.
     */
    public long acceptedEpoch()
    {
        return epochs[0];
    }

    /**
     * Epoch whose history was adopted, as a power cut now would leave it for certain.
     *
     * @return epoch.
     */
    public long currentEpoch()
    {
        return epochs[2];
    }

    /**
     * Whether somebody flipped bits on it.
     *
     * @return true from then on.
     */
    public boolean isDamaged()
    {
        return damagedSnapshotZxid >= 0;
    }

    /**
     * The log of the present start.
     *
     * @return the port.
     */
    public SimulatedJournal journal()
    {
        return journal;
    }

    /**
     * The snapshots of the present start.
     *
     * @return the port.
     */
    public SimulatedSnapshotStore snapshotStore()
    {
        return snapshotStore;
    }

    /**
     * The epochs of the present start.
     *
     * @return the port.
     */
    public SimulatedEpochStore epochStore()
    {
        return epochStore;
    }

    /**
     * The history for others, of the present start.
     *
     * @return the port.
     */
    public SimulatedCatchUp catchUp()
    {
        return catchUp;
    }

    /** First record after a zxid that was handed to the system, null when there is none. */
    StoredRecord recordAfter(final long zxid)
    {
        final StoredRecord found = firstAfter(durable, zxid);
        return found == null ? firstAfter(unforced, zxid) : found;
    }

    /** In one step, everything is the state of a snapshot, and the log is empty and begins after it. */
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
        return random.nextInt(1000) < faults.slowForceChance() ? faults.slowForceNs() : random.nextLong(faults
            .forceMinNs(), faults.forceMaxNs() + 1);
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
