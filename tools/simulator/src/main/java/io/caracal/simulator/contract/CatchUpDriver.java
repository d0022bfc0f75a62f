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

/** A leader's place at the port {@code CatchUp}: writes down what each read delivers, and checks its bytes. */
public final class CatchUpDriver implements CatchUpHandler
{
    private final Storage storage;
    private final StorageDriver driver;
    private final SeededRecords records = new SeededRecords();
    private final Map<Long, Delivery> reads = new TreeMap<>();
    private long polls;

    /**
     * Creates it.
     *
     * @param storage to be read from.
     * @param driver  that appended what is read.
     */
    public CatchUpDriver(final Storage storage, final StorageDriver driver)
    {
        this.storage = storage;
        this.driver = driver;
    }

    /**
     * What a read delivered so far.
     *
     * @param readId which; known from its first mention on.
     * @return changed by each poll.
     */
    public Delivery read(final long readId)
    {
        return reads.computeIfAbsent(readId, id -> new Delivery());
    }

    /** Polls once. */
    public void poll()
    {
        polls++;
        driver.poll();
        storage.catchUp().poll(this);
    }

    /**
     * Polls until a condition is true.
     *
     * @param what      said when it does not come true.
     * @param condition asked after each poll.
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
     * Polls until a read has been told as complete once more.
     *
     * @param readId which.
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
     * @param readId which.
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
    public void onReadFailed(final long readId)
    {
        open(readId).hasFailed = true;
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

    /** What one read delivered, and how its records are answered. */
    public static final class Delivery
    {
        /** Zxids of the records taken. */
        public final List<Long> zxids = new ArrayList<>();

        /** Bytes of the snapshot file taken. */
        public final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        /** How many of the next offers are refused. */
        public int refusals;

        /** Behind each multiple of this zxid, two offers are refused. */
        public int refuseEvery;

        /** The read is closed from within the handler when this record was taken. */
        public long closeAt;

        /** How often its end was told. */
        public int ends;

        /** Whether it failed. */
        public boolean hasFailed;

        /** The test closed it: nothing may follow. */
        public boolean isClosed;

        /** Zxid of the snapshot as its begin told it, -1 before that. */
        public long snapshotZxid = -1;

        /** Length of the snapshot file as its begin told it. */
        public long snapshotLength;

        private long refusedZxid;
        private long refusedInPoll = -1;
    }
}
