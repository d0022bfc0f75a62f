/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/** A Stat as its reader sees it: the fields that {@link StatEncoder} wrote, in the order of the wire. */
public record ReadStat(long czxid, long mzxid, long ctimeMs, long mtimeMs, int version, int cversion, int aversion,
    long ephemeralOwner, int dataLength, int numChildren, long pzxid)
{
    /** Reads the {@link StatEncoder#LENGTH} bytes at an offset. Keeps no reference to the buffer. */
    public static ReadStat at(final DirectBuffer buffer, final int offset)
    {
        final byte[] bytes = new byte[StatEncoder.LENGTH];
        buffer.getBytes(offset, bytes);
        final ByteBuffer wire = ByteBuffer.wrap(bytes);

        return new ReadStat(wire.getLong(), wire.getLong(), wire.getLong(), wire.getLong(), wire.getInt(),
            wire.getInt(), wire.getInt(), wire.getLong(), wire.getInt(), wire.getInt(), wire.getLong());
    }
}
