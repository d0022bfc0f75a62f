/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import org.agrona.DirectBuffer;

/**
 * The znodes of one server, in native memory. The tree changes only when transactions are applied, and does exactly
 * what they say: this class does not validate anything that a client could get wrong.
 * <p>
 * Changing znodes allocates nothing on the heap. Not thread-safe; owned by the engine's thread.
 */
public final class DataTree extends ReadableTree implements AutoCloseable
{
    private final MemoryLedger ledger;
    private final TreeOptions options;

    /**
     * Creates the tree of an empty server: the root, /zookeeper, /zookeeper/quota and /zookeeper/config.
     *
     * @param ledger  counts its memory.
     * @param options for the tree.
     */
    public DataTree(final MemoryLedger ledger, final TreeOptions options)
    {
        super(new TreeStores(ledger, options), options.ownerKinds());
        this.ledger = ledger;
        this.options = options;
        new FreshTree(this).build();
    }

    /**
     * Creates a znode as the youngest child of its parent. Sets the parent's cversion to the given value and its pzxid
     * to the zxid; neither goes back.
     *
     * @param parent         an existing znode without a child of this name.
     * @param znode          what the znode begins with.
     * @param parentCversion new persisted value of the parent.
     * @param zxid           of the transaction, not less than that of any znode created before.
     * @param timeMs         wall clock of the leader.
     * @return the znode.
     */
    public long create(final long parent, final NewZnode znode, final int parentCversion, final long zxid,
        final long timeMs)
    {
        final int parentNode = live(parent);
        final int dataLength = znode.dataLength();
        Invariant.check(znode.nameLength() > 0, "a znode without a name is created");
        Invariant.check(znode.aclId() != AclTable.NONE, "a znode without an ACL is created");
        Invariant.check(index.child(parentNode, znode.name(), znode.nameOffset(),
            znode.nameLength()) == NodeStore.NONE, "a znode is created that exists");
        stores.walk.beforeChange(parentNode);

        final int node = newNode(zxid);
        nodes.parent(node, parentNode);
        nodes.mark(node, inheritedFlags(parentNode));
        names.store(node, znode.name(), znode.nameOffset(), znode.nameLength());
        stats.stamps(node, zxid, zxid, zxid, timeMs, timeMs);
        fill(node, znode.data(), znode.dataOffset(), dataLength, znode.aclId());
        if (znode.ephemeralOwner() != EphemeralOwner.NONE)
        {
            owned.add(node, znode.ephemeralOwner());
        }
        index.insert(node);
        stores.children.append(parentNode, node);
        families.add(parentNode, 1, Math.max(0, dataLength));
        stores.dataSize += names.pathUtf16Length(node) + Math.max(0, dataLength);
        stores.digest.add(node, znode.data(), znode.dataOffset(), dataLength);

        stores.parents.onCreated(parentNode, parentCversion, zxid);

        return node;
    }

    private int newNode(final long zxid)
    {
        final int order = stores.births.next(zxid);
        final int node = nodes.allocate();
        nodes.order(node, order);
        stores.walk.born(node);

        return node;
    }

    int inheritedFlags(final int parent)
    {
        return nodes.is(parent, NodeStore.NOT_IN_DIGEST | NodeStore.IS_RESERVED) ? NodeStore.NOT_IN_DIGEST : 0;
    }

    void fill(final int node, final DirectBuffer data, final int offset, final int length, final int aclId)
    {
        nodes.payload(node, payloads.store(data, offset, length), Math.max(PayloadStore.NULL_LENGTH, length));
        acls.acquire(aclId);
        nodes.acl(node, aclId);
    }

    long createRoot(final int aclId)
    {
        final int root = newNode(0);
        fill(root, null, 0, 0, aclId);
        index.root(root);
        stores.digest.add(root);

        return root;
    }

    /** Marks /zookeeper: the znodes below it are not part of the digest. */
    void reserve(final long node)
    {
        nodes.mark((int)node, NodeStore.IS_RESERVED);
    }

    /**
     * Deletes a znode. Its parent's pzxid rises to the zxid.
     *
     * @param node without children, not the root.
     * @param zxid of the transaction.
     */
    public void delete(final long node, final long zxid)
    {
        final int deleted = live(node);
        final int parent = nodes.parent(deleted);
        Invariant.check(nodes.childCount(deleted) == 0, "a znode is deleted that has children");
        Invariant.check(parent != NodeStore.NONE, "the root is deleted");
        stores.walk.beforeChange(deleted);
        stores.walk.beforeChange(parent);

        stores.digest.remove(deleted);
        stores.dataSize -= names.pathUtf16Length(deleted) + Math.max(0, nodes.payloadLength(deleted));
        index.remove(deleted);
        families.add(parent, -1, -Math.max(0, nodes.payloadLength(deleted)));
        stores.children.unlink(parent, deleted);
        if (nodes.ownership(deleted) != NodeStore.NONE)
        {
            owned.remove(deleted);
        }
        names.release(deleted);
        payloads.release(nodes.payload(deleted), nodes.payloadLength(deleted));
        acls.release(nodes.acl(deleted));
        nodes.free(deleted);

        stores.parents.onDeleted(parent, zxid);
    }

