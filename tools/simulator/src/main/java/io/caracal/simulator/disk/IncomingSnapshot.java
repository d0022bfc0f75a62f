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

    /** Takes bytes; more than were announced are as bad as too few. */
    void take(final DirectBuffer buffer, final int offset, final int count)
    {
        final byte[] piece = new byte[count];
        buffer.getBytes(offset, piece);
        bytes.writeBytes(piece);
        hasFailed |= bytes.size() > length;
    }

    /** The file, or null when it is not whole. */
    StoredSnapshot verified()
    {
        final StoredSnapshot snapshot = new StoredSnapshot(zxid, bytes.toByteArray());
        return !hasFailed && snapshot.file.length == length && snapshot.isWhole() ? snapshot : null;
    }
}
