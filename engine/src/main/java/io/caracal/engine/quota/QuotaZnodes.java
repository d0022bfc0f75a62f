/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.quota;

import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.ReadableTree;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the znodes of quotas in the tree and reads them. A quota is named by the znode that has its limits and usage as
 * children.
 */
final class QuotaZnodes
{
    private static final String ROOT_TEXT = "/zookeeper/quota";
    static final DirectBuffer ROOT = ascii(ROOT_TEXT);
    static final DirectBuffer LIMITS = ascii("zookeeper_limits");
    static final DirectBuffer USAGE = ascii("zookeeper_stats");
    private static final byte SLASH = '/';

    private final DataTree tree;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[QuotaTable.TEXT_LENGTH_MAX]);

    QuotaZnodes(final DataTree tree)
    {
        this.tree = tree;
    }

    private static DirectBuffer ascii(final String value)
    {
        return new UnsafeBuffer(value.getBytes(StandardCharsets.US_ASCII));
    }

    /** The znode above all quotas. It corresponds to the root, which has no quota. */
    long root()
    {
        return tree.find(ROOT, 0, ROOT.capacity());
    }

    private long childOf(final long node, final DirectBuffer name)
    {
        return tree.child(node, name, 0, name.capacity());
    }

    /** Limits of a quota, NONE if it has none. */
    long limitsOf(final long quota)
    {
        return childOf(quota, LIMITS);
    }

    /** Usage of a quota, NONE if nobody created a znode for it. */
    long usageOf(final long quota)
    {
        return childOf(quota, USAGE);
    }

    /** Whether a quota has limits, so that znodes count towards it. */
    boolean isLimited(final long quota)
    {
        return limitsOf(quota) != DataTree.NONE;
    }

    /** Whether a znode is the usage of a quota. */
    boolean isUsage(final long node)
    {
        final long quota = tree.parent(node);

        return quota != root() && usageOf(quota) == node;
    }

    /** Whether a path is below {@link #root}. */
    static boolean isBelowRoot(final DirectBuffer path, final int offset, final int length)
    {
        if (length <= ROOT.capacity())
        {
            return false;
        }

        for (int i = 0; i < ROOT.capacity(); i++)
        {
            if (path.getByte(offset + i) != ROOT_TEXT.charAt(i))
            {
                return false;
            }
        }

        return path.getByte(offset + ROOT.capacity()) == SLASH;
    }

    /** The nearest quota at or above a path, NONE when there is none. */
    long nearest(final DirectBuffer path, final int offset, final int length)
    {
        long quota = root();
        long nearest = DataTree.NONE;

        if (quota == DataTree.NONE || tree.childCount(quota) == 0)
        {
            return nearest;
        }

        int segment = 1;

        while (segment < length && quota != DataTree.NONE)
        {
            final int end = endOfSegment(path, offset, segment, length);
            quota = tree.child(quota, path, offset + segment, end - segment);

            if (quota != DataTree.NONE && isLimited(quota))
            {
                nearest = quota;
            }

            segment = end + 1;
        }

        return nearest;
    }

    private static int endOfSegment(final DirectBuffer buffer, final int offset, final int segment, final int length)
    {
        int end = segment;

        while (end < length && buffer.getByte(offset + end) != SLASH)
        {
            end++;
        }

        return end;
    }

    void read(final long node, final QuotaText target)
    {
        read(tree, node, text, target);
    }

    static void read(final ReadableTree tree, final long node, final MutableDirectBuffer text, final QuotaText target)
    {
        final boolean isReadable = tree.dataLength(node) <= QuotaTable.TEXT_LENGTH_MAX;
        target.parse(text, 0, isReadable ? tree.copyData(node, text, 0) : 0);
    }

    /** Writes a usage, without version, time or zxid. */
    void write(final long usage, final long count, final long bytes)
    {
        tree.replaceData(usage, text, 0, QuotaText.format(count, bytes, text, 0));
    }
}
