/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import io.caracal.engine.zab.codec.HistoryRecordDecoder;
import io.caracal.engine.zab.codec.MessageHeaderDecoder;
import io.caracal.engine.zab.codec.ProposalDecoder;
import io.caracal.engine.zab.codec.RequestDecoder;
import io.caracal.engine.zab.codec.SnapshotPieceDecoder;
import io.caracal.engine.zab.codec.TouchesDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Checks that the variable-length parts that a message announces lie within the message. */
final class PeerMessageBounds
{
    private static final int GROUP_HEADER_LENGTH = TouchesDecoder.SessionsDecoder.sbeHeaderSize();
    private static final int LENGTH_BYTES = RequestDecoder.bodyHeaderLength();

    boolean isWhole(final int templateId, final int blockLength, final DirectBuffer buffer, final int offset,
        final int length)
    {
        final int end = offset + length;
        final int position = offset + MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
        if (position > end)
        {
            return false;
        }

        return switch (templateId)
        {
            case HistoryRecordDecoder.TEMPLATE_ID, SnapshotPieceDecoder.TEMPLATE_ID, ProposalDecoder.TEMPLATE_ID ->
                afterBytes(buffer, position, end) >= 0;
            case RequestDecoder.TEMPLATE_ID -> {
                final int body = afterBytes(buffer, position, end);
                yield body >= 0 && afterBytes(buffer, body, end) >= 0;
            }
            case TouchesDecoder.TEMPLATE_ID -> isGroupWhole(buffer, position, end);
            default -> true;
        };
    }

    /** Position after a variable-length part, -1 when that part reaches beyond the end. */
    private static int afterBytes(final DirectBuffer buffer, final int position, final int end)
    {
        if (end - position < LENGTH_BYTES)
        {
            return -1;
        }

        final int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);

        return length >= 0 && length <= end - position - LENGTH_BYTES ? position + LENGTH_BYTES + length : -1;
    }

    private static boolean isGroupWhole(final DirectBuffer buffer, final int position, final int end)
    {
        if (end - position < GROUP_HEADER_LENGTH)
        {
            return false;
        }

        final int blockLength = buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final int count = buffer.getShort(position + Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;

        return blockLength >= TouchesDecoder.SessionsDecoder.sbeBlockLength() &&
            (long)blockLength * count <= end - position - GROUP_HEADER_LENGTH;
    }
}
