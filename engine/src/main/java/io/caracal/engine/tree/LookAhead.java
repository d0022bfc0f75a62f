/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the processor fetch from memory what the next requests will need. In a tree far larger than the processor's
 * caches, a look-up waits three times: for its bucket, for the znode, and for the payload. This class touches the
 * buckets of many paths one after the other, then all znodes, then all payloads, so that the waits overlap. It only
 * affects speed: nothing depends on what is found. In a small tree it would cost more than it saves, so it is skipped
 * there. Owned by the engine's thread.
 */
public final class LookAhead
{
    /** Most paths that are looked at together. */
    public static final int PATHS_MAX = 64;

    /** Number of znodes from which looking ahead is worthwhile; their records alone fill 8 MB. */
    static final int ZNODES_MIN = 1 << 16;

    /**
     * Longest path that is looked at. A longer path would have to be hashed twice, which costs more than a wait for
     * memory.
     */
    private static final int PATH_LENGTH_MAX = 256;

    /** Most bytes of a payload that are touched. Beyond them, the processor fetches ahead by itself. */
    private static final int PAYLOAD_TOUCHED_MAX = 128;

    private final ReadableTree tree;
    private final int[] hashes = new int[PATHS_MAX];
    private final int[] found = new int[PATHS_MAX];
    private int count;
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
            hashes[count++] = tree.index.hash(path, offset, length);
        }
    }

    /**
     * Touches what lies at the paths that were added, and forgets the paths.
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
        count = 0;

        return touched;
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
