/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.DurabilityHandler;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/**
 * Uses the ports for journal, snapshots and epochs as an engine does, and records what they report. The bytes of
 * records are computed from their zxid ({@code SeededRecords}), so everything that comes back can be checked.
 */
public final class StorageDriver implements DurabilityHandler, EpochHandler, ReplayHandler, SnapshotHandler
{
    /** Number of refusals in a row after which no room can be left at all. */
    private static final int REFUSALS = 100;
    private static final long DEADLINE_NS = 60_000_000_000L;

    /** Zxids of the records that the last {@link #replay} delivered. */
    public final List<Long> replayed = new ArrayList<>();

    /** Reports on snapshots, in words. */
    public final List<String> snapshotNews = new ArrayList<>();

    /** Number of received snapshots that were reported to have failed. */
    public int receiveFailures;

    /** Checksums of the records that the last load delivered. */
    public final List<Long> loaded = new ArrayList<>();

    /** Last zxid that is durable, as reported. */
    public long durableZxid;

    /** Last zxid of the last replay, -1 while it has not ended. */
    public long replayEnd = -1;

    /** Zxid of the loaded snapshot, -1 while loading has not ended. */
    public long loadedZxid = -1;

    /** Digest of the loaded snapshot. */
    public long loadedDigest;

    /** Whether the disk was reported to be full, and has not been reported to have room since. */
    public boolean isExhausted;

    /** Reports on durable epochs, in words. */
    public final List<String> epochNews = new ArrayList<>();

    /** Zxids to which the log was truncated, as reported. */
    public final List<Long> truncations = new ArrayList<>();

    private final Storage storage;
    private final SeededRecords records = new SeededRecords();
    private boolean isOutgoing;
    private boolean isTruncating;

    /**
     * Creates a driver.
     *
     * @param storage to be driven.
     */
    public StorageDriver(final Storage storage)
    {
        this.storage = storage;
    }

    /** Loads and replays like a server that starts. */
    public void start()
    {
        load();
        replay(loadedZxid);
    }

    /** Loads the newest snapshot. */
    public void load()
    {
        loadedZxid = -1;
        await("end of load", () ->
        {
            storage.snapshotStore().load(this);
            return loadedZxid >= 0;
        });
    }

    /**
     * Replays to the end.
     *
     * @param afterZxid the first record is the one after this.
     */
    public void replay(final long afterZxid)
    {
        replayed.clear();
        replayEnd = -1;
        await("end of replay", () ->
        {
            storage.journal().replay(afterZxid, this);
            return replayEnd >= 0;
        });
        durableZxid = replayEnd;
    }

    /**
     * Tries once to append a record.
     *
     * @param zxid   of the record.
     * @param length of the record.
     * @return whether it was accepted.
     */
    public boolean tryAppend(final long zxid, final int length)
    {
        final DirectBuffer record = records.record(zxid, length);
        isOutgoing = true;
        final boolean accepted = storage.journal().append(zxid, zxid - 1, record, 0, length);
        isOutgoing = false;
        return accepted;
    }

    /**
     * Appends a record, as soon as it is accepted.
     *
     * @param zxid   of the record.
     * @param length of the record.
     */
    public void append(final long zxid, final int length)
    {
        await("append of " + zxid, () ->
        {
            poll();
            return tryAppend(zxid, length);
        });
    }

    /**
     * Appends records until the disk is reported to be full and nothing more is accepted.
     *
     * @param after  zxid before that of the first record.
     * @param length of each record.
     */
    public void appendUntilRefused(final long after, final int length)
    {
        final long[] last = { after };
        final int[] refusals = { 0 };
        await("end of all room", () ->
        {
            poll();
            final boolean isTaken = tryAppend(last[0] + 1, length);
            last[0] += isTaken ? 1 : 0;
            refusals[0] = isTaken ? 0 : refusals[0] + 1;
            return isExhausted && refusals[0] >= REFUSALS;
        });
    }

    /**
     * Appends a record and waits until it is durable.
     *
     * @param zxid   of the record.
     * @param length of the record.
     */
    public void appendDurably(final long zxid, final int length)
    {
        append(zxid, length);
        awaitDurable(zxid);
    }

    /**
     * Waits until a zxid is durable.
     *
     * @param zxid to wait for.
     */
    public void awaitDurable(final long zxid)
    {
        await("durable " + zxid, () ->
        {
            poll();
            return durableZxid >= zxid;
        });
    }

    /**
     * Truncates the log, and waits until the truncation is reported.
     *
     * @param zxid of the last record that stays.
     */
    public void truncate(final long zxid)
    {
        await("truncation to " + zxid, () ->
        {
            poll();
            return tryTruncate(zxid);
        });
        awaitTruncated();
    }

    /**
     * Tries once to truncate the log.
     *
     * @param zxid of the last record that stays.
     * @return whether the truncation was accepted.
     */
    public boolean tryTruncate(final long zxid)
    {
        isOutgoing = true;
        final boolean accepted = storage.journal().truncate(zxid);
        isOutgoing = false;
        isTruncating |= accepted;
        return accepted;
    }

