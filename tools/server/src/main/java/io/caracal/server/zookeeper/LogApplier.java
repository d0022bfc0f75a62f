/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.protocol.JuteReader;
import io.caracal.engine.protocol.PathRules;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.NewZnode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Applies transactions of ZooKeeper's log to a replica. The snapshot to which they are applied may already contain some
 * of their changes. So each transaction is applied as far as possible: existing znodes are not created again, missing
 * znodes need not be deleted, and cversion and pzxid never go back. After the last transaction the tree is exact.
 */
final class LogApplier
{
    static final int HEADER_LENGTH = 32;
    static final long NO_DIGEST = 0;
    private static final int DIGEST_LENGTH = 12;
    private static final int INCREMENT = -1;
    private static final int MULTI_PART_LENGTH_MIN = 8;

    private final Replica replica;
    private final DataTree tree;
    private final MissingAcls missing;
    private final EphemeralOwner owners;
    private final JuteReader reader = new JuteReader();
    private final UnsafeBuffer path = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer data = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer acl = new UnsafeBuffer(0, 0);
    private final NewZnode newZnode = new NewZnode();
    private long sessionId;
    private long zxid;
    private long timeMs;
    private int type;
    private long digest;
    private boolean hasDigest;
    private boolean isKnown;

    LogApplier(final Replica replica, final MissingAcls missing)
    {
        this.replica = replica;
        tree = replica.tree();
        owners = tree.ownerKinds();
        this.missing = missing;
        reader.elementLengthMax(Integer.MAX_VALUE);
    }

    /** Reads the header of an entry. Returns false when the entry is too short. */
    boolean begin(final DirectBuffer payload, final int length)
    {
        reader.wrap(payload, 0, length);
        sessionId = reader.readLong();
        reader.readInt();
        zxid = reader.readLong();
        timeMs = reader.readLong();
        type = reader.readInt();
        hasDigest = false;
        isKnown = true;

        return reader.isOk();
    }

    long zxid()
    {
        return zxid;
    }

    long timeMs()
    {
        return timeMs;
    }

    int type()
    {
        return type;
    }

    /** Applies the entry. Returns false when it cannot be read. */
    boolean apply()
    {
        switch (type)
        {
            case TxnType.CREATE_SESSION -> createSession();
            case TxnType.CLOSE_SESSION -> closeSession();
            case TxnType.ERROR -> reader.readInt();
            case TxnType.MULTI -> multi();
            default -> part(type);
        }
        if (reader.isOk() && reader.remaining() >= DIGEST_LENGTH)
        {
            hasDigest = reader.readInt() == SnapshotReader.DIGEST_VERSION;
            digest = reader.readLong();
        }
        if (reader.isOk() && isKnown)
        {
            replica.lastAppliedZxid(zxid);
        }

        return reader.isOk() && isKnown;
    }

    /** Whether the leader recorded the digest that the tree has after the entry. */
    boolean hasDigest()
    {
        return hasDigest;
    }

    long digest()
    {
        return digest;
    }

    /** Applies a multi. If one of its parts failed, the multi was refused as a whole. */
    private void multi()
    {
        final int begin = reader.position();
        final int count = reader.readCount(MULTI_PART_LENGTH_MIN);
        boolean isRefused = false;
        for (int i = 0; i < count; i++)
        {
            isRefused |= reader.readInt() == TxnType.ERROR;
            reader.readRange();
        }
        if (!reader.isOk() || isRefused)
        {
            return;
        }

        final int end = reader.position();
        final int remaining = reader.remaining();
        final DirectBuffer payload = reader.buffer();
        reader.wrap(payload, begin + Integer.BYTES, end - begin - Integer.BYTES);
        for (int i = 0; i < count && reader.isOk(); i++)
        {
            final int partType = reader.readInt();
            final int partLength = reader.readRange();
            final int partOffset = reader.rangeOffset();
            final int next = reader.position();
            reader.wrap(payload, partOffset, Math.max(0, partLength));
            part(partType);
            isKnown &= reader.isOk();
            reader.wrap(payload, next, end - next);
        }
        reader.wrap(payload, end, remaining);
    }

    private void part(final int partType)
    {
        switch (partType)
        {
            case TxnType.CREATE, TxnType.CREATE_2 -> create(EphemeralOwner.NONE, true);
            case TxnType.CREATE_CONTAINER -> create(owners.container(), false);
            case TxnType.CREATE_TTL -> createTtl();
            case TxnType.DELETE, TxnType.DELETE_CONTAINER -> delete();
            case TxnType.SET_DATA, TxnType.RECONFIG -> setData();
            case TxnType.SET_ACL -> setAcl();
            case TxnType.CHECK -> readPath();
            default -> isKnown = false;
        }
        if (partType == TxnType.CHECK)
        {
            reader.readInt();
        }
    }

    private void readPath()
    {
        read(path);
    }

    /** Reads the next string or buffer. Returns its length, -1 for null. */
    private int read(final UnsafeBuffer target)
    {
        final int length = reader.readRange();
        target.wrap(reader.buffer(), reader.rangeOffset(), Math.max(0, length));

        return length;
    }

    private void readAcl()
    {
        final int begin = reader.position();
        final int count = reader.skipAcls();
        if (count > 0)
        {
            acl.wrap(reader.buffer(), begin, reader.position() - begin);
        }
        else
        {
            acl.wrap(OpenList.BYTES);
        }
    }

