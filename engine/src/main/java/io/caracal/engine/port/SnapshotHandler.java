/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** What a {@link SnapshotStore} tells the engine. */
public interface SnapshotHandler
{
    /**
     * A load begins, possibly again: forget what an earlier, damaged file delivered.
     *
     * @param zxid of the state that follows; 0 when there is no snapshot at all, in which case {@link #onLoadEnd} comes
     *             next.
     */
    void onLoadBegin(long zxid);

    /**
     * One record, in the order in which it was written.
     *
     * @param buffer holds the record, valid during the call.
     * @param offset of the record.
     * @param length of the record in bytes.
     */
    void onLoadRecord(DirectBuffer buffer, int offset, int length);

    /**
     * The load is complete.
     *
     * @param zxid        of the state.
     * @param recordCount number of records in the snapshot.
     * @param digest      tree digest that the loaded state must have.
     */
    void onLoadEnd(long zxid, long recordCount, long digest);

    /**
     * A snapshot is on disk, and the manifest names it.
     *
     * @param zxid      of its state.
     * @param keepsFrom zxid of the oldest snapshot that is kept: only the journal after it is still needed.
     */
    void onPublished(long zxid, long keepsFrom);

    /**
     * The snapshot under way failed and was removed. The server goes on without it.
     *
     * @param zxid of its state.
     */
    void onFailed(long zxid);

    /**
     * A received snapshot has replaced everything this server had.
     *
     * @param zxid of its state; the log is empty and begins after it.
     */
    void onReceived(long zxid);

    /**
     * The file being received is damaged, or there is no room for it. It was removed, and everything is as it was
     * before.
     *
     * @param zxid of its state.
     */
    void onReceiveFailed(long zxid);
}
