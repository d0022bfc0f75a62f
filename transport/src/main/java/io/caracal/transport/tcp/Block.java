/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A piece of direct memory with content between {@code start} and {@code end}. Blocks can be linked into a chain. */
final class Block
{
    final ByteBuffer byteBuffer;
    final UnsafeBuffer buffer;
    final int capacity;
    BufferPurpose purpose;
    Block next;
    int start;
    int end;

    Block(final ByteBuffer byteBuffer)
    {
        this.byteBuffer = byteBuffer;
        buffer = new UnsafeBuffer(byteBuffer);
        capacity = byteBuffer.capacity();
    }

    int size()
    {
        return end - start;
    }

    int room()
    {
        return capacity - end;
    }
}
