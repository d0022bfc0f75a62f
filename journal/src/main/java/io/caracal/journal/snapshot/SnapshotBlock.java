/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The unit of a snapshot file. Its checksum also covers the snapshot's zxid and the block's number, so that a block of
 * another file, or from another position, is never taken for this one.
 *
 * <pre>
 *   0           4             8            12           16
 *   +-----------+-------------+------------+------------+----------------------
 *   | kind i32  | length i32  | CRC32C u32 | 0 i32      | length bytes
 *   +-----------+-------------+------------+------------+----------------------
 *   kind: HEAD (first block), RECORDS, TRAILER (last block). Little-endian.
 *   All RECORDS blocks together: (length i32 | bytes) for each record, across blocks.
 * </pre>
 */
final class SnapshotBlock
{
    static final int HEAD = 1;
    static final int RECORDS = 2;
    static final int TRAILER = 3;
    static final int HEADER_LENGTH = 16;
    static final int CONTENT_LENGTH_MAX = 256 * 1024;
    static final int KIND_OFFSET = 0;
    static final int LENGTH_OFFSET = 4;
    static final int CRC_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;

    private static final int CRC_COVERED_HEADER = 8;

    private final ByteBuffer seed = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final long zxid;

    SnapshotBlock(final long zxid)
    {
        this.zxid = zxid;
    }

    /** Computes the checksum of a block at an offset of a buffer. Moves the buffer's position and limit. */
    int checksum(final long number, final ByteBuffer block, final int offset, final int contentLength)
    {
        crc.reset();
        crc.update(seed.clear().putLong(zxid).putLong(number).flip());
        block.limit(offset + CRC_COVERED_HEADER).position(offset);
        crc.update(block);
        block.limit(offset + HEADER_LENGTH + contentLength).position(offset + HEADER_LENGTH);
        crc.update(block);
        return (int)crc.getValue();
    }
}
