/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import org.agrona.DirectBuffer;

/**
 * Base of all request records. They are wrapped in place and either decode whole or not at all. Ranges are offsets and
 * lengths within {@link #buffer()}, valid as long as the buffer is; bytes after the record are ignored. One instance
 * per opcode is enough for a server, and is used again for every request.
 */
public abstract class RequestDecoder
{
    private final JuteReader reader = new JuteReader();
    private int encodedLength;

    /** For the records of this package. */
    RequestDecoder()
    {
    }

    /**
     * Limits the length of one string or buffer.
     *
     * @param lengthMax in bytes; a record with a longer one does not decode.
     */
    public void elementLengthMax(final int lengthMax)
    {
        reader.elementLengthMax(lengthMax);
    }

    /**
     * Decodes a record.
     *
     * @param buffer holds it; stays with its owner.
     * @param offset of its first byte, after the request header if there is one.
     * @param length bytes up to the end of the frame.
     * @return false when it cannot be decoded: {@link ErrorCode#MARSHALLING_ERROR}. The accessors are then meaningless.
     */
    public final boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        reader.wrap(buffer, offset, length);
        final boolean isSound = decode(reader) && reader.isOk();
        encodedLength = reader.position() - offset;

        return isSound;
    }

    /**
     * The buffer that holds the ranges of this record.
     *
     * @return as given to {@link #wrap}.
     */
    public final DirectBuffer buffer()
    {
        return reader.buffer();
    }

    /**
     * Length of the record, without the bytes that follow it.
     *
     * @return bytes.
     */
    public final int encodedLength()
    {
        return encodedLength;
    }

    /**
     * Reads the fields.
     *
     * @param record at the first byte.
     * @return false when the value of a field makes the record undecodable. Failures of the reader count anyway.
     */
    abstract boolean decode(JuteReader record);
}
