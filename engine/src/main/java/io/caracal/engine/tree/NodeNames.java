/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Names of znodes: inside the record up to {@link NodeStore#NAME_INLINE_MAX} bytes, otherwise in a block of their own.
 */
final class NodeNames
{
    private static final int IN_BLOCK = 0xFF;
    private static final int BYTES = NodeStore.NAME + 1;
    private static final int BLOCK_LENGTH = NodeStore.NAME + 4;
    private static final int BLOCK_SLOT = NodeStore.NAME + 8;

    private final NodeStore nodes;
    private final PayloadStore blocks;

    NodeNames(final NodeStore nodes, final PayloadStore blocks)
    {
        this.nodes = nodes;
        this.blocks = blocks;
    }

    void store(final int node, final DirectBuffer name, final int offset, final int length)
    {
        final UnsafeBuffer record = nodes.buffer(node);
        final int at = nodes.offset(node);
        if (length <= NodeStore.NAME_INLINE_MAX)
        {
            record.putByte(at + NodeStore.NAME, (byte)length);
            record.putBytes(at + BYTES, name, offset, length);
        }
        else
        {
            record.putByte(at + NodeStore.NAME, (byte)IN_BLOCK);
            record.putInt(at + BLOCK_LENGTH, length);
            record.putInt(at + BLOCK_SLOT, blocks.store(name, offset, length));
        }
    }

    void release(final int node)
    {
        if (isInBlock(node))
        {
            blocks.release(blockSlot(node), length(node));
        }
    }

    private boolean isInBlock(final int node)
    {
        return nodes.buffer(node).getByte(nodes.offset(node) + NodeStore.NAME) == (byte)IN_BLOCK;
    }

    private int blockSlot(final int node)
    {
        return nodes.buffer(node).getInt(nodes.offset(node) + BLOCK_SLOT);
    }

    int length(final int node)
    {
        final UnsafeBuffer record = nodes.buffer(node);
        final int at = nodes.offset(node);
        final int inline = record.getByte(at + NodeStore.NAME) & 0xFF;

        return inline == IN_BLOCK ? record.getInt(at + BLOCK_LENGTH) : inline;
    }

    /** Memory that holds the name. */
    private UnsafeBuffer buffer(final int node, final int length)
    {
        return length <= NodeStore.NAME_INLINE_MAX ? nodes.buffer(node) : blocks.buffer(blockSlot(node), length);
    }

    private int offset(final int node, final int length)
    {
        return length <= NodeStore.NAME_INLINE_MAX ? nodes.offset(node) + BYTES : blocks.offset(blockSlot(node),
            length);
    }

    void copy(final int node, final int length, final MutableDirectBuffer target, final int index)
    {
        if (length > 0)
        {
            buffer(node, length).getBytes(offset(node, length), target, index, length);
        }
    }

    boolean equal(final int node, final int length, final DirectBuffer name, final int offset)
    {
        return Words.equal(buffer(node, length), offset(node, length), name, offset, length);
    }

    boolean beginsWith(final int node, final DirectBuffer begin, final int offset, final int beginLength)
    {
        final int length = length(node);

        return beginLength <= length && Words.equal(buffer(node, length), offset(node, length), begin, offset,
            beginLength);
    }

    /**
     * Finds the slash before a znode's name in a path that ends, at the limit, with this slash and name; -1 when it
     * ends otherwise. In the first word of an inline name, a slash takes the place of the length byte. Bytes after the
     * name are zero. So record and path can be compared word by word.
     */
    int slashBefore(final int node, final DirectBuffer path, final int offset, final int limit)
    {
        final UnsafeBuffer record = nodes.buffer(node);
        final int at = nodes.offset(node) + NodeStore.NAME;
        final long head = record.getLong(at, ByteOrder.LITTLE_ENDIAN);
        final int length = (int)head & 0xFF;
        if (length == IN_BLOCK)
        {
            return slashBeforeLong(node, path, offset, limit);
        }

        final int slash = limit - length - 1;
        final boolean isEqual = slash >= offset && (head ^ length ^ '/') == Words.word(path, offset, slash, length +
            1) &&
            (length < Long.BYTES || record.getLong(at + Long.BYTES, ByteOrder.LITTLE_ENDIAN) == Words.word(path, offset,
                slash + Long.BYTES, length + 1 - Long.BYTES));

        return isEqual ? slash : -1;
    }

    private int slashBeforeLong(final int node, final DirectBuffer path, final int offset, final int limit)
    {
        final int length = length(node);
        final int slash = limit - length - 1;

        return slash >= offset && path.getByte(slash) == '/' && equal(node, length, path, slash + 1) ? slash : -1;
    }

    /** Hash of a znode, given that of its parent. */
    int hash(final int node, final int parentHash, final SeededHash hashes)
    {
        final int length = length(node);

        return hashes.child(parentHash, buffer(node, length), offset(node, length), length);
    }

    /** Length of the path in bytes; 0 for the root. */
    int pathLength(final int node)
    {
        int length = 0;
        for (int i = node; nodes.parent(i) != NodeStore.NONE; i = nodes.parent(i))
        {
            length += 1 + length(i);
        }

        return length;
    }

    /** Writes the path so that it ends just before the given index. */
    void copyPath(final int node, final MutableDirectBuffer target, final int limit)
    {
        int position = limit;
        for (int i = node; nodes.parent(i) != NodeStore.NONE; i = nodes.parent(i))
        {
            final int length = length(i);
            position -= length;
            copy(i, length, target, position);
            target.putByte(--position, (byte)'/');
        }
    }

    /** Length of the path in UTF-16 units; 0 for the root. */
    int pathUtf16Length(final int node)
    {
        int units = 0;
        for (int i = node; nodes.parent(i) != NodeStore.NONE; i = nodes.parent(i))
        {
            units += 1 + utf16Length(i);
        }

        return units;
    }

    /** Length of the name in UTF-16 units. */
    int utf16Length(final int node)
    {
        final int length = length(node);

        return Words.utf16Length(buffer(node, length), offset(node, length), length);
    }
}
