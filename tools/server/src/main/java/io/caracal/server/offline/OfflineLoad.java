/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.txn.codec.MessageHeaderDecoder;
import io.caracal.engine.txn.codec.TxnHeaderDecoder;
import io.caracal.journal.offline.StoredData;
import java.io.IOException;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;

/** Brings a replica to a point of the history in a data directory. */
public final class OfflineLoad implements ReplayHandler
{
    private static final int PROGRESS_MASK = 0xFFFF;

    private final StoredData data;
    private final OfflineReplica replica;
    private final Until until;
    private final LongConsumer progress;
    private final MessageHeaderDecoder messageHeader = new MessageHeaderDecoder();
    private final TxnHeaderDecoder header = new TxnHeaderDecoder();
    private long txnCount;
    private LeftOut leftOut;
    private long lastTimeMs;
    private boolean isContradicted;

    /**
     * A point of the history: the last transaction whose zxid and time are both within the limits.
     *
     * @param zxid   highest zxid, Long.MAX_VALUE for no limit.
     * @param timeMs latest wall-clock time of the leader, Long.MAX_VALUE for no limit.
     */
    public record Until(long zxid, long timeMs)
    {
        /** The end of the history. */
        public static final Until END = new Until(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * The first transaction after the point at which to stop.
     *
     * @param zxid   its zxid.
     * @param timeMs wall-clock time of its leader, in milliseconds since 1970.
     */
    public record LeftOut(long zxid, long timeMs)
    {
    }

    /**
     * A load, of which the snapshot comes first: {@link StoredData#load} and {@link OfflineReplica#loaded}.
     *
     * @param data     where the log is read from.
     * @param replica  the replica to bring forward.
     * @param until    where to stop.
     * @param progress receives the number of transactions applied so far.
     */
    public OfflineLoad(final StoredData data, final OfflineReplica replica, final Until until,
        final LongConsumer progress)
    {
        this.data = data;
        this.replica = replica;
        this.until = until;
        this.progress = progress;
    }

    /**
     * Loads a snapshot and applies the transactions that follow it.
     *
     * @param data     where the snapshot and the log are read from.
     * @param replica  the replica to fill.
     * @param until    where to stop.
     * @param progress receives the number of transactions applied so far.
     * @return number of transactions applied.
     * @throws IOException         when a file cannot be read.
     * @throws CorruptionException when the data is damaged or contradicts itself.
     */
    public static long load(final StoredData data, final OfflineReplica replica, final Until until,
        final LongConsumer progress) throws IOException
    {
        data.load(until.zxid, replica.loader());
        replica.loaded();
        final OfflineLoad load = new OfflineLoad(data, replica, until, progress);
        load.replay();

        return load.txnCount;
    }

    /**
     * Applies the transactions after the last one that the replica has.
     *
     * @throws IOException         when a file cannot be read.
     * @throws CorruptionException when the log is damaged or contradicts itself. The replica then has all that is whole
     *                             before the damage; if {@link #isContradicted}, it is of no use.
     */
    public void replay() throws IOException
    {
        data.log().read(replica.replica().lastAppliedZxid(), this, () -> !isReached());
    }

    /**
     * How many transactions were applied.
     *
     * @return their number, also after a replay that failed.
     */
    public long txnCount()
    {
        return txnCount;
    }

    /**
     * Whether the point at which to stop was reached. If it is the last transaction before the end or before damage,
     * nothing shows that, and the replica's zxid has to be looked at.
     *
     * @return true when a later transaction was found.
     */
    public boolean isReached()
    {
        return leftOut != null;
    }

    /**
     * Returns the transaction that showed that the point was reached.
     *
     * @return null when there was none.
     */
    public LeftOut leftOut()
    {
        return leftOut;
    }

    /**
     * Time of the last transaction that was applied, by the clock of the server that led.
     *
     * @return milliseconds since 1970, 0 when none was applied.
     */
    public long lastTimeMs()
    {
        return lastTimeMs;
    }

    /**
     * Whether a transaction did not fit the tree, or left it with another digest than that of its leader.
     *
     * @return true when the replica holds a state that never existed.
     */
    public boolean isContradicted()
    {
        return isContradicted;
    }

    @Override
    public void onRecord(final long zxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        if (isReached())
        {
            return;
        }

        header.wrapAndApplyHeader(buffer, offset, messageHeader);
        if (zxid > until.zxid || header.timeMs() > until.timeMs)
        {
            leftOut = new LeftOut(zxid, header.timeMs());
            return;
        }

        try
        {
            replica.apply(zxid, buffer, offset, length);
        }
        catch (final BrokenInvariantException ex)
        {
            isContradicted = true;
            throw new CorruptionException(
                data.layout().segments() + ", transaction 0x" + Long.toHexString(zxid) + ": " + ex.getMessage());
        }
        lastTimeMs = header.timeMs();
        txnCount++;
        if ((txnCount & PROGRESS_MASK) == 0)
        {
            progress.accept(txnCount);
        }
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        progress.accept(txnCount);
    }
}
