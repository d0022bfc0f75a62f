/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link CatchUp} tells the engine. */
public interface CatchUpHandler
{
    /**
     * One record of the log, in zxid order and without gaps.
     *
     * @param readId which read.
     * @param zxid   of the record.
     * @param buffer holds the record, valid during the call.
     * @param offset of the record.
     * @param length of the record in bytes.
     * @return true when taken. False when refused for now: nothing further of this read follows in this poll, and the
     *         next poll offers the same record again.
     */
    boolean onRecord(long readId, long zxid, DirectBuffer buffer, int offset, int length);

    /**
     * The snapshot that is about to be delivered.
     *
     * @param readId which read.
     * @param zxid   of its state.
     * @param length of the file in bytes.
     */
    void onSnapshotBegin(long readId, long zxid, long length);

    /**
     * Next bytes of a snapshot file, as they lie on disk.
     *
     * @param readId which read.
     * @param buffer holds them, valid during the call.
     * @param offset of the bytes.
     * @param length in bytes, at most {@link CatchUp#PIECE_LENGTH_MAX}.
     * @return as for {@link #onRecord}.
     */
    boolean onSnapshotBytes(long readId, DirectBuffer buffer, int offset, int length);

    /**
     * Everything that was asked for has been delivered. A read of the log goes on if it is extended.
     *
     * @param readId which read.
     */
    void onReadEnd(long readId);

    /**
     * The read could not begin or go on, and is now closed. The history is gone or has changed, it is damaged, the disk
     * failed, or the read made no progress for too long.
     *
     * @param readId       which read.
     * @param isUnreadable whether what it was to read is damaged or cannot be read, so that another attempt would fail
     *                     as well. A newer snapshot helps.
     */
    void onReadFailed(long readId, boolean isUnreadable);
}
