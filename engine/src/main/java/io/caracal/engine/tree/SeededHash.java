/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import org.agrona.DirectBuffer;

/**
 * Hashes of znodes. The hash of a znode follows from the hash of its parent and its own name. So one pass over a path
 * computes its hash, and finding a znode takes one look into the index, whatever its depth.
 */
final class SeededHash
{
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final long PARENT_MULTIPLIER = 0xD1B5_4A32_D192_ED03L;
    private static final long LENGTH_MULTIPLIER = 0x8CB9_2BA7_2F3D_8DD7L;

    private final long seed;
    private final int root;

    SeededHash(final long seed)
    {
        this.seed = seed;
        root = end(begin(0), 0);
    }

    int root()
    {
        return root;
    }

    /** Hash of a child from its name; also used for other bytes, with a number in place of the parent's hash. */
    int child(final int parentHash, final DirectBuffer name, final int offset, final int length)
    {
        long state = begin(parentHash);
        for (int i = 0; i < length; i += Long.BYTES)
        {
            state = mix(state ^ Words.word(name, offset, offset + i, length - i));
        }

        return end(state, length);
    }

    /** Hash of the znode at a path that begins with a slash and is longer than that. */
    int path(final DirectBuffer path, final int offset, final int length)
    {
        final int limit = offset + length;
        int hash = root;
        int start = offset + 1;
        int position = start;
        long state = begin(hash);
        while (true)
        {
            final int remaining = Math.min(limit - position, Long.BYTES);
            final long word = Words.word(path, offset, position, remaining);
            final int slash = Words.firstSlash(word);
            if (slash < remaining)
            {
                state = slash == 0 ? state : mix(state ^ Words.first(word, slash));
                hash = end(state, position + slash - start);
                start = position + slash + 1;
                position = start;
                state = begin(hash);
            }
            else if (remaining == Long.BYTES)
            {
                state = mix(state ^ word);
                position += Long.BYTES;
            }
            else
            {
                state = remaining == 0 ? state : mix(state ^ word);

                return end(state, limit - start);
            }
        }
    }

    private long begin(final int parentHash)
    {
        return seed ^ parentHash * PARENT_MULTIPLIER;
    }

    private static long mix(final long state)
    {
        return state * MULTIPLIER ^ Math.multiplyHigh(state, MULTIPLIER);
    }

    private static int end(final long state, final int length)
    {
        final long mixed = mix(state ^ (length + 1) * LENGTH_MULTIPLIER);

        return (int)(mixed ^ mixed >>> 32);
    }
}
