/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.inspect;

import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.tree.ReadableTree;
import io.caracal.server.offline.TreeCursor;
import io.caracal.shell.terminal.Json;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Compares two trees znode by znode: data, ACL and every field of the stat. A subtree that exists on one side only is
 * reported once. With thresholds, a difference counts only when the bytes or the znodes of the subtree differ by that
 * much.
 */
final class TreeComparison
{
    private final ReadableTree left;
    private final ReadableTree right;
    private final long byteThreshold;
    private final long nodeThreshold;
    private final Consumer<Difference> listener;
    private final ExpandableArrayBuffer one = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer other = new ExpandableArrayBuffer();
    private final UnsafeBuffer oneStat = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
    private final UnsafeBuffer otherStat = new UnsafeBuffer(new byte[StatEncoder.LENGTH]);
    private final StatEncoder encoder = new StatEncoder();
    private long count;

    /** A znode or a subtree that differs. */
    record Difference(String path, String what, long leftNodes, long leftBytes, long rightNodes, long rightBytes)
    {
        String text()
        {
            return path + ": " + what + "; znodes " + leftNodes + " and " + rightNodes + ", bytes " + leftBytes +
                " and " + rightBytes;
        }

        String json()
        {
            return new Json().put("path", path).put("what", what).put("leftNodes", leftNodes).put("leftBytes",
                leftBytes).put("rightNodes", rightNodes).put("rightBytes", rightBytes).toString();
        }
    }

    TreeComparison(final ReadableTree left, final ReadableTree right, final long byteThreshold,
        final long nodeThreshold,
        final Consumer<Difference> listener)
    {
        this.left = left;
        this.right = right;
        this.byteThreshold = byteThreshold;
        this.nodeThreshold = nodeThreshold;
        this.listener = listener;
    }

    /** Compares the trees and returns how many differences count. */
    long compare()
    {
        final TreeCursor cursor = new TreeCursor(left);
        cursor.begin(left.root());
        boolean isThere = cursor.next();
        while (isThere)
        {
            final long twin = right.find(cursor.path(), 0, cursor.pathLength());
            if (twin == ReadableTree.NONE)
            {
                tell(cursor.text(), "only on the left", cursor.node(), ReadableTree.NONE);
                isThere = cursor.nextBeside();
            }
            else
            {
                compare(cursor, twin);
                isThere = cursor.next();
            }
        }
        findOnlyRight();

        return count;
    }

    private void compare(final TreeCursor cursor, final long twin)
    {
        final String what = difference(cursor.node(), twin);
        if (what != null)
        {
            tell(cursor.text(), what, cursor.node(), twin);
        }
    }

    private String difference(final long node, final long twin)
    {
        if (left.dataLength(node) != right.dataLength(twin) || !isDataEqual(node, twin))
        {
            return "data differs";
        }
        if (!isAclEqual(node, twin))
        {
            return "ACL differs";
        }

        left.encodeStat(node, encoder.wrap(oneStat, 0));
        right.encodeStat(twin, encoder.wrap(otherStat, 0));

        return oneStat.equals(otherStat) ? null : "stat differs";
    }

    private boolean isDataEqual(final long node, final long twin)
    {
        final int length = left.copyData(node, one, 0);
        right.copyData(twin, other, 0);

        return isEqual(length);
    }

    private boolean isAclEqual(final long node, final long twin)
    {
        final int length = left.acls().copy(left.aclId(node), one, 0);

        return length == right.acls().copy(right.aclId(twin), other, 0) && isEqual(length);
    }

    private boolean isEqual(final int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (one.getByte(i) != other.getByte(i))
            {
                return false;
            }
        }

        return true;
    }

    private void findOnlyRight()
    {
        final TreeCursor cursor = new TreeCursor(right);
        cursor.begin(right.root());
        boolean isThere = cursor.next();
        while (isThere)
        {
            if (left.find(cursor.path(), 0, cursor.pathLength()) == ReadableTree.NONE)
            {
                tell(cursor.text(), "only on the right", ReadableTree.NONE, cursor.node());
                isThere = cursor.nextBeside();
            }
            else
            {
                isThere = cursor.next();
            }
        }
    }

    private void tell(final String path, final String what, final long node, final long twin)
    {
        final Difference difference = new Difference(path, what, nodes(left, node), bytes(left, node), nodes(right,
            twin), bytes(right, twin));
        final long byNodes = Math.abs(difference.leftNodes - difference.rightNodes);
        final long byBytes = Math.abs(difference.leftBytes - difference.rightBytes);
        final boolean isAny = byteThreshold == 0 && nodeThreshold == 0;
        final boolean isHeavy = byteThreshold > 0 && byBytes >= byteThreshold;
        final boolean isLarge = nodeThreshold > 0 && byNodes >= nodeThreshold;
        if (isAny || isHeavy || isLarge)
        {
            count++;
            listener.accept(difference);
        }
    }

    private static long nodes(final ReadableTree tree, final long node)
    {
        return node == ReadableTree.NONE ? 0 : 1 + (long)tree.descendantCount(node);
    }

    private static long bytes(final ReadableTree tree, final long node)
    {
        return node == ReadableTree.NONE ? 0 : tree.descendantBytes(node) + Math.max(0, tree.dataLength(node));
    }
}
