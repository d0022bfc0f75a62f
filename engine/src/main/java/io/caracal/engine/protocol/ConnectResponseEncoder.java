/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes the answer to the handshake as a whole frame, length prefix included:
 *
 * <pre>
 *   0 frame length   4 protocolVersion   8 timeOut   12 sessionId   20 password length   24 password   40 readOnly
 * </pre>
 *
 * The last byte is there only if the request had one.
 */
public final class ConnectResponseEncoder
{
    /** Length of a session's password. */
    public static final int PASSWORD_LENGTH = 16;

    private static final int PASSWORD_OFFSET = 24;
    private static final int READ_ONLY_OFFSET = PASSWORD_OFFSET + PASSWORD_LENGTH;

    private ConnectResponseEncoder()
    {
    }

    /**
     * Length of the frame.
     *
     * @param hasReadOnly whether the request had its last byte.
     * @return bytes, prefix included.
     */
    public static int length(final boolean hasReadOnly)
    {
        return hasReadOnly ? READ_ONLY_OFFSET + 1 : READ_ONLY_OFFSET;
    }

    /**
     * Writes the frame of an accepted session.
     *
     * @param target         holds the room claimed for the frame.
     * @param offset         of the room.
     * @param hasReadOnly    whether the request had its last byte.
     * @param isReadOnly     whether this server is read-only.
     * @param timeoutMs      agreed time-out.
     * @param sessionId      of the session.
     * @param password       holds the {@link #PASSWORD_LENGTH} bytes of the password.
     * @param passwordOffset of its first byte.
     */
    public static void accept(final MutableDirectBuffer target, final int offset, final boolean hasReadOnly,
        final boolean isReadOnly, final int timeoutMs, final long sessionId, final DirectBuffer password,
        final int passwordOffset)
    {
        head(target, offset, hasReadOnly, isReadOnly, timeoutMs, sessionId);
        target.putBytes(offset + PASSWORD_OFFSET, password, passwordOffset, PASSWORD_LENGTH);
    }

    /**
     * Writes the frame that refuses a session: the client takes the session for expired. The connection is closed after
     * it.
     *
     * @param target      holds the room claimed for the frame.
     * @param offset      of the room.
     * @param hasReadOnly whether the request had its last byte.
     * @param isReadOnly  whether this server is read-only.
     */
    public static void refuse(final MutableDirectBuffer target, final int offset, final boolean hasReadOnly,
        final boolean isReadOnly)
    {
        head(target, offset, hasReadOnly, isReadOnly, 0, 0);
        target.setMemory(offset + PASSWORD_OFFSET, PASSWORD_LENGTH, (byte)0);
    }

    private static void head(final MutableDirectBuffer target, final int offset, final boolean hasReadOnly,
        final boolean isReadOnly, final int timeoutMs, final long sessionId)
    {
        target.putInt(offset, length(hasReadOnly) - ReplyLength.PREFIX, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 4, 0, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 8, timeoutMs, ByteOrder.BIG_ENDIAN);
        target.putLong(offset + 12, sessionId, ByteOrder.BIG_ENDIAN);
        target.putInt(offset + 20, PASSWORD_LENGTH, ByteOrder.BIG_ENDIAN);

        if (hasReadOnly)
        {
            target.putByte(offset + READ_ONLY_OFFSET, isReadOnly ? (byte)1 : (byte)0);
        }
    }
}
