/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.port;

import org.agrona.DirectBuffer;

/** Receives the snapshot file of another server, which is to replace everything this server has. */
public interface SnapshotIntake
{
    /**
     * Begins to receive the snapshot file of another server, byte for byte as on that server's disk. It is to replace
     * everything this server has. A snapshot of this server that is under way must have been aborted before, and none
     * begins meanwhile.
     *
     * @param zxid   of its state, greater than 0.
     * @param length of the file in bytes, greater than 0.
     * @return false when refused because the writer is busy or there is no room on disk.
     */
    boolean beginReceive(long zxid, long length);

    /**
     * Hands over the next bytes of the file being received. {@link SnapshotHandler#onReceiveFailed} may come at any
     * time, for example because the disk is full; no more bytes may be handed over after it.
     *
     * @param buffer holds them; copied before the call returns.
     * @param offset of the bytes.
     * @param length in bytes.
     * @return false when refused because the writer is behind: try again later.
     */
    boolean receive(DirectBuffer buffer, int offset, int length);

    /**
     * Ends the file being received. The store verifies the whole file and forces it. Then, in one step, the file and an
     * empty log that begins after it replace everything this server had. {@link SnapshotHandler#onReceived} reports
     * this; from then on {@link SnapshotStore#load} delivers the file, and the journal appends after its zxid. Until
     * then, everything is as it was before; a crash in between leaves either all of the old or all of the new.
     * <p>
     * This call cannot be undone: either {@code onReceived} or {@code onReceiveFailed} follows, and until then the
     * journal refuses appends and truncations. All open reads of {@link CatchUp} fail when the step is taken.
     *
     * @return false when refused because the writer is behind or a truncation is under way; try again later.
     */
    boolean endReceive();

    /**
     * Gives up the file being received and removes what was written of it; nothing more is reported about it. Has no
     * effect when no file is being received, or after {@link #endReceive}.
     */
    void abortReceive();
}
