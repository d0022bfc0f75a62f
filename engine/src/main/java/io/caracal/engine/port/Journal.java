/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * The door to the transaction log. Append is asynchronous: the record is copied out of the caller's buffer, and
 * {@link DurabilityHandler#onDurable} says later, cumulatively, up to where the log would survive a power cut.
 * <p>
 * Start-up: {@link #replay} until it reports its end, then appends.
 */
public interface Journal
{
    /**
     * Delivers the history that survived, in zxid order and without holes, a bounded part at a time: call it again
     * until {@link ReplayHandler#onReplayEnd}. Everything delivered was forced before it is delivered as the end.
     * Damage that may have touched a durable record is thrown as a {@link CorruptionException}, which names file,
     * offset and remedy.
     *
     * @param afterZxid records up to and including this zxid are skipped: the zxid of the snapshot that was loaded. A
     *                  log that begins later than the record after it is a hole, hence corruption.
     * @param handler   receives the records.
     * @return number of records delivered by this call.
     */
    int replay(long afterZxid, ReplayHandler handler);

    /**
     * Appends one record. The caller has to poll soon, because what is appended between two polls may wait for the
     * second.
     *
     * @param zxid          greater than that of every record before.
     * @param committedZxid last zxid known to be committed; written along with the record.
     * @param buffer        holds the record; copied before the call returns.
     * @param offset        of the record.
     * @param length        of the record in bytes, 1 to {@link #recordLengthMax()}.
     * @return false when refused: the ring is full or no space can be reserved on disk. The caller tries again later.
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
     * Forgets every record after a zxid, as a learner must that has records its leader never had. Asynchronous:
     * {@link DurabilityHandler#onTruncated} tells the end; until then appends are refused and nothing is reported as
     * durable. After a crash before that, either everything is as it was before, or the log ends at the zxid. The next
     * record may have any later zxid. A truncation needs no room on disk. Open reads of the log fail.
     *
     * @param zxid last record that stays, or the zxid at which the log begins; not below the newest published snapshot.
     *             With the last zxid of the log nothing is forgotten, and everything becomes durable. One that the log
     *             does not hold is a broken invariant: the journal stops, because it could only guess.
     * @return false when refused because too much is under way, for example another truncation: try again later.
     */
    boolean truncate(long zxid);

    /**
     * Lets the journal forget history: records up to this zxid are no longer needed by anyone, because a published
     * snapshot contains them. The journal removes whole segments when its retention rule allows, on its own thread.
     *
     * @param zxid last record that may be forgotten.
     */
    void release(long zxid);
}
