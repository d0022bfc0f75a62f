/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import java.io.ByteArrayOutputStream;
import org.agrona.DirectBuffer;

/** A snapshot file that is being received. */
final class IncomingSnapshot
{
    final long zxid;
    boolean isEnded;
    boolean hasFailed;
    boolean isSwitched;
    long endsNs;
    private final long length;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    IncomingSnapshot(final long zxid, final long length)
    {
        this.zxid = zxid;
        this.length = length;
    }

    /** Takes bytes. More bytes than were announced are an error, like too few. */
    void take(final DirectBuffer buffer, final int offset, final int count)
    {
        final byte[] piece = new byte[count];
        buffer.getBytes(offset, piece);
        bytes.writeBytes(piece);
        hasFailed |= bytes.size() > length;
    }

    /** Returns the snapshot, or null when its file is not whole. */
    StoredSnapshot verified()
    {
        final StoredSnapshot snapshot = new StoredSnapshot(zxid, bytes.toByteArray());
        return !hasFailed && snapshot.file.length == length && snapshot.isWhole() ? snapshot : null;
    }
}
