/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Builds the file of a {@link StoredSnapshot}. */
final class SnapshotBuilder
{
    final long zxid;
    private final ExpandableArrayBuffer file = new ExpandableArrayBuffer();
    private int length = StoredSnapshot.HEAD_LENGTH;
    private long recordCount;

    SnapshotBuilder(final long zxid)
    {
        this.zxid = zxid;
        file.putLong(0, zxid);
    }

    void add(final DirectBuffer buffer, final int offset, final int recordLength)
    {
        file.putInt(length, recordLength);
        file.putBytes(length + Integer.BYTES, buffer, offset, recordLength);
        length += Integer.BYTES + recordLength;
        recordCount++;
    }

    long recordCount()
    {
        return recordCount;
    }

    StoredSnapshot finished(final long digest)
    {
        file.putInt(length, StoredSnapshot.END_MARK);
        file.putLong(length + Integer.BYTES, recordCount);
        file.putLong(length + Integer.BYTES + Long.BYTES, digest);

        final byte[] bytes = new byte[length + StoredSnapshot.TRAILER_LENGTH];
        final int crcOffset = bytes.length - Integer.BYTES;
        file.getBytes(0, bytes, 0, crcOffset);
        final StoredSnapshot snapshot = new StoredSnapshot(zxid, bytes);
        snapshot.view().putInt(crcOffset, StoredSnapshot.checksum(bytes, crcOffset));
        return snapshot;
    }
}
