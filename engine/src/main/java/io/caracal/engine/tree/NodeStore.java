/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import io.caracal.engine.memory.Slab;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of znodes, two cache lines each. The first line holds what finding and reading a znode touches. The second
 * holds its stat, which {@link NodeStats} reads and writes.
 *
 * <pre>
 *    0  parent     4  hash       8  index next  12  born (24 bits of order within the zxid, 8 of flags)
 *   16  name: length, up to 15 bytes; or 255, length at 20, slot at 24
 *   32  acl       36  payload   40  payload length  44  walk
 *   48  children  52  first     56  family          60  ownership
 *   64  czxid     72  mzxid     80  pzxid           88  ctime
 *   96  mtime    104  version  108  cversion       112  aversion
 *  116  next     120  previous sibling             124  crc of path, payload and stat
 * </pre>
 */
final class NodeStore implements LinkedRecords, Chains
{
    static final int RECORD_LENGTH = 128;
    static final int NAME_INLINE_MAX = 15;
    static final int NONE = Slab.NONE;

    /** The znode exists. */
    static final int LIVE = 1;
    /** The znode is strictly below /zookeeper and is not part of the digest. */
    static final int NOT_IN_DIGEST = 2;
    /** The znode is /zookeeper itself. */
    static final int IS_RESERVED = 4;
    /** Used while loading: its children were linked out of the order of creation. */
    static final int UNSORTED = 8;
    /** Used while loading: the znode is linked and indexed. */
    static final int SETTLED = 16;
    /** Used while loading: the znode waits for its parent. */
    static final int WAITING = 32;

    private static final int FLAGS_MASK = 0xFF;
    private static final int ORDER_SHIFT = 8;
    static final int ORDER_MAX = (1 << 24) - 1;

    private static final int PARENT = 0;
    private static final int HASH = 4;
    private static final int INDEX_NEXT = 8;
    private static final int BORN = 12;
    static final int NAME = 16;
    private static final int ACL = 32;
    private static final int PAYLOAD = 36;
    static final int PAYLOAD_LENGTH = 40;
    private static final int WALK = 44;
    static final int CHILD_COUNT = 48;
    private static final int FIRST_CHILD = 52;
    private static final int FAMILY = 56;
    private static final int OWNERSHIP = 60;
    private static final int NEXT = 116;
    private static final int PREVIOUS = 120;
    private static final int CRC = 124;

    private final Slab slab;
    private final NodeStats stats;

    NodeStore(final MemoryLedger ledger)
    {
        slab = new Slab(ledger, MemoryTag.ZNODES, RECORD_LENGTH);
        stats = new NodeStats(slab);
    }

    /** The second cache line of each record. */
    NodeStats stats()
    {
        return stats;
    }

    Slab slab()
    {
        return slab;
    }

    /** Allocates a record whose fields are all zero, except the flag {@link #LIVE}. */
    int allocate()
    {
        final int node = slab.allocate();
        clear(node);

        return node;
    }

    void clear(final int node)
    {
        final UnsafeBuffer buffer = slab.buffer(node);
        final int offset = slab.offset(node);
        buffer.setMemory(offset, RECORD_LENGTH, (byte)0);
        buffer.putInt(offset + BORN, LIVE);
    }

    void free(final int node)
    {
        putInt(node, BORN, 0);
        slab.free(node);
    }

    UnsafeBuffer buffer(final int node)
    {
        return slab.buffer(node);
    }

    int offset(final int node)
    {
        return slab.offset(node);
    }

    private int getInt(final int node, final int field)
    {
        return slab.buffer(node).getInt(slab.offset(node) + field);
    }

    private void putInt(final int node, final int field, final int value)
    {
        slab.buffer(node).putInt(slab.offset(node) + field, value);
    }

    boolean is(final int node, final int flag)
    {
        return (getInt(node, BORN) & flag) != 0;
    }

    void mark(final int node, final int flags)
    {
        putInt(node, BORN, getInt(node, BORN) | flags);
    }

    void unmark(final int node, final int flags)
    {
        putInt(node, BORN, getInt(node, BORN) & ~flags);
    }

    /** Place among the znodes created by the same transaction. */
    int order(final int node)
    {
        return getInt(node, BORN) >>> ORDER_SHIFT;
    }

    void order(final int node, final int order)
    {
        putInt(node, BORN, (order << ORDER_SHIFT) | (getInt(node, BORN) & FLAGS_MASK));
    }

    @Override
    public long bornZxid(final int node)
    {
        return stats.czxid(node);
    }

    @Override
    public int bornOrder(final int node)
    {
        return order(node);
    }

    @Override
    public boolean isBefore(final int node, final int other)
    {
        final long czxid = stats.czxid(node);
        final long otherCzxid = stats.czxid(other);

        return czxid < otherCzxid || (czxid == otherCzxid && order(node) < order(other));
    }

    int parent(final int node)
    {
        return getInt(node, PARENT);
    }

    void parent(final int node, final int parent)
    {
        putInt(node, PARENT, parent);
    }

    @Override
    public int hash(final int node)
    {
        return getInt(node, HASH);
    }

    void hash(final int node, final int hash)
    {
        putInt(node, HASH, hash);
    }

    @Override
    public int chainNext(final int node)
    {
        return getInt(node, INDEX_NEXT);
    }

    @Override
    public void chainNext(final int node, final int next)
    {
        putInt(node, INDEX_NEXT, next);
    }

    int acl(final int node)
    {
        return getInt(node, ACL);
    }

    void acl(final int node, final int aclId)
    {
        putInt(node, ACL, aclId);
    }

    int payload(final int node)
    {
        return getInt(node, PAYLOAD);
    }

    int payloadLength(final int node)
    {
        return getInt(node, PAYLOAD_LENGTH);
    }

    void payload(final int node, final int slot, final int length)
    {
        putInt(node, PAYLOAD, slot);
        putInt(node, PAYLOAD_LENGTH, length);
    }

    /** Number of the last snapshot walk that wrote this znode. */
    int walk(final int node)
    {
        return getInt(node, WALK);
    }

    void walk(final int node, final int walk)
    {
        putInt(node, WALK, walk);
    }

    int childCount(final int node)
    {
        return getInt(node, CHILD_COUNT);
    }

    void childCount(final int node, final int count)
    {
        putInt(node, CHILD_COUNT, count);
    }

    int firstChild(final int node)
    {
        return getInt(node, FIRST_CHILD);
    }

    void firstChild(final int node, final int child)
    {
        putInt(node, FIRST_CHILD, child);
    }

    /** The znode's record in the {@link FamilyStore}, or none for a znode without children. */
    int family(final int node)
    {
        return getInt(node, FAMILY);
    }

    void family(final int node, final int family)
    {
        putInt(node, FAMILY, family);
    }

    /** Its record in the {@link OwnedZnodes}, or none for a persistent znode. */
    int ownership(final int node)
    {
        return getInt(node, OWNERSHIP);
    }

    void ownership(final int node, final int ownership)
    {
        putInt(node, OWNERSHIP, ownership);
    }

    @Override
    public int next(final int node)
    {
        return getInt(node, NEXT);
    }

    @Override
    public void next(final int node, final int next)
    {
        putInt(node, NEXT, next);
    }

    @Override
    public int previous(final int node)
    {
        return getInt(node, PREVIOUS);
    }

    @Override
    public void previous(final int node, final int previous)
    {
        putInt(node, PREVIOUS, previous);
    }

    int crc(final int node)
    {
        return getInt(node, CRC);
    }

    void crc(final int node, final int crc)
    {
        putInt(node, CRC, crc);
    }
}
