/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.clients;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Bytes on their way from one end of a connection to the other. */
final class ByteQueue
{
    private static final int LENGTH_AT_FIRST = 256;

    private final UnsafeBuffer view = new UnsafeBuffer(new byte[0]);
    private byte[] bytes = new byte[LENGTH_AT_FIRST];
    private int start;
    private int end;

    int size()
    {
        return end - start;
    }

    /** The bytes in the queue, which begin at offset {@link #start()}. Valid until the queue is written to. */
    UnsafeBuffer view()
    {
        view.wrap(bytes);

        return view;
    }

    int start()
    {
        return start;
    }

    void add(final DirectBuffer source, final int offset, final int length)
    {
        makeRoom(length);
        source.getBytes(offset, bytes, end, length);
        end += length;
    }

    void skip(final int length)
    {
        start += length;

        if (start == end)
        {
            clear();
        }
    }

    byte[] takeAll()
    {
        final byte[] taken = Arrays.copyOfRange(bytes, start, end);
        clear();

        return taken;
    }

    void clear()
    {
        start = 0;
        end = 0;
    }

    private void makeRoom(final int length)
    {
        if (end + length > bytes.length)
        {
            final int size = size();
            final byte[] target = size + length > bytes.length ?
                new byte[Math.max(size + length, 2 * bytes.length)] : bytes;
            System.arraycopy(bytes, start, target, 0, size);
            bytes = target;
            start = 0;
            end = size;
        }
    }
}
