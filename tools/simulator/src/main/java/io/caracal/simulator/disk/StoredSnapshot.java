/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.disk;

import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A snapshot file on the simulated disk.
 *
 * <pre>
 *   zxid i64 | (length i32 | bytes) ... | -1 i32 | record count i64 | digest i64 | CRC32C i32
 * </pre>
 */
final class StoredSnapshot
{
    static final int HEAD_LENGTH = Long.BYTES;
    static final int END_MARK = -1;
    static final int TRAILER_LENGTH = Integer.BYTES + Long.BYTES + Long.BYTES + Integer.BYTES;

    final long zxid;
    final byte[] file;
    private final UnsafeBuffer view;

    StoredSnapshot(final long zxid, final byte[] file)
    {
        this.zxid = zxid;
        this.file = file;
        this.view = new UnsafeBuffer(file);
    }

    /** Whether the file is complete and every byte is as written. */
    boolean isWhole()
    {
        return file.length >= HEAD_LENGTH + TRAILER_LENGTH && view.getLong(0) == zxid &&
            view.getInt(file.length - Integer.BYTES) == checksum(file, file.length - Integer.BYTES);
    }

    /** Length of the record at a position, {@link #END_MARK} after the last record. */
    int lengthAt(final int position)
    {
        return view.getInt(position);
    }

    /** The file's bytes. */
    UnsafeBuffer view()
    {
        return view;
    }

    long recordCount()
    {
        return view.getLong(file.length - TRAILER_LENGTH + Integer.BYTES);
    }

    long digest()
    {
        return view.getLong(file.length - TRAILER_LENGTH + Integer.BYTES + Long.BYTES);
    }

    static int checksum(final byte[] bytes, final int length)
    {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int)crc.getValue();
    }
}