    private void create(final long owner, final boolean mayBeEphemeral)
    {
        readPath();
        final int dataLength = read(data);
        readAcl();
        final boolean isEphemeral = mayBeEphemeral && reader.readBool();
        final int cversion = reader.remaining() >= Integer.BYTES ? reader.readInt() : INCREMENT;
        if (reader.isOk())
        {
            create(dataLength, isEphemeral ? sessionId : owner, cversion);
        }
    }

    private void createTtl()
    {
        readPath();
        final int dataLength = read(data);
        readAcl();
        final int cversion = reader.readInt();
        final long ttlMs = reader.readLong();
        if (reader.isOk())
        {
            create(dataLength, owners.ttl(ttlMs), cversion);
        }
    }

    private void create(final int dataLength, final long owner, final int wantedCversion)
    {
        final long parent = parent();
        if (parent == DataTree.NONE)
        {
            return;
        }

        final int cversion = wantedCversion == INCREMENT ? tree.stats().cversion(parent) + 1 : wantedCversion;
        final int nameOffset = PathRules.lastSlash(path, 0, path.capacity()) + 1;
        final long there = tree.find(path, 0, path.capacity());
        final int aclId = tree.acls().intern(acl, 0, acl.capacity());
        if (there == DataTree.NONE)
        {
            newZnode.name(path, nameOffset, path.capacity() - nameOffset).data(data, 0, dataLength).acl(aclId)
                .ephemeralOwner(owner);
            tree.create(parent, newZnode, cversion, zxid, timeMs);
        }
        else
        {
            tree.setAcl(there, aclId, tree.stats().aversion(there));
            missing.found(there);
            tree.fuzzyReplay().childCreated(parent, cversion, zxid);
        }
        tree.acls().release(aclId);
    }

    private long parent()
    {
        final int length = PathRules.parentLength(path, 0, path.capacity());

        return path.capacity() > 1 && length >= 0 ? tree.find(path, 0, length) : DataTree.NONE;
    }

    private void delete()
    {
        readPath();
        if (reader.isOk())
        {
            deletePath();
        }
    }

    private void deletePath()
    {
        final long node = tree.find(path, 0, path.capacity());
        if (node != DataTree.NONE && node != tree.root())
        {
            deleteSubtree(node);
            return;
        }

        final long parent = parent();
        if (parent != DataTree.NONE)
        {
            tree.fuzzyReplay().childDeleted(parent, zxid);
        }
    }

    /**
     * Deletes a znode and everything below it. Descendants were created after this transaction, and their own
     * transactions will create them again.
     */
    private void deleteSubtree(final long top)
    {
        long node = top;
        while (node != DataTree.NONE)
        {
            final long child = tree.firstChild(node);
            if (child != DataTree.NONE)
            {
                node = child;
                continue;
            }

            final long parent = tree.parent(node);
            tree.delete(node, zxid);
            missing.found(node);
            node = node == top ? DataTree.NONE : parent;
        }
    }

    private void setData()
    {
        readPath();
        final int length = read(data);
        final int version = reader.readInt();
        final long node = reader.isOk() ? tree.find(path, 0, path.capacity()) : DataTree.NONE;
        if (node != DataTree.NONE)
        {
            tree.setData(node, data, 0, length, version, zxid, timeMs);
        }
    }

    private void setAcl()
    {
        readPath();
        readAcl();
        final int version = reader.readInt();
        final long node = reader.isOk() ? tree.find(path, 0, path.capacity()) : DataTree.NONE;
        if (node != DataTree.NONE)
        {
            final int aclId = tree.acls().intern(acl, 0, acl.capacity());
            tree.setAcl(node, aclId, version);
            tree.acls().release(aclId);
            missing.found(node);
        }
    }

    private void createSession()
    {
        final int timeoutMs = reader.readInt();
        if (reader.isOk() && replica.sessions().find(sessionId) == null)
        {
            ReplicaImage.addSession(replica, sessionId, timeoutMs);
        }
    }

    /**
     * Ends a session. This deletes all znodes that it owns, and also those that the transaction names, as transactions
     * do since 3.6.
     */
    private void closeSession()
    {
        deleteEphemerals(sessionId);
        replica.sessions().remove(sessionId);
        if (!isDigestNext())
        {
            final int count = reader.remaining() == 0 ? 0 : reader.readCount(Integer.BYTES);
            for (int i = 0; i < count && reader.isOk(); i++)
            {
                delete();
            }
        }
    }

    private boolean isDigestNext()
    {
        return reader.remaining() == DIGEST_LENGTH &&
            reader.buffer().getInt(reader.position(), ByteOrder.BIG_ENDIAN) == SnapshotReader.DIGEST_VERSION &&
            reader.buffer().getLong(reader.position() + Integer.BYTES, ByteOrder.BIG_ENDIAN) != NO_DIGEST;
    }

    /** Deletes the znodes that a session owns. Returns their number. */
    int deleteEphemerals(final long owner)
    {
        int count = 0;
        long node = tree.owned().firstOfSession(owner);
        while (node != DataTree.NONE)
        {
            deleteSubtree(node);
            count++;
            node = tree.owned().firstOfSession(owner);
        }

        return count;
    }
}