    /** Waits for the end of the truncation that is under way. */
    public void awaitTruncated()
    {
        await("end of truncation", () ->
        {
            poll();
            return !isTruncating;
        });
    }

    /** Polls journal, epochs and snapshots once. */
    public void poll()
    {
        storage.journal().poll(this);
        storage.epochStore().poll(this);
        storage.snapshotStore().poll(this);
    }

    /**
     * Writes a snapshot and waits for its publication.
     *
     * @param zxid  of the snapshot.
     * @param count number of records.
     */
    public void snapshot(final long zxid, final int count)
    {
        beginSnapshot(zxid, count);
        await("publication of " + zxid, () ->
        {
            poll();
            return snapshotNews.stream().anyMatch(news -> news.startsWith("published " + zxid + " "));
        });
    }

    /**
     * Writes a snapshot and finishes it without waiting for its publication.
     *
     * @param zxid  of the snapshot.
     * @param count number of records.
     */
    public void beginSnapshot(final long zxid, final int count)
    {
        await("begin of a snapshot", () -> storage.snapshotStore().begin(zxid));
        for (int i = 0; i < count; i++)
        {
            final int number = i;
            await("write to a snapshot", () -> tryWrite(zxid + number, 100 + number % 500));
        }

        await("finish of a snapshot", () -> storage.snapshotStore().finish(count, ~zxid));
    }

    /**
     * Tries once to write a record of a snapshot.
     *
     * @param seed   determines its bytes.
     * @param length of the record.
     * @return whether it was accepted.
     */
    public boolean tryWrite(final long seed, final int length)
    {
        return storage.snapshotStore().write(records.record(seed, length), 0, length);
    }

    /**
     * Tries once to write a before-image.
     *
     * @param seed   determines its bytes.
     * @param length of the record.
     * @return whether it was accepted.
     */
    public boolean tryWriteBeforeImage(final long seed, final int length)
    {
        return storage.snapshotStore().writeBeforeImage(records.record(seed, length), 0, length);
    }

    /**
     * Waits for a condition.
     *
     * @param what      names the condition in the message of a failure.
     * @param condition tested again and again.
     */
    public void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean())
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain for: " + what);
            }

            storage.pause();
        }
    }

    @Override
    public void onDurable(final long zxid)
    {
        checkNotOutgoing();
        check(!isTruncating, "told of durable records during a truncation");
        check(zxid > durableZxid, "durable zxid did not rise");
        durableZxid = zxid;
    }

    @Override
    public void onTruncated(final long zxid)
    {
        checkNotOutgoing();
        check(isTruncating, "a truncation ended that was not under way");
        isTruncating = false;
        durableZxid = zxid;
        truncations.add(zxid);
    }

    @Override
    public void onSpaceExhausted()
    {
        checkNotOutgoing();
        check(!isExhausted, "told twice that the disk is full");
        isExhausted = true;
    }

    @Override
    public void onSpaceAvailable()
    {
        checkNotOutgoing();
        check(isExhausted, "room told without want of it");
        isExhausted = false;
    }

    @Override
    public void onEpochsDurable(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        checkNotOutgoing();
        epochNews.add(acceptedEpoch + " " + acceptedLeader + " " + currentEpoch);
    }

    @Override
    public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        check(committedZxid == zxid - 1, "committed zxid of record " + zxid + " changed");
        check(replayed.isEmpty() || zxid > replayed.get(replayed.size() - 1), "replay out of order");
        check(records.isRecordOf(zxid, buffer, offset, length), "bytes of record " + zxid + " changed");
        replayed.add(zxid);
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        check(replayEnd < 0, "two ends of a replay");
        replayEnd = lastZxid;
    }

    @Override
    public void onLoadBegin(final long zxid)
    {
        loaded.clear();
    }

    @Override
    public void onLoadRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        loaded.add(records.checksum(buffer, offset, length));
    }

    @Override
    public void onLoadEnd(final long zxid, final long recordCount, final long digest)
    {
        check(recordCount == loaded.size(), "record count of a load");
        loadedZxid = zxid;
        loadedDigest = digest;
    }

    @Override
    public void onPublished(final long zxid, final long keepsFrom)
    {
        checkNotOutgoing();
        snapshotNews.add("published " + zxid + " keeps from " + keepsFrom);
    }

    @Override
    public void onFailed(final long zxid)
    {
        checkNotOutgoing();
        snapshotNews.add("failed " + zxid);
    }

    @Override
    public void onReceived(final long zxid)
    {
        checkNotOutgoing();
        durableZxid = zxid;
        snapshotNews.add("received " + zxid);
    }

    @Override
    public void onReceiveFailed(final long zxid)
    {
        checkNotOutgoing();
        receiveFailures++;
        snapshotNews.add("not received " + zxid);
    }

    private void checkNotOutgoing()
    {
        check(!isOutgoing, "called back from an outgoing call");
    }

    private static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new AssertionError(message);
        }
    }
}
