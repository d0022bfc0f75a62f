/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.protocol.StatEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The znodes of one server as they are found and read: the part of a {@link DataTree} for callers that must not change
 * it, such as preparers and reads.
 * <p>
 * A znode is named by an opaque positive long, valid from its creation to its deletion; {@link #NONE} means missing.
 * Looking up and reading allocates nothing on the heap. Not thread-safe; owned by the engine's thread.
 */
public abstract sealed class ReadableTree permits DataTree
{
    /** No znode. */
    public static final long NONE = 0;

    /** All contents of this tree; replaced by an exchange. */
    TreeStores stores;
    /** The parts of the stores that look-ups and reads use, copied here for direct access. */
    NodeStore nodes;
    NodeStats stats;
    PayloadStore payloads;
    NodeNames names;
    PathIndex index;
    FamilyStore families;
    OwnedZnodes owned;
    AclTable acls;
    private final EphemeralOwner ownerKinds;

    ReadableTree(final TreeStores stores, final EphemeralOwner ownerKinds)
    {
        this.ownerKinds = ownerKinds;
        hold(stores);
    }

    /** Takes these stores as its only contents. */
    final void hold(final TreeStores newStores)
    {
        stores = newStores;
        nodes = newStores.nodes;
        stats = newStores.stats;
        payloads = newStores.payloads;
        names = newStores.names;
        index = newStores.index;
        families = newStores.families;
        owned = newStores.owned;
        acls = newStores.acls;
    }

    /**
     * For callers that know requests before they are answered.
     *
     * @return looks ahead in this tree.
     */
    public final LookAhead lookAhead()
    {
        return new LookAhead(this);
    }

    /**
     * The root.
     *
     * @return always an existing znode.
     */
    public final long root()
    {
        return index.root();
    }

    /**
     * The znode at a path.
     *
     * @param path   holds the path in UTF-8; "" and "/" are the root.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return the znode, or {@link #NONE} when there is none or the path is malformed.
     */
    public final long find(final DirectBuffer path, final int offset, final int length)
    {
        return index.find(path, offset, length);
    }

    /**
     * The znode at a path that was looked up before.
     *
     * @param guess  an earlier result of {@link #find(DirectBuffer, int, int)}, whatever has changed since, or
     *               {@link #NONE}.
     * @param path   holds the path in UTF-8; "" and "/" are the root.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return the same as without the guess. A right guess is faster, because it skips the index.
     */
    public final long find(final long guess, final DirectBuffer path, final int offset, final int length)
    {
        return isAt(guess, path, offset, length) ? guess : find(path, offset, length);
    }

    private boolean isAt(final long guess, final DirectBuffer path, final int offset, final int length)
    {
        final int node = (int)guess;

        return nodes.slab().isInUse(node) && nodes.is(node, NodeStore.LIVE) &&
            index.isAt(node, path, offset, length);
    }

    /**
     * The hash by which the tree finds a path, for callers that keep their own index of paths.
     *
     * @param path   holds the path in UTF-8.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return hash, the same for the same bytes as long as this tree lives.
     */
    public final int hash(final DirectBuffer path, final int offset, final int length)
    {
        return index.hash(path, offset, length);
    }

    /**
     * The znode at a path whose hash is known.
     *
     * @param hash   as of {@link #hash}.
     * @param path   holds the path in UTF-8; "" and "/" are the root.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return the znode, or {@link #NONE} when there is none or the path is malformed.
     */
    public final long findHashed(final int hash, final DirectBuffer path, final int offset, final int length)
    {
        return index.find(hash, path, offset, length);
    }

    /**
     * The child of a znode by name.
     *
     * @param parent the znode.
     * @param name   holds the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return the child, or {@link #NONE}.
     */
    public final long child(final long parent, final DirectBuffer name, final int offset, final int length)
    {
        return index.child((int)parent, name, offset, length);
    }

    /**
     * The parent of a znode.
     *
     * @param node the znode.
     * @return its parent; {@link #NONE} for the root.
     */
    public final long parent(final long node)
    {
        return nodes.parent((int)node);
    }

    /**
     * The owner of a znode.
     *
     * @param node the znode.
     * @return as stored: see {@link EphemeralOwner}.
     */
    public final long ephemeralOwner(final long node)
    {
        return owned.owner((int)node);
    }

    /**
     * How owner fields are read.
     *
     * @return as given in the options.
     */
    public final EphemeralOwner ownerKinds()
    {
        return ownerKinds;
    }

    /**
     * How many children a znode has.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public final int childCount(final long node)
    {
        return nodes.childCount((int)node);
    }

    /**
     * The number of znodes below a znode: its children, their children, and so on.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public final int descendantCount(final long node)
    {
        return families.descendants((int)node);
    }

    /**
     * The payload bytes of all znodes below a znode, without its own.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public final long descendantBytes(final long node)
    {
        return families.bytes((int)node);
    }

    /**
     * Length of a znode's payload.
     *
     * @param node the znode.
     * @return bytes, -1 for null.
     */
    public final int dataLength(final long node)
    {
        return nodes.payloadLength((int)node);
    }

    /**
     * Encodes the Stat of a znode as clients see it: cversion also counts removals of children, a null payload has
     * length 0, and only sessions appear as owners.
     *
     * @param node the znode.
     * @param stat wrapped around its place in the reply; every field is set.
     */
    public final void encodeStat(final long node, final StatEncoder stat)
    {
        final long owner = owned.owner((int)node);
        stats.encode((int)node, owner == EphemeralOwner.NONE ? owner : ownerKinds.shown(owner), stat);
    }

    /**
     * The ACL of a znode.
     *
     * @param node the znode.
     * @return id in {@link #acls()}; the tree keeps the reference.
     */
    public final int aclId(final long node)
    {
        return nodes.acl((int)node);
    }

    /**
     * Copies a znode's payload out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     index of the first byte in the target.
     * @return bytes copied, 0 for null.
     */
    public final int copyData(final long node, final MutableDirectBuffer target, final int at)
    {
        final int length = Math.max(0, nodes.payloadLength((int)node));
        payloads.copy(nodes.payload((int)node), length, 0, target, at, length);

        return length;
    }

    /**
     * Length of a znode's name.
     *
     * @param node the znode.
     * @return bytes; 0 for the root.
     */
    public final int nameLength(final long node)
    {
        return names.length((int)node);
    }

    /**
     * Copies a znode's name out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     index of the first byte in the target.
     * @return bytes copied.
     */
    public final int copyName(final long node, final MutableDirectBuffer target, final int at)
    {
        final int length = names.length((int)node);
        names.copy((int)node, length, target, at);

        return length;
    }

    /**
     * Whether a znode's name begins with certain bytes.
     *
     * @param node   the znode.
     * @param begin  holds the bytes.
     * @param offset of the first one.
     * @param length number of bytes; every name begins with 0 bytes.
     * @return true when it does.
     */
    public final boolean nameBeginsWith(final long node, final DirectBuffer begin, final int offset, final int length)
    {
        return names.beginsWith((int)node, begin, offset, length);
    }

    /**
     * Length of a znode's path.
     *
     * @param node the znode.
     * @return bytes; 1 for the root.
     */
    public final int pathLength(final long node)
    {
        return node == index.root() ? 1 : names.pathLength((int)node);
    }

    /**
     * Copies a znode's path out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     index of the first byte in the target.
     * @return bytes copied.
     */
    public final int copyPath(final long node, final MutableDirectBuffer target, final int at)
    {
        if (node == index.root())
        {
            target.putByte(at, (byte)'/');

            return 1;
        }

        final int length = names.pathLength((int)node);
        // Let an expandable target grow to the full length first: the names are then written from the last to the
        // first.
        target.checkLimit(at + length);
        names.copyPath((int)node, target, at + length);

        return length;
    }

    /**
     * The oldest child of a znode.
     *
     * @param node the znode.
     * @return a child, or {@link #NONE}.
     */
    public final long firstChild(final long node)
    {
        return nodes.firstChild((int)node);
    }

    /**
     * The next child of the same parent in the order of creation.
     *
     * @param child a child that {@link #firstChild} or this method led to.
     * @return a younger child, or {@link #NONE}.
     */
    public final long nextSibling(final long child)
    {
        return nodes.next((int)child);
    }

    /**
     * The ACLs of the znodes.
     *
     * @return the table, owned by the tree.
     */
    public final AclTable acls()
    {
        return acls;
    }

    /**
     * The number of znodes.
     *
     * @return the root counted once; ZooKeeper reports one more, because it counts the root twice.
     */
    public final long nodeCount()
    {
        return nodes.slab().count();
    }

    /**
     * Size of paths and payloads as ZooKeeper estimates it: paths in UTF-16 units, payloads in bytes.
     *
     * @return the sum over all znodes.
     */
    public final long approximateDataSize()
    {
        return stores.dataSize;
    }

    /**
     * The digest of the whole tree.
     *
     * @return 64 bits; 0 when it is not kept.
     */
    public final long digest()
    {
        return stores.digest.sum();
    }

    /**
     * Whether the digest is kept.
     *
     * @return as given in the options.
     */
    public final boolean keepsDigest()
    {
        return stores.digest.isKept();
    }

    /**
     * The place of a znode among those that the same transaction created.
     *
     * @param node the znode.
     * @return 0 or more.
     */
    public final int order(final long node)
    {
        return nodes.order((int)node);
    }

    /**
     * An upper bound of the numbers that name znodes.
     *
     * @return exclusive.
     */
    public final long nodeLimit()
    {
        return nodes.slab().slotLimit();
    }

    /**
     * The stats of the znodes.
     *
     * @return owned by the tree.
     */
    public final NodeStats stats()
    {
        return stats;
    }

    /**
     * The znodes that belong to sessions, the containers and the TTL znodes.
     *
     * @return owned by the tree.
     */
    public final OwnedZnodes owned()
    {
        return owned;
    }
}
