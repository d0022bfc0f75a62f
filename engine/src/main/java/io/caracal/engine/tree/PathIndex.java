/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import org.agrona.DirectBuffer;

/**
 * Finds a znode by its path, or by its parent and name. The hash of a path leads to the znode in one look-up. The
 * candidate is then verified name by name up to the root. This touches records that every look-up shares, so they are
 * in the caches.
 */
final class PathIndex
{
    private final NodeStore nodes;
    private final NodeNames names;
    private final SeededHash hashes;
    private final HashBuckets buckets;
    private int root;

    PathIndex(final MemoryLedger ledger, final NodeStore nodes, final NodeNames names, final SeededHash hashes)
    {
        this.nodes = nodes;
        this.names = names;
        this.hashes = hashes;
        buckets = new HashBuckets(ledger, MemoryTag.INDEX, nodes);
    }

    int find(final DirectBuffer path, final int offset, final int length)
    {
        return find(hash(path, offset, length), path, offset, length);
    }

    int hash(final DirectBuffer path, final int offset, final int length)
    {
        return length == 0 ? hashes.root() : hashes.path(path, offset, length);
    }

    /** Finds a path whose hash is known. */
    int find(final int hash, final DirectBuffer path, final int offset, final int length)
    {
        if (length == 0)
        {
            return root;
        }
        if (path.getByte(offset) != '/')
        {
            return NodeStore.NONE;
        }
        if (length == 1)
        {
            return root;
        }

        int node = buckets.head(hash);
        while (node != NodeStore.NONE && !(nodes.hash(node) == hash && isAt(node, path, offset, length)))
        {
            node = nodes.chainNext(node);
        }

        return node;
    }

    /** Whether the names from a znode up to the root spell a path. */
    boolean isAt(final int candidate, final DirectBuffer path, final int offset, final int length)
    {
        final int top = root;
        int end = offset + length;
        for (int node = candidate; node != top && end >= offset; node = nodes.parent(node))
        {
            end = names.slashBefore(node, path, offset, end);
        }

        return end == offset;
    }

    int child(final int parent, final DirectBuffer name, final int offset, final int length)
    {
        final int hash = hashes.child(nodes.hash(parent), name, offset, length);
        int node = buckets.head(hash);
        while (node != NodeStore.NONE && !isChild(node, hash, parent, name, offset, length))
        {
            node = nodes.chainNext(node);
        }

        return node;
    }

    private boolean isChild(final int node, final int hash, final int parent, final DirectBuffer name,
        final int offset, final int length)
    {
        return nodes.hash(node) == hash && nodes.parent(node) == parent && names.length(node) == length &&
            names.equal(node, length, name, offset);
    }

    /** The root, or none. */
    int root()
    {
        return root;
    }

    /** Sets the root. It is in no chain; its hash is where all others begin. */
    void root(final int node)
    {
        root = node;
        nodes.hash(node, hashes.root());
    }

    /** Indexes a znode whose parent already has its hash. */
    void insert(final int node)
    {
        hash(node, nodes.hash(nodes.parent(node)));
        buckets.insert(node);
    }

    /** Gives a znode its hash, on which the hashes of its children depend. */
    void hash(final int node, final int parentHash)
    {
        nodes.hash(node, names.hash(node, parentHash, hashes));
    }

    void remove(final int node)
    {
        buckets.remove(node);
    }

    HashBuckets buckets()
    {
        return buckets;
    }

    void clear()
    {
        root = NodeStore.NONE;
        buckets.clear();
    }
}
