/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.contract;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.CatchUpHandler;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;

/** Uses the port {@code CatchUp} as a leader does. It records what each read delivers, and checks the bytes. */
public final class CatchUpDriver implements CatchUpHandler
{
    private final Storage storage;
    private final StorageDriver driver;
    private final SeededRecords records = new SeededRecords();
    private final Map<Long, Delivery> reads = new TreeMap<>();
    private long polls;

    /**
     * Creates a driver.
     *
     * @param storage to read from.
     * @param driver  that appends the records.
     */
    public CatchUpDriver(final Storage storage, final StorageDriver driver)
    {
        this.storage = storage;
        this.driver = driver;
    }

    /**
     * Returns what a read has delivered so far.
     *
     * @param readId of the read; it need not have been opened yet.
     * @return changed by each poll.
     */
    public Delivery read(final long readId)
    {
        return reads.computeIfAbsent(readId, id -> new Delivery());
    }

    /** Polls all ports once. */
    public void poll()
    {
        polls++;
        driver.poll();
        storage.catchUp().poll(this);
    }

    /**
     * Polls until a condition holds.
     *
     * @param what      names the condition in the message of a failure.
     * @param condition tested after each poll.
     */
    public void await(final String what, final BooleanSupplier condition)
    {
        driver.await(what, () ->
        {
            poll();
            return condition.getAsBoolean();
        });
    }

    /**
     * Polls until the end of a read is reported once more.
     *
     * @param readId of the read.
     * @return what it delivered.
     */
    public Delivery awaitEnd(final long readId)
    {
        final int before = read(readId).ends;
        await("end of read " + readId, () -> read(readId).ends > before);
        return read(readId);
    }

    /**
     * Polls until a read has failed.
     *
     * @param readId of the read.
     */
    public void awaitFailure(final long readId)
    {
        await("failure of read " + readId, () -> read(readId).hasFailed);
    }

    @Override
    public boolean onRecord(final long readId, final long zxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final Delivery read = open(readId);
        check(read.refusedInPoll != polls, "a record in the same poll after a refusal");
        check(records.isRecordOf(zxid, buffer, offset, length), "bytes of record " + zxid + " changed");
        check(read.refusedZxid == 0 || read.refusedZxid == zxid, "another record than the one that was refused");

        if (read.refusals > 0)
        {
            read.refusals--;
            read.refusedZxid = zxid;
            read.refusedInPoll = polls;
            return false;
        }

        read.refusedZxid = 0;
        read.zxids.add(zxid);
        read.refusals = read.refuseEvery > 0 && zxid % read.refuseEvery == 0 ? 2 : 0;
        if (zxid == read.closeAt)
        {
            read.isClosed = true;
            storage.catchUp().close(readId);
        }

        return true;
    }

    @Override
    public void onSnapshotBegin(final long readId, final long zxid, final long length)
    {
        final Delivery read = open(readId);
        check(read.snapshotZxid < 0, "two begins of a snapshot");
        read.snapshotZxid = zxid;
        read.snapshotLength = length;
    }

    @Override
    public boolean onSnapshotBytes(final long readId, final DirectBuffer buffer, final int offset, final int length)
    {
        final Delivery read = open(readId);
        check(read.snapshotZxid >= 0, "bytes of a snapshot before its begin");
        check(length > 0 && length <= CatchUp.PIECE_LENGTH_MAX, "length of a piece");
        if (read.refusals > 0)
        {
            read.refusals--;
            return false;
        }

        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        read.bytes.writeBytes(bytes);
        return true;
    }

    @Override
    public void onReadEnd(final long readId)
    {
        open(readId).ends++;
    }

    @Override
    public void onReadFailed(final long readId, final boolean isUnreadable)
    {
        final Delivery read = open(readId);
        read.hasFailed = true;
        read.isUnreadable = isUnreadable;
    }

    private Delivery open(final long readId)
    {
        final Delivery read = read(readId);
        check(!read.isClosed, "something of a read that was closed");
        check(!read.hasFailed, "something of a read that failed");
        return read;
    }

    private static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new AssertionError(message);
        }
    }

    /** What one read has delivered, and how its offers are answered. */
    public static final class Delivery
    {
        /** Zxids of the records that were taken. */
        public final List<Long> zxids = new ArrayList<>();

        /** Bytes of the snapshot file that were taken. */
        public final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** Number of the next offers to refuse. */
        public int refusals;

        /** After each record whose zxid is a multiple of this, two offers are refused. 0 for never. */
        public int refuseEvery;

        /** The read is closed from within the handler when the record of this zxid has been taken. */
        public long closeAt;

        /** How often the end of the read was reported. */
        public int ends;

        /** Whether the read has failed. */
        public boolean hasFailed;

        /** Whether it has failed at something that another read would meet as well. */
        public boolean isUnreadable;

        /** Whether the test has closed the read, so that nothing may follow. */
        public boolean isClosed;

        /** Zxid of the snapshot, -1 before it has begun. */
        public long snapshotZxid = -1;

        /** Announced length of the snapshot file. */
        public long snapshotLength;

        private long refusedZxid;
        private long refusedInPoll = -1;
    }
}
