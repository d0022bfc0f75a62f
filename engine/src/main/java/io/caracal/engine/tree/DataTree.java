/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.Invariant;
import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.protocol.StatEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The znodes of one server, in native memory. It is changed only by applying transactions, and holds exactly what
 * they said: this class validates nothing that a client could get wrong.
 * <p>
 * A znode is named by an opaque positive long, valid from its creation to its deletion; {@link #NONE} means
 * missing. Looking up, reading and changing znodes allocates nothing on the heap. Not thread-safe; owned by the
 * engine's thread.
 */
public final class DataTree implements AutoCloseable
{
    /** No znode. */
    public static final long NONE = 0;

    /** The path "/" that names the root along with the empty path counts one byte as ZooKeeper estimates. */
    private static final long ROOT_ALIAS_LENGTH = 1;

    final NodeStore nodes;
    final PayloadStore payloads;
    final NodeNames names;
    final PathIndex index;
    final FamilyStore families;
    final ChildList children;
    final EphemeralIndex ephemerals;
    final TreeDigest digest;
    private final AclTable acls;
    private final EphemeralOwner ownerKinds;
    int root;
    long dataSize = ROOT_ALIAS_LENGTH;
    final BirthOrder births = new BirthOrder();
    private final TreeWalk walk;

    /**
     * A tree as an empty server has it: the root, /zookeeper, /zookeeper/quota and /zookeeper/config.
     *
     * @param ledger  books its memory.
     * @param options what it is made with.
     */
    public DataTree(final MemoryLedger ledger, final TreeOptions options)
    {
        final SeededHash hashes = new SeededHash(options.hashSeed());
        ownerKinds = options.ownerKinds();
        nodes = new NodeStore(ledger);
        walk = new TreeWalk(nodes);
        payloads = new PayloadStore(ledger);
        names = new NodeNames(nodes, payloads);
        index = new PathIndex(ledger, nodes, names, hashes);
        families = new FamilyStore(ledger, nodes);
        children = new ChildList(nodes, families);
        ephemerals = new EphemeralIndex(ledger, nodes, ownerKinds);
        acls = new AclTable(ledger, hashes);
        digest = new TreeDigest(options.keepsDigest(), nodes, names, payloads, ephemerals);
        new FreshTree(this).build();
    }

    /**
     * The root.
     *
     * @return always a znode.
     */
    public long root()
    {
        return root;
    }

    /**
     * The znode at a path.
     *
     * @param path   holds the path in UTF-8; "" and "/" are the root.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return the znode, or {@link #NONE} when there is none or the path is malformed.
     */
    public long find(final DirectBuffer path, final int offset, final int length)
    {
        return index.find(root, path, offset, length);
    }

    /**
     * The znode at a path that was found before.
     *
     * @param guess  what {@link #find(DirectBuffer, int, int)} answered at some time, whatever has changed since, or
     *               {@link #NONE}.
     * @param path   holds the path in UTF-8; "" and "/" are the root.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return the same as without the guess, sooner when the guess is right: then the index is not asked.
     */
    public long find(final long guess, final DirectBuffer path, final int offset, final int length)
    {
        return isAt(guess, path, offset, length) ? guess : find(path, offset, length);
    }

    private boolean isAt(final long guess, final DirectBuffer path, final int offset, final int length)
    {
        final int node = (int)guess;

        return nodes.slab().isInUse(node) && nodes.is(node, NodeStore.LIVE) &&
            index.isAt(node, root, path, offset, length);
    }

    /**
     * The hash by which a path is found, for whoever keeps an index of paths as well.
     *
     * @param path   holds the path in UTF-8.
     * @param offset of the path.
     * @param length of the path in bytes.
     * @return hash, the same for the same bytes as long as this tree lives.
     */
    public int hash(final DirectBuffer path, final int offset, final int length)
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
    public long findHashed(final int hash, final DirectBuffer path, final int offset, final int length)
    {
        return index.find(hash, root, path, offset, length);
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
    public long child(final long parent, final DirectBuffer name, final int offset, final int length)
    {
        return index.child((int)parent, name, offset, length);
    }

    /**
     * The parent of a znode.
     *
     * @param node the znode.
     * @return its parent; {@link #NONE} for the root.
     */
    public long parent(final long node)
    {
        return nodes.parent((int)node);
    }

    /**
     * The transaction that created a znode.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long czxid(final long node)
    {
        return nodes.czxid((int)node);
    }

    /**
     * The transaction that last set a znode's payload.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long mzxid(final long node)
    {
        return nodes.mzxid((int)node);
    }

    /**
     * The transaction that last created or deleted a child of a znode.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long pzxid(final long node)
    {
        return nodes.pzxid((int)node);
    }

    /**
     * When a znode was created.
     *
     * @param node the znode.
     * @return wall clock of the leader, milliseconds.
     */
    public long ctimeMs(final long node)
    {
        return nodes.ctimeMs((int)node);
    }

    /**
     * When a znode's payload was last set.
     *
     * @param node the znode.
     * @return wall clock of the leader, milliseconds.
     */
    public long mtimeMs(final long node)
    {
        return nodes.mtimeMs((int)node);
    }

    /**
     * The owner of a znode.
     *
     * @param node the znode.
     * @return as stored: see {@link EphemeralOwner}.
     */
    public long ephemeralOwner(final long node)
    {
        return ephemerals.owner((int)node);
    }

    /**
     * How owner fields are read.
     *
     * @return as given in the options.
     */
    public EphemeralOwner ownerKinds()
    {
        return ownerKinds;
    }

    /**
     * The version of a znode's payload.
     *
     * @param node the znode.
     * @return version.
     */
    public int version(final long node)
    {
        return nodes.version((int)node);
    }

    /**
     * How often a child was created below a znode.
     *
     * @param node the znode.
     * @return as stored: creates only. {@link #encodeStat} gives what clients see.
     */
    public int cversion(final long node)
    {
        return nodes.cversion((int)node);
    }

    /**
     * The version of a znode's ACL.
     *
     * @param node the znode.
     * @return version.
     */
    public int aversion(final long node)
    {
        return nodes.aversion((int)node);
    }

    /**
     * How many children a znode has.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public int childCount(final long node)
    {
        return nodes.childCount((int)node);
    }

    /**
     * How many znodes are below a znode: its children, theirs, and so on.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public int descendantCount(final long node)
    {
        return families.descendants((int)node);
    }

    /**
     * Bytes of payload of all znodes below a znode, its own not included.
     *
     * @param node the znode.
     * @return zero or more.
     */
    public long descendantBytes(final long node)
    {
        return families.bytes((int)node);
    }

    /**
     * Length of a znode's payload.
     *
     * @param node the znode.
     * @return bytes, -1 for null.
     */
    public int dataLength(final long node)
    {
        return nodes.payloadLength((int)node);
    }

    /**
     * Encodes the Stat of a znode as clients see it: cversion counts removals of children as well, a null payload has
     * length 0, and only sessions show as owners.
     *
     * @param node the znode.
     * @param stat wrapped around the place for it; every field is set.
     */
    public void encodeStat(final long node, final StatEncoder stat)
    {
        final long owner = ephemerals.owner((int)node);
        nodes.encodeStat((int)node, owner == EphemeralOwner.NONE ? owner : ownerKinds.shown(owner), stat);
    }

    /**
     * The ACL of a znode.
     *
     * @param node the znode.
     * @return id in {@link #acls()}; the reference stays the tree's.
     */
    public int aclId(final long node)
    {
        return nodes.acl((int)node);
    }

    /**
     * Copies a znode's payload out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     where.
     * @return bytes copied, 0 for null.
     */
    public int copyData(final long node, final MutableDirectBuffer target, final int at)
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
    public int nameLength(final long node)
    {
        return names.length((int)node);
    }

    /**
     * Copies a znode's name out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     where.
     * @return bytes copied.
     */
    public int copyName(final long node, final MutableDirectBuffer target, final int at)
    {
        final int length = names.length((int)node);
        names.copy((int)node, length, target, at);

        return length;
    }

    /**
     * Length of a znode's path.
     *
     * @param node the znode.
     * @return bytes; 1 for the root.
     */
    public int pathLength(final long node)
    {
        return node == root ? 1 : names.pathLength((int)node);
    }

    /**
     * Copies a znode's path out.
     *
     * @param node   the znode.
     * @param target receives it.
     * @param at     where.
     * @return bytes copied.
     */
    public int copyPath(final long node, final MutableDirectBuffer target, final int at)
    {
        if (node == root)
        {
            target.putByte(at, (byte)'/');

            return 1;
        }

        final int length = names.pathLength((int)node);
        // An expandable target grows to its end first; the names are then put from the last to the first.
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
    public long firstChild(final long node)
    {
        return nodes.firstChild((int)node);
    }

    /**
     * The next child of the same parent in the order of creation.
     *
     * @param child a child that {@link #firstChild} or this method led to.
     * @return a younger child, or {@link #NONE}.
     */
    public long nextSibling(final long child)
    {
        return nodes.next((int)child);
    }

    /**
     * Creates a znode: the youngest child of its parent. The parent's cversion rises to the given value and its
     * pzxid to the zxid.
     *
     * @param parent         an existing znode.
     * @param name           holds the name.
     * @param nameOffset     of the name.
     * @param nameLength     of the name in bytes, 1 or more; the parent has no child of this name.
     * @param data           holds the payload; copied.
     * @param dataOffset     of the payload.
     * @param dataLength     of the payload in bytes, -1 for null.
     * @param aclId          its ACL; the tree takes a reference of its own.
     * @param ephemeralOwner as stored: see {@link EphemeralOwner}.
     * @param parentCversion new persisted value of the parent.
     * @param zxid           of the transaction, not less than that of any znode created before.
     * @param timeMs         wall clock of the leader.
     * @return the znode.
     */
    public long create(final long parent, final DirectBuffer name, final int nameOffset, final int nameLength,
        final DirectBuffer data, final int dataOffset, final int dataLength, final int aclId, final long ephemeralOwner,
        final int parentCversion, final long zxid, final long timeMs)
    {
        final int parentNode = live(parent);
        Invariant.check(nameLength > 0, "a znode without a name is created");
        Invariant.check(index.child(parentNode, name, nameOffset, nameLength) == NodeStore.NONE,
            "a znode is created that exists");
        walk.beforeChange(parentNode);

        final int node = newNode(zxid);
        nodes.parent(node, parentNode);
        nodes.mark(node, inheritedFlags(parentNode));
        names.store(node, name, nameOffset, nameLength);
        nodes.stamps(node, zxid, zxid, zxid, timeMs, timeMs);
        fill(node, data, dataOffset, dataLength, aclId);
        if (ephemeralOwner != EphemeralOwner.NONE)
        {
            ephemerals.add(node, ephemeralOwner);
        }
        index.insert(node);
        children.append(parentNode, node);
        families.add(parentNode, 1, Math.max(0, dataLength));
        dataSize += names.pathUtf16Length(node) + Math.max(0, dataLength);
        digest.add(node);

        digest.beforeStat(parentNode);
        nodes.cversion(parentNode, later(nodes.cversion(parentNode), parentCversion));
        nodes.pzxid(parentNode, Math.max(nodes.pzxid(parentNode), zxid));
        digest.afterStat(parentNode);

        return node;
    }

    /**
     * A child of a znode was created that is there, or gone, already: what that means for the parent, as far as it is
     * not older than what the parent has. For history replayed on an image that is not exact.
     *
     * @param parent   an existing znode.
     * @param cversion that the creation gave it.
     * @param zxid     of the creation.
     */
    public void childCreated(final long parent, final int cversion, final long zxid)
    {
        final int parentNode = live(parent);
        if (later(nodes.cversion(parentNode), cversion) != nodes.cversion(parentNode))
        {
            walk.beforeChange(parentNode);
            digest.beforeStat(parentNode);
            nodes.cversion(parentNode, cversion);
            nodes.pzxid(parentNode, Math.max(nodes.pzxid(parentNode), zxid));
            digest.afterStat(parentNode);
        }
    }

    /**
     * A child of a znode was deleted that is gone already. For history replayed on an image that is not exact.
     *
     * @param parent an existing znode.
     * @param zxid   of the deletion.
     */
    public void childDeleted(final long parent, final long zxid)
    {
        final int parentNode = live(parent);
        walk.beforeChange(parentNode);
        digest.beforeStat(parentNode);
        nodes.pzxid(parentNode, Math.max(nodes.pzxid(parentNode), zxid));
        digest.afterStat(parentNode);
    }

    /** The later of two versions, which may wrap. */
    private static int later(final int version, final int other)
    {
        return other - version > 0 ? other : version;
    }

    private int newNode(final long zxid)
    {
        final int order = births.next(zxid);
        final int node = nodes.allocate();
        nodes.order(node, order);
        walk.born(node);

        return node;
    }

    /**
     * Znodes may be created from here on that are older than others: history is replayed on an image that holds parts
     * of what comes later. Lists of children and ephemerals are in the order of arrival then, and in the order of
     * creation again once a snapshot of this tree was loaded. No server does this.
     */
    public void bornInAnyOrder()
    {
        births.inAnyOrder(nodes.slab().slotLimit());
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
        root = newNode(0);
        fill(root, null, 0, 0, aclId);
        index.root(root);
        digest.add(root);

        return root;
    }

    /** Marks /zookeeper: what lies below it does not count in the digest. */
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
        walk.beforeChange(deleted);
        walk.beforeChange(parent);

        digest.remove(deleted);
        dataSize -= names.pathUtf16Length(deleted) + Math.max(0, nodes.payloadLength(deleted));
        index.remove(deleted);
        families.add(parent, -1, -Math.max(0, nodes.payloadLength(deleted)));
        children.unlink(parent, deleted);
        if (nodes.ownership(deleted) != NodeStore.NONE)
        {
            ephemerals.remove(deleted);
        }
        names.release(deleted);
        payloads.release(nodes.payload(deleted), nodes.payloadLength(deleted));
        acls.release(nodes.acl(deleted));
        nodes.free(deleted);

        digest.beforeStat(parent);
        nodes.pzxid(parent, Math.max(nodes.pzxid(parent), zxid));
        digest.afterStat(parent);
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
        walk.beforeChange(changed);
        digest.remove(changed);
        nodes.dataChanged(changed, version, zxid, timeMs);
        putData(changed, data, offset, length);
    }

    /**
     * Puts another payload in place and changes nothing else: what a server writes by itself, such as the usage of
     * a quota.
     *
     * @param node   the znode.
     * @param data   holds the payload; copied.
     * @param offset of the payload.
     * @param length of the payload in bytes, -1 for null.
     */
    public void replaceData(final long node, final DirectBuffer data, final int offset, final int length)
    {
        final int changed = live(node);
        walk.beforeChange(changed);
        digest.remove(changed);
        putData(changed, data, offset, length);
    }

    private void putData(final int node, final DirectBuffer data, final int offset, final int length)
    {
        final int before = nodes.payloadLength(node);
        final int payload = payloads.replace(nodes.payload(node), before, data, offset, length);
        nodes.payload(node, payload, Math.max(PayloadStore.NULL_LENGTH, length));
        final int added = Math.max(0, length) - Math.max(0, before);
        dataSize += added;
        if (added != 0)
        {
            families.add(nodes.parent(node), 0, added);
        }
        digest.add(node);
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
        walk.beforeChange(changed);
        digest.beforeStat(changed);
        acls.acquire(aclId);
        acls.release(nodes.acl(changed));
        nodes.acl(changed, aclId);
        nodes.aversion(changed, aversion);
        digest.afterStat(changed);
    }

    private int live(final long node)
    {
        Invariant.check(node > NONE && nodes.is((int)node, NodeStore.LIVE), "a znode is named that does not exist");

        return (int)node;
    }

    /**
     * The ACLs that znodes have.
     *
     * @return the table, owned by the tree.
     */
    public AclTable acls()
    {
        return acls;
    }

    /**
     * How many znodes there are.
     *
     * @return the root counted once; ZooKeeper reports one more, because it counts the root twice.
     */
    public long nodeCount()
    {
        return nodes.slab().count();
    }

    /**
     * Size of paths and payloads as ZooKeeper estimates it: paths in UTF-16 units, payloads in bytes.
     *
     * @return the sum over all znodes.
     */
    public long approximateDataSize()
    {
        return dataSize;
    }

    /**
     * The digest of the whole tree.
     *
     * @return 64 bits; 0 when it is not kept.
     */
    public long digest()
    {
        return digest.sum();
    }

    /**
     * Whether the digest is kept.
     *
     * @return as given in the options.
     */
    public boolean keepsDigest()
    {
        return digest.isKept();
    }

    /**
     * How many znodes belong to sessions.
     *
     * @return zero or more.
     */
    public long ephemeralCount()
    {
        return ephemerals.ephemeralCount();
    }

    /**
     * The oldest ephemeral of a session.
     *
     * @param sessionId the session.
     * @return a znode, or {@link #NONE}.
     */
    public long firstEphemeral(final long sessionId)
    {
        return ephemerals.firstOfSession(sessionId);
    }

    /**
     * The next ephemeral of the same session in the order of creation.
     *
     * @param node an ephemeral.
     * @return a younger one, or {@link #NONE}.
     */
    public long nextEphemeral(final long node)
    {
        return ephemerals.next((int)node);
    }

    /**
     * How many ephemerals a session has.
     *
     * @param sessionId the session.
     * @return zero or more.
     */
    public int ephemeralCount(final long sessionId)
    {
        return ephemerals.countOfSession(sessionId);
    }

    /**
     * Leads from one session that owns ephemerals to the next, in no particular order. The tree may change between
     * calls: sessions that come or go meanwhile may be missed, all others are met once.
     *
     * @param cursor 0 at the beginning, then what this method returned.
     * @return a cursor, or 0 at the end.
     */
    public long nextOwner(final long cursor)
    {
        return ephemerals.nextSessionList((int)cursor);
    }

    /**
     * The session that a cursor stands at.
     *
     * @param cursor as returned by {@link #nextOwner}, before the tree changes.
     * @return session id.
     */
    public long ownerAt(final long cursor)
    {
        return ephemerals.sessionOf((int)cursor);
    }

    /**
     * The oldest container.
     *
     * @return a znode, or {@link #NONE}.
     */
    public long firstContainer()
    {
        return ephemerals.firstContainer();
    }

    /**
     * The next container in the order of creation.
     *
     * @param node a container.
     * @return a younger one, or {@link #NONE}.
     */
    public long nextContainer(final long node)
    {
        return ephemerals.next((int)node);
    }

    /**
     * The oldest TTL znode.
     *
     * @return a znode, or {@link #NONE}.
     */
    public long firstTtl()
    {
        return ephemerals.firstTtl();
    }

    /**
     * The next TTL znode in the order of creation.
     *
     * @param node a TTL znode.
     * @return a younger one, or {@link #NONE}.
     */
    public long nextTtl(final long node)
    {
        return ephemerals.next((int)node);
    }

    /**
     * Walks over all znodes while they change.
     *
     * @return owned by the tree.
     */
    public TreeWalk walk()
    {
        return walk;
    }

    /**
     * Place of a znode among those that the same transaction created.
     *
     * @param node the znode.
     * @return 0 or more.
     */
    public int order(final long node)
    {
        return nodes.order((int)node);
    }

    /**
     * Every znode is a number below this one.
     *
     * @return an upper bound, exclusive.
     */
    public long nodeLimit()
    {
        return nodes.slab().slotLimit();
    }

    /**
     * Empties the tree, root and all, to fill it from an image.
     *
     * @return what fills it; the tree is unusable until {@link TreeLoad#end}.
     */
    public TreeLoad load()
    {
        clear();

        return new TreeLoad(this);
    }

    /** Forgets everything: the tree is as at the beginning. */
    public void reset()
    {
        clear();
        new FreshTree(this).build();
    }

    private void clear()
    {
        Invariant.check(!walk.isUnderWay(), "a tree is emptied during a walk");
        nodes.slab().clear();
        payloads.clear();
        index.clear();
        families.clear();
        ephemerals.clear();
        acls.clear();
        digest.clear();
        root = NodeStore.NONE;
        dataSize = ROOT_ALIAS_LENGTH;
        births.clear();
    }

    @Override
    public void close()
    {
        walk.end();
        clear();
    }
}
