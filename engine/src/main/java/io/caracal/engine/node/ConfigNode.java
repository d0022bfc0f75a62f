/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.tree.ReadableTree;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps what {@code /zookeeper/config} says about the members up to date. A new leader whose configuration differs from
 * the znode proposes its own. The last line gives the zxid of that transaction as the version.
 */
final class ConfigNode
{
    private static final byte[] PATH = "/zookeeper/config".getBytes(StandardCharsets.US_ASCII);
    private static final String VERSION = "version=";

    private final Node node;
    private final Proposer proposer;
    private final UnsafeBuffer path = new UnsafeBuffer(PATH);
    private final byte[] members;
    private boolean isSettled;

    /** Proposes a new text for the znode. */
    interface Proposer
    {
        /** Returns false when the text cannot be proposed now. */
        boolean propose(DirectBuffer path, int pathLength, DirectBuffer text, int textLength);
    }

    ConfigNode(final Node node, final Proposer proposer)
    {
        this.node = node;
        this.proposer = proposer;
        members = node.context().configText();
        isSettled = members.length == 0;
    }

    /** Looks at the znode again, because the tree was replaced. */
    void lookAgain()
    {
        isSettled = members.length == 0;
    }

    /** Proposes the text once, if it differs from the znode's. Its version is the zxid that the proposal gets. */
    int doWork(final long nextZxid)
    {
        if (isSettled)
        {
            return 0;
        }

        final ReadableTree tree = node.replica().tree();
        final long znode = tree.find(path, 0, PATH.length);
        isSettled = znode == ReadableTree.NONE || holdsMembers(tree, znode) || propose(nextZxid);

        return isSettled ? 1 : 0;
    }

    private boolean holdsMembers(final ReadableTree tree, final long znode)
    {
        if (tree.dataLength(znode) < members.length)
        {
            return false;
        }

        final UnsafeBuffer data = new UnsafeBuffer(new byte[tree.dataLength(znode)]);
        tree.copyData(znode, data, 0);
        final String text = new String(data.byteArray(), StandardCharsets.UTF_8);

        return text.startsWith(new String(members, StandardCharsets.UTF_8) + VERSION);
    }

    private boolean propose(final long zxid)
    {
        final String text =
            new String(members, StandardCharsets.UTF_8) + VERSION + Long.toHexString(zxid);
        final UnsafeBuffer buffer = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));

        return proposer.propose(path, PATH.length, buffer, buffer.capacity());
    }
}
