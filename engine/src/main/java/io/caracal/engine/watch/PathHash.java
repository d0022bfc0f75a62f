/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.watch;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Seeded hash of a path, computed segment by segment, so that one pass over a path also gives the hashes of all its
 * ancestors. Segments begin at each slash. The hash of the root is the hash of the path {@code /}.
 */
final class PathHash
{
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final byte SLASH = '/';

    private final long seed;
    private final long rootHash;
    private long[] hashes = new long[32];
    private int[] lengths = new int[32];
    private int count;
    private long hash;

    PathHash(final long seed)
    {
        this.seed = seed ^ FACTOR;
        rootHash = mix(this.seed ^ SLASH, FACTOR ^ 1);
    }

    /** Hashes a path. Also keeps the hashes of its proper ancestors except the root, from the top down. */
    void scan(final DirectBuffer path, final int offset, final int length)
    {
        count = 0;
        long state = seed;
        int segment = 0;

        while (segment < length)
        {
            if (segment > 0)
            {
                note(state, segment);
            }

            final int end = endOfSegment(path, offset, segment, length);
            state = segment(state, path, offset + segment, end - segment);
            segment = end;
        }

        hash = state;
    }

    private static int endOfSegment(final DirectBuffer path, final int offset, final int segment, final int length)
    {
        int end = segment + 1;

        while (end < length && path.getByte(offset + end) != SLASH)
        {
            end++;
        }

        return end;
    }

    private void note(final long state, final int length)
    {
        if (count == hashes.length)
        {
            hashes = Arrays.copyOf(hashes, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }

        hashes[count] = state;
        lengths[count++] = length;
    }

    private static long segment(final long state, final DirectBuffer path, final int offset, final int length)
    {
        long mixed = state;
        int i = 0;

        for (; i + Long.BYTES <= length; i += Long.BYTES)
        {
            mixed = mix(mixed ^ path.getLong(offset + i), FACTOR);
        }

        long rest = 0;

        for (; i < length; i++)
        {
            rest = rest << Byte.SIZE | (path.getByte(offset + i) & 0xFF);
        }

        return mix(mixed ^ rest, FACTOR ^ length);
    }

    private static long mix(final long left, final long right)
    {
        return left * right ^ Math.multiplyHigh(left, right) ^ left >>> 32;
    }

    /** Hash of the whole path. */
    long hash()
    {
        return hash;
    }

    /** Hash of the root. */
    long rootHash()
    {
        return rootHash;
    }

    /** Number of proper ancestors without the root. */
    int ancestorCount()
    {
        return count;
    }

    /** Hash of an ancestor; index 0 is the one just below the root. */
    long ancestorHash(final int index)
    {
        return hashes[index];
    }

    /** Length of an ancestor's path. */
    int ancestorLength(final int index)
    {
        return lengths[index];
    }
}
