/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import java.util.zip.CRC32C;

/** A record of the log. */
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

    /** False after a bit flipped. */
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
