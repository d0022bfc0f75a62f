/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The door to history for learners that are behind: records of the log and snapshot files are read by a thread of their
 * own, and a bounded part is handed over at a time. While a read is open, nothing that it still needs is purged; for a
 * snapshot that includes the log after it. So a caller that needs both opens the read of the log before it closes that
 * of the snapshot. A read that makes no progress for a bounded time fails, whatever the reason, and what it kept may be
 * purged.
 * <p>
 * {@link #openLog}, {@link #extend}, {@link #openSnapshot} and {@link #close} may be called from within the handler.
 */
public interface CatchUp
{
    /** Stands for no snapshot. */
    long NONE = -1;

    /** Bytes of a snapshot file that are handed over at once, at most. */
    int PIECE_LENGTH_MAX = 64 * 1024;

    /** Reads that can be open at the same time: one for each server that could be a learner. */
    int READS_MAX = 254;

    /**
     * Where the log begins: a read can begin after this zxid or any later one.
     *
     * @return zxid before the first record that is kept.
     */
    long firstZxid();

    /**
     * Newest published snapshot.
     *
     * @return zxid of its state, {@link #NONE} when there is none.
     */
    long snapshotZxid();

    /**
     * Opens a read of the log.
     *
     * @param readId    chosen by the caller, not in use.
     * @param afterZxid the record after this one is the first; at least {@link #firstZxid()}. When the log was purged
     *                  beyond it meanwhile, the read fails.
     * @param upToZxid  last record to deliver; at least {@code afterZxid}, appended already, durable or not.
     * @return false when refused because too many are open.
     */
    boolean openLog(long readId, long afterZxid, long upToZxid);

    /**
     * Lets a read of the log go further, whether it came to its end already or not.
     *
     * @param readId   an open read of the log.
     * @param upToZxid new last record, not before the present one, appended already.
     */
    void extend(long readId, long upToZxid);

    /**
     * Opens a read of the newest published snapshot; {@link CatchUpHandler#onSnapshotBegin} says which that was.
     *
     * @param readId chosen by the caller, not in use.
     * @return false when refused because too many are open or there is no snapshot.
     */
    boolean openSnapshot(long readId);

    /**
     * Delivers what was read, a bounded part of each open read.
     *
     * @param handler receives it.
     * @return amount of work done, 0 when there was none.
     */
    int poll(CatchUpHandler handler);

    /**
     * Ends a read; nothing of it follows, and its id may be used again. Unknown ones are ignored.
     *
     * @param readId which read.
     */
    void close(long readId);
}
