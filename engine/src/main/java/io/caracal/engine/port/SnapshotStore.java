/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/**
 * The door to snapshot files. The engine walks its state in slices and hands over records; the store writes them to a
 * file on a thread of its own, and publishes the file only when it is whole, forced, and the own log is durable up
 * to its zxid.
 */
public interface SnapshotStore
{
    /**
     * Delivers the newest whole snapshot, in bounded bites: call it again until {@link SnapshotHandler#onLoadEnd}. Once
     * at the start, and once more after each {@link SnapshotHandler#onReceived}. A damaged file is passed over in favor
     * of an older whole one when the journal still holds what lies between; otherwise {@link CorruptionException}.
     *
     * @param handler receives the records.
     * @return number of records delivered by this call.
     */
    int load(SnapshotHandler handler);

    /**
     * Begins a snapshot of the state at a zxid. At most one is under way.
     *
     * @param zxid of the state.
     * @return false when refused: another is under way or there is no room on disk.
     */
    boolean begin(long zxid);

    /**
     * Hands over one record of the snapshot under way. Takes no more than half of the room that there is, so that the
     * other half is left for before-images.
     *
     * @param buffer holds the record; copied before the call returns.
     * @param offset of the record.
     * @param length of the record in bytes.
     * @return false when refused because the writer is behind. The walk may be tried again later from where it stood.
     */
    boolean write(DirectBuffer buffer, int offset, int length);

    /**
     * Hands over one record of the snapshot under way which cannot wait, because what it holds is about to change.
     *
     * @param buffer holds the record; copied before the call returns.
     * @param offset of the record.
     * @param length of the record in bytes.
     * @return false when there is no room at all: then {@link #abort}.
     */
    boolean writeBeforeImage(DirectBuffer buffer, int offset, int length);

    /**
     * Ends the snapshot under way: the state was handed over whole.
     *
     * @param recordCount number of records handed over.
     * @param digest      tree digest at the snapshot's zxid.
     * @return false when refused because the writer is behind; try again later.
     */
    boolean finish(long recordCount, long digest);

    /** Gives up the snapshot under way and removes what was written of it. */
    void abort();

    /**
     * Begins to receive the snapshot file of another server, as it lies on that server's disk. It is to take the place
     * of everything this server has. A snapshot under way must have been aborted before, and none begins meanwhile.
     *
     * @param zxid   of its state, greater than 0.
     * @param length of the file in bytes, greater than 0.
     * @return false when refused: the writer is busy or there is no room on disk.
     */
    boolean beginReceive(long zxid, long length);

    /**
     * Hands over the next bytes of the file being received. {@link SnapshotHandler#onReceiveFailed} may come at any
     * time, for want of room for one; nothing may be handed over after it.
     *
     * @param buffer holds them; copied before the call returns.
     * @param offset of the bytes.
     * @param length in bytes.
     * @return false when refused because the writer is behind: try again later.
     */
    boolean receive(DirectBuffer buffer, int offset, int length);

    /**
     * Ends the file being received. The store verifies it whole, forces it, and makes it and an empty log that begins
     * after it true in one step; {@link SnapshotHandler#onReceived} tells so, and from then on {@link #load} delivers
     * it and the journal appends after its zxid. Until then everything is as it was before; a crash in between leaves
     * either all of the old or all of the new. There is no way back from here: one of {@code onReceived} and
     * {@code onReceiveFailed} follows, and until then the journal refuses appends and truncations. All open reads of
     * {@link CatchUp} fail when the step is taken.
     *
     * @return false when refused because the writer is behind or a truncation is under way; try again later.
     */
    boolean endReceive();

    /**
     * Gives up the file being received and removes what was written of it; nothing more is told of it. Without effect
     * when none is being received, or after {@link #endReceive}.
     */
    void abortReceive();

    /**
     * Reports what happened to snapshots.
     *
     * @param handler receives the reports.
     * @return amount of work done, 0 when there was none.
     */
    int poll(SnapshotHandler handler);
}
