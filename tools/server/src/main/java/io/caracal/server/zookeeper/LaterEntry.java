/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.zip.Adler32;

/**
 * Looks for whole entries behind the place at which a log of ZooKeeper's seems to end. A server that was killed leaves
 * none there. So if there are any, what lies before them is damaged, and they would be lost.
 */
final class LaterEntry
{
    static final long NONE = -1;
    private static final int LENGTH_OFFSET = 8;
    private static final int PAYLOAD_OFFSET = 12;
    private static final int ZXID_OFFSET = PAYLOAD_OFFSET + 12;

    private final ByteBuffer bytes;
    private final long afterZxid;

    private LaterEntry(final ByteBuffer bytes, final long afterZxid)
    {
        this.bytes = bytes;
        this.afterZxid = afterZxid;
    }

    /**
     * Finds the first whole entry of a later transaction.
     *
     * @return its zxid, {@link #NONE} when there is no such entry.
     */
    static long zxid(final Path file, final long offset, final long afterZxid) throws IOException
    {
        try (FileChannel channel = FileChannel.open(file))
        {
            final long length = Math.min(channel.size() - offset, Integer.MAX_VALUE);

            return length <= 0 ? NONE :
                new LaterEntry(channel.map(MapMode.READ_ONLY, offset, length), afterZxid).find();
        }
    }

    private long find()
    {
        final int end = bytes.limit() - PAYLOAD_OFFSET - LogApplier.HEADER_LENGTH;
        for (int at = 0; at < end; at++)
        {
            if (isEntry(at))
            {
                return bytes.getLong(at + ZXID_OFFSET);
            }
        }

        return NONE;
    }

    /** The checksum is compared last, because it costs most. Its upper half is zero. */
    private boolean isEntry(final int at)
    {
        final int length = bytes.getInt(at + LENGTH_OFFSET);
        final int room = bytes.limit() - at - PAYLOAD_OFFSET;

        return bytes.getInt(at) == 0 && length >= LogApplier.HEADER_LENGTH && length < room &&
            bytes.get(at + PAYLOAD_OFFSET + length) == LogReader.END_OF_ENTRY &&
            bytes.getLong(at + ZXID_OFFSET) > afterZxid && bytes.getLong(at) == sum(at + PAYLOAD_OFFSET, length);
    }

    private long sum(final int offset, final int length)
    {
        final Adler32 sum = new Adler32();
        sum.update(bytes.slice(offset, length));

        return sum.getValue();
    }
}
