/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

/**
 * The door to history for learners that are behind. A separate thread reads log records and snapshot files; each poll
 * hands over a bounded part of them. Nothing that an open read still needs is purged; for a snapshot this includes the
 * log after it. So a caller that needs both opens the read of the log before it closes the read of the snapshot. A read
 * that makes no progress for a bounded time fails, whatever the reason, and what was kept for it may be purged.
 * <p>
 * {@link #openLog}, {@link #extend}, {@link #openSnapshot} and {@link #close} may be called from within the handler.
 */
public interface CatchUp
{
    /** Answer of {@link #snapshotZxid} when there is no snapshot. */
    long NONE = -1;

    /** Most bytes of a snapshot file that are handed over at once. */
    int PIECE_LENGTH_MAX = 64 * 1024;

    /** Most reads that can be open at the same time: one for each server that could be a learner. */
    int READS_MAX = 254;

    /**
     * Tells where the log begins: a read can begin after this zxid or any later one. A part of the log that a read
     * found damaged does not count, nor does what comes before it, once the newest snapshot holds all of that.
     *
     * @return zxid before the first record that is kept; never after the newest snapshot.
     */
    long firstZxid();

    /**
     * Zxid of the newest published snapshot.
     *
     * @return zxid of its state, or {@link #NONE} when there is no snapshot.
     */
    long snapshotZxid();

    /**
     * Opens a read of the log.
     *
     * @param readId    chosen by the caller, not in use.
     * @param afterZxid the read begins with the record after this one; at least {@link #firstZxid()}. The read fails if
     *                  the log has been purged beyond it meanwhile.
     * @param upToZxid  last record to deliver; at least {@code afterZxid} and already appended, durable or not.
     * @return false when refused because too many reads are open.
     */
    boolean openLog(long readId, long afterZxid, long upToZxid);

    /**
     * Moves the end of a log read further, whether or not the read has already reached its end.
     *
     * @param readId   an open read of the log.
     * @param upToZxid new last record: not before the present one, and already appended.
     */
    void extend(long readId, long upToZxid);

    /**
     * Opens a read of the newest published snapshot; {@link CatchUpHandler#onSnapshotBegin} says which one that was.
     *
     * @param readId chosen by the caller, not in use.
     * @return false when refused because too many reads are open or there is no snapshot.
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
     * Ends a read. Nothing more is delivered for it, and its id may be used again. An unknown id is ignored.
     *
     * @param readId which read.
     */
    void close(long readId);
}
