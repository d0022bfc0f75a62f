/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.port.CorruptionException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fills an empty tree from the images of its znodes, which come in any order. The calls are {@link #begin}; then for
 * each znode {@link #place}, its contents and last its {@link #data}; then {@link #end}. A znode keeps the number it
 * had, so children find their parents whatever comes first. A znode whose parent is linked is linked and indexed at
 * once, while its record and its payload are in the caches; the others wait for the end.
 */
public final class TreeLoad
{
    private static final UnsafeBuffer RESERVED_NAME = new UnsafeBuffer("zookeeper".getBytes(StandardCharsets.US_ASCII));

    private static final int BATCH = 64;

    private final DataTree tree;
    private final NodeStore nodes;
    private final IntArrayList unsorted = new IntArrayList();
    private final int[] settled = new int[BATCH];
    private int settledCount;
    private long waitingCount;
    private long nodeLimit;
    private int reserved;

    /** The current parent and its hash. Children of one parent mostly come one after the other and share them. */
    private int parent;
    private int parentHash;
    private int parentPathUnits;
    private int childFlags;
    private int newChildren;
    private long newBytes;

    TreeLoad(final DataTree tree)
    {
        this.tree = tree;
        nodes = tree.nodes;
    }

    /**
     * Announces the znodes to come, so that memory is allocated once.
     *
     * @param nodeCount how many znodes, 1 or more.
     * @param limit     all their numbers are below this one.
     */
    public void begin(final long nodeCount, final long limit)
    {
        check(nodeCount > 0 && nodeCount < limit && limit <= Integer.MAX_VALUE, "impossible counts");
        nodeLimit = limit;
        tree.index.buckets().reserve(nodeCount);
    }

    /**
     * Puts a znode in its place.
     *
     * @param id     its number.
     * @param parent number of its parent; {@link DataTree#NONE} for the root.
     * @param name   holds its name; copied.
     * @param offset of the name.
     * @param length of the name in bytes.
     */
    public void place(final long id, final long parent, final DirectBuffer name, final int offset, final int length)
    {
        check(id > DataTree.NONE && id < nodeLimit && parent >= DataTree.NONE && parent < nodeLimit,
            "a znode out of range");
        check(parent == DataTree.NONE == (length == 0), "a znode without a name");
        final int node = (int)id;
        check(nodes.slab().place(node), "a znode comes twice");
        nodes.mark(node, NodeStore.LIVE);
        nodes.parent(node, (int)parent);
        tree.names.store(node, name, offset, length);
        if (parent == DataTree.NONE)
        {
            check(tree.index.root() == NodeStore.NONE, "a second root");
            tree.index.root(node);
        }
    }

    /**
     * Sets the zxids and times of a znode.
     *
     * @param id      its number.
     * @param czxid   as in {@link NodeStats#czxid}.
     * @param mzxid   as in {@link NodeStats#mzxid}.
     * @param pzxid   as in {@link NodeStats#pzxid}.
     * @param ctimeMs as in {@link NodeStats#ctimeMs}.
     * @param mtimeMs as in {@link NodeStats#mtimeMs}.
     */
    public void stamps(final long id, final long czxid, final long mzxid, final long pzxid, final long ctimeMs,
        final long mtimeMs)
    {
        tree.stats.stamps((int)id, czxid, mzxid, pzxid, ctimeMs, mtimeMs);
    }

    /**
     * Sets the versions of a znode.
     *
     * @param id       its number.
     * @param version  as in {@link NodeStats#version}.
     * @param cversion as in {@link NodeStats#cversion}.
     * @param aversion as in {@link NodeStats#aversion}.
     */
    public void versions(final long id, final int version, final int cversion, final int aversion)
    {
        tree.stats.versions((int)id, version, cversion, aversion);
    }

    /**
     * Sets the owner of a znode and its place within its transaction. Call it after {@link #stamps}.
     *
     * @param id    its number.
     * @param owner as stored.
     * @param order as in {@link DataTree#order}.
     */
    public void owner(final long id, final long owner, final int order)
    {
        check(order >= 0 && order <= NodeStore.ORDER_MAX, "an impossible order");
        final int node = (int)id;
        nodes.order(node, order);
        if (owner != EphemeralOwner.NONE)
        {
            tree.owned.add(node, owner);
        }

        tree.stores.births.loaded(tree.stats.czxid(node), order);
    }

    /**
     * Sets the ACL and the payload of a znode. Call it last.
     *
     * @param id     its number.
     * @param aclId  its ACL; the tree takes a reference of its own.
     * @param data   holds the payload; copied.
     * @param offset of the payload.
     * @param length of the payload in bytes, -1 for null.
     */
    public void data(final long id, final int aclId, final DirectBuffer data, final int offset, final int length)
    {
        final int node = (int)id;
        tree.fill(node, data, offset, length, aclId);
        if (node == tree.index.root())
        {
            settleRoot();
        }
        else if (isPlaced(nodes.parent(node)) && nodes.is(nodes.parent(node), NodeStore.SETTLED))
        {
            settle(node);
        }
        else
        {
            waitingCount++;
        }
    }

    private void settleRoot()
    {
        tree.stores.digest.add(tree.index.root());
        nodes.mark(tree.index.root(), NodeStore.SETTLED);
        tree.stores.dataSize += Math.max(0, nodes.payloadLength(tree.index.root()));
    }

    /** Links and indexes the znodes that came before their parents. The tree is then whole again. */
    public void end()
    {
        check(tree.index.root() != NodeStore.NONE, "no root");
        nodes.slab().endPlacing();
        final int limit = nodes.slab().slotLimit();
        for (int node = nodes.slab().skipEmptyChunks(1); waitingCount > 0 && node < limit; node = nodes.slab()
            .skipEmptyChunks(node + 1))
        {
            if (nodes.is(node, NodeStore.LIVE))
            {
                settleWithAncestors(node);
            }
        }
        leaveParent();
        indexSettled();
        sort();
    }

    /** Sorts now and not when a list is first asked for: clients would wait for that, and nobody waits for this. */
    private void sort()
    {
        final CreationOrder order = new CreationOrder(nodes, CreationOrder.COPIED_MAX);
        unsorted.forEachInt(parent -> tree.stores.children.sort(parent, order));
        tree.owned.sort();
    }

    /** Settles parents first. Those not settled yet wait on a stack that runs through their sibling links. */
    private void settleWithAncestors(final int first)
    {
        int stack = NodeStore.NONE;
        int node = first;
        while (!nodes.is(node, NodeStore.SETTLED))
        {
            check(!nodes.is(node, NodeStore.WAITING), "a znode is its own ancestor");
            nodes.mark(node, NodeStore.WAITING);
            nodes.next(node, stack);
            stack = node;
            node = nodes.parent(node);
            check(isPlaced(node), "a znode without a parent");
        }

        while (stack != NodeStore.NONE)
        {
            final int next = nodes.next(stack);
            waitingCount--;
            settle(stack);
            stack = next;
        }
    }

    private boolean isPlaced(final int node)
    {
        return nodes.slab().isInUse(node) && nodes.is(node, NodeStore.LIVE);
    }

    private void settle(final int node)
    {
        if (nodes.parent(node) != parent)
        {
            leaveParent();
            enterParent(nodes.parent(node));
        }

        final int bytes = Math.max(0, nodes.payloadLength(node));
        nodes.unmark(node, NodeStore.WAITING);
        nodes.mark(node, NodeStore.SETTLED | childFlags);
        if (parent == tree.index.root() && reserved == NodeStore.NONE && isReserved(node))
        {
            reserved = node;
            nodes.mark(node, NodeStore.IS_RESERVED);
        }

        tree.index.hash(node, parentHash);
        settled[settledCount++] = node;
        if (settledCount == BATCH)
        {
            indexSettled();
        }
        if (tree.stores.children.link(parent, node))
        {
            unsorted.addInt(parent);
        }
        newChildren++;
        newBytes += bytes;
        tree.stores.dataSize += parentPathUnits + 1 + tree.names.utf16Length(node) + bytes;
        tree.stores.digest.add(node);
    }

    private void enterParent(final int newParent)
    {
        parent = newParent;
        parentHash = nodes.hash(parent);
        parentPathUnits = tree.names.pathUtf16Length(parent);
        childFlags = tree.inheritedFlags(parent);
    }

    private void leaveParent()
    {
        if (newChildren > 0)
        {
            tree.families.add(parent, newChildren, newBytes);
            newChildren = 0;
            newBytes = 0;
        }
    }

    /** The buckets are scattered in memory; touching them one right after the other lets the waits for them overlap. */
    private void indexSettled()
    {
        tree.index.buckets().insertAll(settled, settledCount);
        settledCount = 0;
    }

    private boolean isReserved(final int node)
    {
        final int length = tree.names.length(node);

        return length == RESERVED_NAME.capacity() && tree.names.equal(node, length, RESERVED_NAME, 0);
    }

    private static void check(final boolean holds, final String message)
    {
        if (!holds)
        {
            throw new CorruptionException("the image of the tree contradicts itself: " + message +
                "; remove this snapshot so that an older one is loaded");
        }
    }
}
