/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

/**
 * First frame of a connection: {@code i32 protocolVersion, i64 lastZxidSeen, i32 timeOut, i64 sessionId, buf passwd}
 * and, from clients of version 3.4 and later, {@code bool readOnly}. The response has that last byte if the request had
 * it.
 */
public final class ConnectRequestDecoder extends RequestDecoder
{
    private long lastZxidSeen;
    private int timeoutMs;
    private long sessionId;
    private int passwordOffset;
    private int passwordLength;
    private boolean hasReadOnly;
    private boolean isReadOnly;

    @Override
    boolean decode(final JuteReader record)
    {
        record.readInt();
        lastZxidSeen = record.readLong();
        timeoutMs = record.readInt();
        sessionId = record.readLong();
        passwordLength = record.readRange();
        passwordOffset = record.rangeOffset();
        hasReadOnly = record.isOk() && record.remaining() > 0;
        isReadOnly = hasReadOnly && record.readBool();

        return true;
    }

    /**
     * Newest state that the client has seen.
     *
     * @return a zxid as sent.
     */
    public long lastZxidSeen()
    {
        return lastZxidSeen;
    }

    /**
     * Session time-out that the client wants.
     *
     * @return milliseconds as sent, of any sign.
     */
    public int timeoutMs()
    {
        return timeoutMs;
    }

    /**
     * Session to resume.
     *
     * @return 0 for a new one.
     */
    public long sessionId()
    {
        return sessionId;
    }

    /**
     * Where the password begins.
     *
     * @return offset within {@link #buffer()}.
     */
    public int passwordOffset()
    {
        return passwordOffset;
    }

    /**
     * Length of the password.
     *
     * @return bytes, {@link JuteReader#NULL} for null.
     */
    public int passwordLength()
    {
        return passwordLength;
    }

    /**
     * Whether the request has the read-only byte.
     *
     * @return false for old clients, which get a response without it.
     */
    public boolean hasReadOnly()
    {
        return hasReadOnly;
    }

    /**
     * Whether the client accepts a read-only server.
     *
     * @return false also when the byte is absent.
     */
    public boolean isReadOnly()
    {
        return isReadOnly;
    }
}
