/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import org.agrona.DirectBuffer;

/**
 * What all request records have in common: they are wrapped where they lie and either decode whole or not at all.
 * Ranges are offsets and lengths within {@link #buffer()}, valid as long as the buffer is; bytes after the record are
 * ignored. One instance per opcode is enough for a server; it is used again for every request.
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
     * @param offset of its first byte, after the request header where there is one.
     * @param length bytes up to the end of the frame.
     * @return false when it cannot be decoded: {@link ErrorCode#MARSHALLING_ERROR}. The accessors mean nothing then.
     */
    public final boolean wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        reader.wrap(buffer, offset, length);
        final boolean isSound = decode(reader) && reader.isOk();
        encodedLength = reader.position() - offset;

        return isSound;
    }

    /**
     * Where the ranges of this record lie.
     *
     * @return the buffer given to {@link #wrap}.
     */
    public final DirectBuffer buffer()
    {
        return reader.buffer();
    }

    /**
     * Length of the record without what follows it.
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
     * @return false when a field has a value that makes the record undecodable; failures of the reader count anyway.
     */
    abstract boolean decode(JuteReader record);
}
