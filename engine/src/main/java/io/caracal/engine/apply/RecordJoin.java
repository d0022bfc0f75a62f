/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.apply;

import io.caracal.engine.port.CorruptionException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Puts the records of a snapshot together, each behind its length, that were cut into pieces anywhere. */
final class RecordJoin
{
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int RECORD_LENGTH_MAX = 1 << 30;

    private final RecordHandler handler;
    /** A record of which the end is still to come, behind its length. */
    private final ExpandableArrayBuffer rest = new ExpandableArrayBuffer();
    private int restLength;

    /** Takes records, each while {@link #add} is called. */
    @FunctionalInterface
    interface RecordHandler
    {
        /** The next record. */
        void onRecord(DirectBuffer buffer, int offset, int length);
    }

    RecordJoin(final RecordHandler handler)
    {
        this.handler = handler;
    }

    /** The next piece, all of it. */
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

    /** Bytes until the length of the record that has begun is known, or then until it is whole. */
    private int missing()
    {
        return restLength < LENGTH_BYTES ? LENGTH_BYTES - restLength : LENGTH_BYTES + length(rest, 0) - restLength;
    }
}
