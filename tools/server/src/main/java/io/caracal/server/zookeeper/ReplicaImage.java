/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.zookeeper;

import io.caracal.engine.apply.Replica;
import io.caracal.engine.session.Session;
import io.caracal.engine.tree.AclTable;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.TreeLoad;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fills a replica from a snapshot of ZooKeeper. Znodes arrive depth first, so the parent of each is among the ancestors
 * of the one before, or that znode itself. No path is ever looked up.
 */
final class ReplicaImage implements SnapshotHandler
{
    /** Key of the open ACL, which is not in the table. */
    static final long OPEN_ACL_KEY = -1;

    /** No server of this ensemble holds an imported session; its client must connect first. */
    static final long NO_SERVER = -1;
    private static final long NODE_LIMIT = Integer.MAX_VALUE;
    private static final int ORDER_MASK = 0xFF_FFFF;
    private static final byte SLASH = '/';

    private final Replica replica;
    private final TreeLoad load;
    private final Long2LongHashMap aclIds = new Long2LongHashMap(AclTable.NONE);
    private final List<UnsafeBuffer> ancestorPaths = new ArrayList<>();
    private final MissingAcls missing;
    private long[] ancestors = new long[64];
    private int depth;
    private long lastNode;

    ReplicaImage(final Replica replica, final MissingAcls missing)
    {
        this.replica = replica;
        this.missing = missing;
        load = replica.tree().load();
        replica.sessions().clear();
        load.begin(1, NODE_LIMIT);
        aclIds.put(OPEN_ACL_KEY, intern(OpenList.BYTES, OpenList.BYTES.capacity()));
    }

    static void addSession(final Replica replica, final long sessionId, final int timeoutMs)
    {
        final Session session = replica.sessions().add(sessionId, timeoutMs, NO_SERVER, 0);
        session.imported();
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs)
    {
        if (replica.sessions().find(sessionId) == null)
        {
            addSession(replica, sessionId, timeoutMs);
        }
    }

    @Override
    public void onAcl(final long key, final DirectBuffer list, final int length)
    {
        final boolean isOpen = list.getInt(0, ByteOrder.BIG_ENDIAN) <= 0;
        final int id = isOpen ? intern(OpenList.BYTES, OpenList.BYTES.capacity()) : intern(list, length);
        final long before = aclIds.put(key, id);
        if (before != AclTable.NONE)
        {
            replica.tree().acls().release((int)before);
        }
    }

    private int intern(final DirectBuffer list, final int length)
    {
        return replica.tree().acls().intern(list, 0, length);
    }

    @Override
    public void onZnode(final DirectBuffer path, final int pathLength, final DirectBuffer data, final int dataLength,
        final long aclKey, final StoredStat stat) throws IOException
    {
        final long node = ++lastNode;
        if (node >= NODE_LIMIT)
        {
            throw new IOException("more znodes than a server can hold");
        }

        final int nameOffset = pathLength == 0 ? 0 : parentLength(path, pathLength) + 1;
        load.place(node, parent(path, pathLength), path, nameOffset, pathLength - nameOffset);
        load.stamps(node, stat.czxid, stat.mzxid, stat.pzxid, stat.ctimeMs, stat.mtimeMs);
        load.versions(node, stat.version, stat.cversion, stat.aversion);
        load.owner(node, stat.ephemeralOwner, (int)node & ORDER_MASK);
        load.data(node, aclId(node, aclKey), data, 0, dataLength);
        push(node, path, pathLength);
    }

    /**
     * Returns the ACL of a znode. If it is not in the snapshot's table, the open ACL takes its place for now, and the
     * log must bring the right one.
     */
    private int aclId(final long node, final long key)
    {
        final long id = aclIds.get(key);
        if (id != AclTable.NONE)
        {
            return (int)id;
        }

        missing.add(node);

        return (int)aclIds.get(OPEN_ACL_KEY);
    }

    private long parent(final DirectBuffer path, final int pathLength) throws IOException
    {
        if (pathLength == 0)
        {
            return DataTree.NONE;
        }

        final int length = parentLength(path, pathLength);
        while (depth > 0)
        {
            final UnsafeBuffer ancestor = ancestorPaths.get(depth - 1);
            if (ancestor.capacity() == length && isPrefix(ancestor, path))
            {
                return ancestors[depth - 1];
            }
            depth--;
        }

        throw new IOException("the znode " + path.getStringWithoutLengthUtf8(0, pathLength) +
            " comes without its parent");
    }

    private static boolean isPrefix(final DirectBuffer prefix, final DirectBuffer path)
    {
        for (int i = 0; i < prefix.capacity(); i++)
        {
            if (prefix.getByte(i) != path.getByte(i))
            {
                return false;
            }
        }

        return true;
    }

    private static int parentLength(final DirectBuffer path, final int length) throws IOException
    {
        int at = length - 1;
        while (at >= 0 && path.getByte(at) != SLASH)
        {
            at--;
        }
        if (path.getByte(0) != SLASH || at == length - 1)
        {
            throw new IOException("the path " + path.getStringWithoutLengthUtf8(0, length) + " is none");
        }

        return at;
    }

    private void push(final long node, final DirectBuffer path, final int length)
    {
        if (depth == ancestors.length)
        {
            ancestors = Arrays.copyOf(ancestors, depth * 2);
        }
        if (depth == ancestorPaths.size())
        {
            ancestorPaths.add(new UnsafeBuffer(new byte[Math.max(64, length)]));
        }

        final UnsafeBuffer kept = ancestorPaths.get(depth);
        if (kept.byteArray().length < length)
        {
            kept.wrap(new byte[2 * length]);
        }
        kept.wrap(kept.byteArray(), 0, length);
        kept.putBytes(0, path, 0, length);
        ancestors[depth] = node;
        depth++;
    }

    @Override
    public void onZnodesEnd()
    {
        load.end();
        final Long2LongHashMap.ValueIterator ids = aclIds.values().iterator();
        while (ids.hasNext())
        {
            replica.tree().acls().release((int)ids.nextValue());
        }
        aclIds.clear();
        replica.tree().fuzzyReplay().begin();
    }
}