    /**
     * Sets the payload of a znode.
     *
     * @param node    the znode.
     * @param data    holds the payload; copied.
     * @param offset  of the payload.
     * @param length  of the payload in bytes, -1 for null.
     * @param version new value.
     * @param zxid    of the transaction.
     * @param timeMs  wall clock of the leader.
     */
    public void setData(final long node, final DirectBuffer data, final int offset, final int length, final int version,
        final long zxid, final long timeMs)
    {
        final int changed = live(node);
        stores.walk.beforeChange(changed);
        stores.digest.remove(changed);
        stats.dataChanged(changed, version, zxid, timeMs);
        putData(changed, data, offset, length);
    }

    /**
     * Replaces the payload of a znode without changing its version or times. Used for what a server writes by itself,
     * such as the usage of a quota.
     *
     * @param node   the znode.
     * @param data   holds the payload; copied.
     * @param offset of the payload.
     * @param length of the payload in bytes, -1 for null.
     */
    public void replaceData(final long node, final DirectBuffer data, final int offset, final int length)
    {
        final int changed = live(node);
        stores.walk.beforeChange(changed);
        stores.digest.remove(changed);
        putData(changed, data, offset, length);
    }

    private void putData(final int node, final DirectBuffer data, final int offset, final int length)
    {
        final int before = nodes.payloadLength(node);
        stores.digest.add(node, data, offset, length);
        final int payload = payloads.replace(nodes.payload(node), before, data, offset, length);
        nodes.payload(node, payload, Math.max(PayloadStore.NULL_LENGTH, length));
        final int added = Math.max(0, length) - Math.max(0, before);
        stores.dataSize += added;
        if (added != 0)
        {
            families.add(nodes.parent(node), 0, added);
        }
    }

    /**
     * Sets the ACL of a znode.
     *
     * @param node     the znode.
     * @param aclId    new ACL; the tree takes a reference of its own.
     * @param aversion new value.
     */
    public void setAcl(final long node, final int aclId, final int aversion)
    {
        final int changed = live(node);
        stores.walk.beforeChange(changed);
        stores.digest.beforeStat(changed);
        acls.acquire(aclId);
        acls.release(nodes.acl(changed));
        nodes.acl(changed, aclId);
        stats.aversion(changed, aversion);
        stores.digest.afterStat(changed);
    }

    int live(final long node)
    {
        Invariant.check(node > NONE && nodes.is((int)node, NodeStore.LIVE), "a znode is named that does not exist");

        return (int)node;
    }

    /**
     * Replays history on an image made by ZooKeeper, which may already hold parts of later transactions.
     *
     * @return valid for this tree as long as the tree keeps its contents.
     */
    public FuzzyReplay fuzzyReplay()
    {
        return new FuzzyReplay(this);
    }

    /**
     * Walks over all znodes while they change.
     *
     * @return the walk, owned by the tree.
     */
    public TreeWalk walk()
    {
        return stores.walk;
    }

    /**
     * Empties the tree, including the root, to fill it from an image.
     *
     * @return the load that fills the tree; the tree is unusable until {@link TreeLoad#end}.
     */
    public TreeLoad load()
    {
        forget();

        return new TreeLoad(this);
    }

    /**
     * Memory that is in use for this tree and for all that were made of it by {@link #another}.
     *
     * @return bytes, zero or more.
     */
    public long bytesOfAll()
    {
        return TreeRoom.bytes(ledger);
    }

    /**
     * Makes another tree with the same options.
     *
     * @return the tree of an empty server; the caller closes it.
     */
    public DataTree another()
    {
        return new DataTree(ledger, options);
    }

    /**
     * Exchanges the contents of two trees in one step, whatever their size. References to the trees stay valid;
     * references to znodes move with the contents. No walk may be under way over either tree.
     *
     * @param other made by {@link #another}.
     */
    public void exchange(final DataTree other)
    {
        Invariant.check(!walk().isUnderWay() && !other.walk().isUnderWay(), "a tree is exchanged during a walk");
        Invariant.check(options.equals(other.options), "trees of two kinds are exchanged");
        final TreeStores own = stores;
        hold(other.stores);
        other.hold(own);
    }

    /** Returns the tree to its initial state. */
    public void reset()
    {
        forget();
        new FreshTree(this).build();
    }

    private void forget()
    {
        Invariant.check(!walk().isUnderWay(), "a tree is emptied during a walk");
        stores.clear();
    }

    @Override
    public void close()
    {
        walk().end();
        forget();
    }
}
