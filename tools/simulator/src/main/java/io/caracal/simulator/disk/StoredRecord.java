/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import java.util.zip.CRC32C;

/** A record of the log, with a checksum. */
final class StoredRecord
{
    final long zxid;
    final long committedZxid;
    final byte[] bytes;
    private final long checksum;

    StoredRecord(final long zxid, final long committedZxid, final byte[] bytes)
    {
        this.zxid = zxid;
        this.committedZxid = committedZxid;
        this.bytes = bytes;
        this.checksum = checksum();
    }

    /** Whether all bytes are as written; false after a bit was flipped. */
    boolean isWhole()
    {
        return checksum() == checksum;
    }

    private long checksum()
    {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
