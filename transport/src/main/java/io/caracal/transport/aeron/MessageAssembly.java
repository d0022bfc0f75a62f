/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.DirectMemory;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reassembles the pieces of one long message. */
final class MessageAssembly
{
    private static final int LENGTH_LEAST = 16 << 10;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final DirectMemory memory;
    private ByteBuffer bytes;
    private int messageLength;
    private int length;

    MessageAssembly(final DirectMemory memory)
    {
        this.memory = memory;
    }

    /**
     * Begins a message.
     *
     * @return false if there is no memory for it.
     */
    boolean tryBegin(final int lengthOfMessage)
    {
        if (bytes == null || bytes.capacity() < lengthOfMessage)
        {
            release(0);
            bytes = memory.tryAllocate(BufferPurpose.PEER_ASSEMBLED, Math.max(LENGTH_LEAST, lengthOfMessage));

            if (bytes == null)
            {
                return false;
            }

            buffer.wrap(bytes);
        }

        messageLength = lengthOfMessage;
        length = 0;

        return true;
    }

    /**
     * Appends the next piece.
     *
     * @return false if the piece is longer than what is missing.
     */
    boolean tryAppend(final DirectBuffer piece, final int offset, final int pieceLength)
    {
        if (pieceLength > messageLength - length)
        {
            return false;
        }

        buffer.putBytes(length, piece, offset, pieceLength);
        length += pieceLength;

        return true;
    }

    boolean isUnderWay()
    {
        return messageLength > 0;
    }

    boolean isWhole()
    {
        return messageLength > 0 && length == messageLength;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int messageLength()
    {
        return messageLength;
    }

    /** Releases the message after it was taken. */
    void end()
    {
        messageLength = 0;
        length = 0;
        release(OutboundStream.KEPT_LENGTH_MAX);
    }

    void close()
    {
        messageLength = 0;
        length = 0;
        release(0);
    }

    private void release(final int keptLength)
    {
        if (bytes != null && bytes.capacity() > keptLength)
        {
            buffer.wrap(0, 0);
            memory.free(BufferPurpose.PEER_ASSEMBLED, bytes);
            bytes = null;
        }
    }
}
