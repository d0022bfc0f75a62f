/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import io.caracal.engine.Invariant;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes one reply frame: length prefix, header {@code i32 xid, i64 zxid, i32 err} and a body. The length of the frame
 * comes from {@link ReplyLength} and is claimed in advance; {@link #end()} checks that exactly that much was written.
 */
public final class ReplyEncoder
{
    private final JuteWriter body = new JuteWriter();
    private final StatEncoder stat = new StatEncoder();
    private int end;

    /**
     * Writes prefix and header.
     *
     * @param target      holds the room claimed for the frame.
     * @param offset      of the room.
     * @param frameLength whole length, prefix included.
     * @param xid         of the request.
     * @param zxid        the last one applied here, that of the write itself, or what the protocol demands.
     * @param error       a value of {@link ErrorCode}; unless it is OK, there is usually no body.
     * @return writes the body.
     */
    public JuteWriter begin(final MutableDirectBuffer target, final int offset, final int frameLength, final int xid,
        final long zxid, final int error)
    {
        end = offset + frameLength;
        body.wrap(target, offset);
        body.writeLong((long)(frameLength - ReplyLength.PREFIX) << Integer.SIZE | Integer.toUnsignedLong(xid))
            .writeLong(zxid).writeInt(error);

        return body;
    }

    /**
     * The body under way.
     *
     * @return the writer that {@link #begin} returned.
     */
    public JuteWriter body()
    {
        return body;
    }

    /**
     * Leaves room for a stat in the body.
     *
     * @return an encoder over the room, every field of which must be set; used again by the next call.
     */
    public StatEncoder stat()
    {
        return stat.wrap(body.buffer(), body.reserve(StatEncoder.LENGTH));
    }

    /**
     * Writes the header of one result of a multi.
     *
     * @param type  opcode of the result record, {@link OpCode#ERROR} for an error.
     * @param error code of the part.
     * @return the body.
     */
    public JuteWriter part(final int type, final int error)
    {
        return MultiResults.part(body, type, error);
    }

    /**
     * Writes the whole result, header and record, of a part that failed or was not carried out.
     *
     * @param error code of the part, 0 for those before the one that failed.
     */
    public void errorPart(final int error)
    {
        MultiResults.errorPart(body, error);
    }

    /** Writes the header that ends the results of a multi. */
    public void endOfParts()
    {
        MultiResults.end(body);
    }

    /** Ends the frame. */
    public void end()
    {
        Invariant.check(body.position() == end, "reply of another length than claimed");
    }
}
