/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.port.CorruptionException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Reassembles the length-prefixed records of a snapshot from pieces that were cut at arbitrary positions. */
final class RecordJoin
{
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int RECORD_LENGTH_MAX = 1 << 30;

    private final RecordHandler handler;
    /** A record, with its length before it, whose end has not arrived yet. */
    private final ExpandableArrayBuffer rest = new ExpandableArrayBuffer();
    private int restLength;

    /** Receives records during a call of {@link #add}. */
    @FunctionalInterface
    interface RecordHandler
    {
        /** Receives the next record, valid only during the call. */
        void onRecord(DirectBuffer buffer, int offset, int length);
    }

    RecordJoin(final RecordHandler handler)
    {
        this.handler = handler;
    }

    /** Takes in the whole next piece. */
    void add(final DirectBuffer piece)
    {
        final int end = piece.capacity();
        int position = 0;
        while (position < end)
        {
            if (restLength == 0 && end - position >= LENGTH_BYTES && isWhole(piece, position, end))
            {
                final int length = length(piece, position);
                handler.onRecord(piece, position + LENGTH_BYTES, length);
                position += LENGTH_BYTES + length;
            }
            else
            {
                position += addToRest(piece, position, end);
            }
        }
    }

    private static boolean isWhole(final DirectBuffer piece, final int position, final int end)
    {
        return length(piece, position) <= end - position - LENGTH_BYTES;
    }

    private static int length(final DirectBuffer buffer, final int position)
    {
        final int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
        if (length <= 0 || length > RECORD_LENGTH_MAX)
        {
            throw new CorruptionException("a record of an impossible length: " + length);
        }

        return length;
    }

    private int addToRest(final DirectBuffer piece, final int position, final int end)
    {
        final int taken = Math.min(missing(), end - position);
        rest.putBytes(restLength, piece, position, taken);
        restLength += taken;
        if (restLength > LENGTH_BYTES && missing() == 0)
        {
            handler.onRecord(rest, LENGTH_BYTES, restLength - LENGTH_BYTES);
            restLength = 0;
        }

        return taken;
    }

    /**
     * Bytes missing until the length of the incomplete record is known or, after that, until the record is complete.
     */
    private int missing()
    {
        return restLength < LENGTH_BYTES ? LENGTH_BYTES - restLength : LENGTH_BYTES + length(rest, 0) - restLength;
    }
}
