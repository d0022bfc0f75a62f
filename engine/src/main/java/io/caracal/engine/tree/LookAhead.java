/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the processor fetch from memory what the next requests will need. In a tree far larger than the processor's
 * caches, a look-up waits three times: for its bucket, for the znode, and for the payload. This class touches the
 * buckets of many paths one after the other, then all znodes, then all payloads, so that the waits overlap. What it
 * found is a guess for the look-up that follows, which need not hash the path again. It only affects speed: a guess is
 * verified, so nothing depends on it. In a small tree it would cost more than it saves, so it is skipped there. Owned
 * by the engine's thread.
 */
public final class LookAhead
{
    /** Most paths that are looked at together. */
    public static final int PATHS_MAX = 64;

    /** Number of znodes from which looking ahead is worthwhile; their records alone fill 8 MB. */
    static final int ZNODES_MIN = 1 << 16;

    /**
     * Longest path that is looked at. The path of a write or a transaction is hashed once more, and for a longer one
     * that costs more than a wait for memory.
     */
    private static final int PATH_LENGTH_MAX = 256;

    /** Most bytes of a payload that are touched. Beyond them, the processor fetches ahead by itself. */
    private static final int PAYLOAD_TOUCHED_MAX = 128;

    private final ReadableTree tree;
    /** Addresses of the paths that were added, which ascend in a buffer of requests. */
    private final long[] places = new long[PATHS_MAX];
    private final int[] hashes = new int[PATHS_MAX];
    private final int[] found = new int[PATHS_MAX];
    private int count;
    /** Number of paths that were touched last and for which there is a guess. */
    private int known;
    /** The first of them that may still be asked for. */
    private int next;
    private long touched;

    LookAhead(final ReadableTree tree)
    {
        this.tree = tree;
    }

    /**
     * Whether the tree is large enough for looking ahead to be worthwhile.
     *
     * @return true for a large tree.
     */
    public boolean isWorthwhile()
    {
        return tree.nodes.slab().count() >= ZNODES_MIN;
    }

    /**
     * Adds a path.
     *
     * @param path   holds it, unchecked.
     * @param offset of the path.
     * @param length of the path in bytes; a path that is too long or too short is skipped.
     */
    public void add(final DirectBuffer path, final int offset, final int length)
    {
        if (length > 1 && length <= PATH_LENGTH_MAX && count < PATHS_MAX)
        {
            known = 0;
            places[count] = path.addressOffset() + offset;
            hashes[count++] = tree.index.hash(path, offset, length);
        }
    }

    /**
     * Touches what lies at the paths that were added. From now on there are guesses for these paths and no others.
     *
     * @return a meaningless sum of what was touched.
     */
    public long touch()
    {
        for (int i = 0; i < count; i++)
        {
            found[i] = tree.index.buckets().head(hashes[i]);
        }
        for (int i = 0; i < count; i++)
        {
            touchRecord(i);
        }
        for (int i = 0; i < count; i++)
        {
            touchPayload(found[i]);
        }
        known = count;
        next = 0;
        count = 0;

        return touched;
    }

    /**
     * Guesses which znode is at a path that was touched last. Paths have to be asked for in the order in which they lie
     * in memory; one that comes out of order gets no guess.
     *
     * @param path   holds the path, in the same place as when it was added.
     * @param offset of the path.
     * @return the znode that was found, for {@link ReadableTree#find(long, DirectBuffer, int, int)};
     *         {@link ReadableTree#NONE} for no guess.
     */
    public long guess(final DirectBuffer path, final int offset)
    {
        final long place = path.addressOffset() + offset;
        while (next < known && places[next] < place)
        {
            next++;
        }

        return next < known && places[next] == place ? found[next] : ReadableTree.NONE;
    }

    private void touchRecord(final int i)
    {
        final int node = found[i];
        if (node != NodeStore.NONE)
        {
            touched += tree.stats.czxid(node);
            found[i] = tree.nodes.hash(node) == hashes[i] ? node : tree.nodes.chainNext(node);
        }
    }

    /**
     * A payload of a hundred bytes covers up to three cache lines. Touching the first and the last is enough: the
     * processor fetches the one in between by itself.
     */
    private void touchPayload(final int node)
    {
        final int length = node == NodeStore.NONE ? 0 : tree.nodes.payloadLength(node);
        if (length > 0)
        {
            final int slot = tree.nodes.payload(node);
            final int offset = tree.payloads.offset(slot, length);
            final UnsafeBuffer block = tree.payloads.buffer(slot, length);
            touched += block.getByte(offset) + block.getByte(offset + Math.min(length, PAYLOAD_TOUCHED_MAX) - 1);
        }
    }
}
