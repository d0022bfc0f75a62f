/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes a watch event as a whole frame, length prefix included:
 *
 * <pre>
 *   0 frame length   4 xid -1   8 zxid   16 err 0   20 type   24 state 3   28 path length   32 path
 * </pre>
 */
public final class WatchEventEncoder
{
    /** Zxid of events that setWatches sends for missed changes. */
    public static final long CATCH_UP_ZXID = -1;

    private static final int SYNC_CONNECTED = 3;
    private static final int PATH_OFFSET = 32;

    private WatchEventEncoder()
    {
    }

    /**
     * Length of the frame.
     *
     * @param pathLength in bytes.
     * @return bytes, prefix included.
     */
    public static int length(final int pathLength)
    {
        return PATH_OFFSET + pathLength;
    }

    /**
     * Writes the frame.
     *
     * @param target     holds the room claimed for the frame.
     * @param offset     of the room.
     * @param zxid       of the transaction that fired, {@link #CATCH_UP_ZXID} when none did.
     * @param eventType  a value of {@link EventType}.
     * @param path       holds the path.
     * @param pathOffset of its first byte.
     * @param pathLength in bytes.
     */
    public static void encode(final MutableDirectBuffer target, final int offset, final long zxid, final int eventType,
        final DirectBuffer path, final int pathOffset, final int pathLength)
    {
        target.putInt(offset, length(pathLength) - ReplyLength.PREFIX, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 4, Xid.WATCH_EVENT, ByteOrder.BIG_ENDIAN);
        target.putLong(offset + 8, zxid, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 16, ErrorCode.OK, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 20, eventType, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 24, SYNC_CONNECTED, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 28, pathLength, ByteOrder.BIG_ENDIAN);
        target.putBytes(offset + PATH_OFFSET, path, pathOffset, pathLength);
    }
}
