/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * The door to the transaction log. Appending is asynchronous: the record is copied out of the caller's buffer, and
 * {@link DurabilityHandler#onDurable} later reports, cumulatively, how much of the log would survive a power failure.
 * <p>
 * At start-up, {@link #replay} is called until it reports its end; appends follow.
 */
public interface Journal
{
    /**
     * Delivers the history that survived, in zxid order and without gaps, a bounded part at a time. Call it again until
     * {@link ReplayHandler#onReplayEnd}. Everything delivered has been forced before the end is reported. Damage that
     * may have touched a durable record is thrown as a {@link CorruptionException}, which names file, offset and
     * remedy.
     *
     * @param afterZxid zxid of the snapshot that was loaded: records up to and including it are skipped. If the log
     *                  begins later than the next record, the gap is corruption.
     * @param handler   receives the records.
     * @return number of records delivered by this call.
     */
    int replay(long afterZxid, ReplayHandler handler);

    /**
     * Appends one record. The caller has to poll soon: what is appended between two polls may not be written before the
     * second one.
     *
     * @param zxid          greater than that of every record before.
     * @param committedZxid last zxid known to be committed; written along with the record.
     * @param buffer        holds the record; copied before the call returns.
     * @param offset        of the record.
     * @param length        of the record in bytes, 1 to {@link #recordLengthMax()}.
     * @return false when refused because the ring is full or no space can be reserved on disk. The caller tries again
     *         later.
     */
    boolean append(long zxid, long committedZxid, DirectBuffer buffer, int offset, int length);

    /**
     * The largest record that {@link #append} takes.
     *
     * @return bytes.
     */
    int recordLengthMax();

    /**
     * Reports what became durable, and whether there is room for more.
     *
     * @param handler receives the reports.
     * @return amount of work done, 0 when there was none.
     */
    int poll(DurabilityHandler handler);

    /**
     * Forgets every record after a zxid. A learner needs this when it has records that its leader never had.
     * <p>
     * Asynchronous: {@link DurabilityHandler#onTruncated} reports the end. Until then, appends are refused and nothing
     * is reported as durable. After a crash before the end, either everything is as it was, or the log ends at the
     * zxid. The next record may have any later zxid. A truncation needs no room on disk. Open reads of the log fail.
     *
     * @param zxid last record that stays, or the zxid at which the log begins; not below the newest published snapshot.
     *             If it is the last zxid of the log, nothing is forgotten and everything becomes durable. A zxid that
     *             the log does not hold is a broken invariant: the journal stops, because it could only guess.
     * @return false when refused because too much is under way, for example another truncation: try again later.
     */
    boolean truncate(long zxid);

    /**
     * Tells the journal that nobody needs the records up to a zxid any more, because a published snapshot contains
     * them. The journal removes whole segments on its own thread, when its retention rule allows.
     *
     * @param zxid last record that may be forgotten.
     */
    void release(long zxid);
}
