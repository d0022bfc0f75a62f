/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.Slab;
import io.caracal.engine.protocol.StatEncoder;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stats of the znodes. They are the second cache line of each record of {@link NodeStore}, which finding a znode
 * does not touch. Everybody may read them; only the tree writes them. Not thread-safe; owned by the engine's thread.
 */
public final class NodeStats
{
    private static final int CZXID = 64;
    private static final int MZXID = 72;
    private static final int PZXID = 80;
    private static final int CTIME = 88;
    private static final int MTIME = 96;
    private static final int VERSION = 104;
    private static final int CVERSION = 108;
    private static final int AVERSION = 112;

    private final Slab slab;

    NodeStats(final Slab slab)
    {
        this.slab = slab;
    }

    private int getInt(final int node, final int field)
    {
        return slab.buffer(node).getInt(slab.offset(node) + field);
    }

    private void putInt(final int node, final int field, final int value)
    {
        slab.buffer(node).putInt(slab.offset(node) + field, value);
    }

    private long getLong(final int node, final int field)
    {
        return slab.buffer(node).getLong(slab.offset(node) + field);
    }

    /**
     * The transaction that created a znode.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long czxid(final long node)
    {
        return getLong((int)node, CZXID);
    }

    /**
     * The transaction that last set a znode's payload.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long mzxid(final long node)
    {
        return getLong((int)node, MZXID);
    }

    /**
     * The transaction that last created or deleted a child of a znode.
     *
     * @param node the znode.
     * @return zxid.
     */
    public long pzxid(final long node)
    {
        return getLong((int)node, PZXID);
    }

    void pzxid(final int node, final long zxid)
    {
        slab.buffer(node).putLong(slab.offset(node) + PZXID, zxid);
    }

    /**
     * When a znode was created.
     *
     * @param node the znode.
     * @return wall clock of the leader, milliseconds.
     */
    public long ctimeMs(final long node)
    {
        return getLong((int)node, CTIME);
    }

    /**
     * When a znode's payload was last set.
     *
     * @param node the znode.
     * @return wall clock of the leader, milliseconds.
     */
    public long mtimeMs(final long node)
    {
        return getLong((int)node, MTIME);
    }

    /**
     * The version of a znode's payload.
     *
     * @param node the znode.
     * @return version.
     */
    public int version(final long node)
    {
        return getInt((int)node, VERSION);
    }

    /**
     * The number of children ever created below a znode.
     *
     * @param node the znode.
     * @return as stored: creations only. {@link ReadableTree#encodeStat} gives what clients see.
     */
    public int cversion(final long node)
    {
        return getInt((int)node, CVERSION);
    }

    void cversion(final int node, final int cversion)
    {
        putInt(node, CVERSION, cversion);
    }

    /**
     * The version of a znode's ACL.
     *
     * @param node the znode.
     * @return version.
     */
    public int aversion(final long node)
    {
        return getInt((int)node, AVERSION);
    }

    void aversion(final int node, final int aversion)
    {
        putInt(node, AVERSION, aversion);
    }

    void stamps(final int node, final long czxid, final long mzxid, final long pzxid, final long ctimeMs,
        final long mtimeMs)
    {
        final UnsafeBuffer record = slab.buffer(node);
        final int at = slab.offset(node);
        record.putLong(at + CZXID, czxid);
        record.putLong(at + MZXID, mzxid);
        record.putLong(at + PZXID, pzxid);
        record.putLong(at + CTIME, ctimeMs);
        record.putLong(at + MTIME, mtimeMs);
    }

    void versions(final int node, final int version, final int cversion, final int aversion)
    {
        final UnsafeBuffer record = slab.buffer(node);
        final int at = slab.offset(node);
        record.putInt(at + VERSION, version);
        record.putInt(at + CVERSION, cversion);
        record.putInt(at + AVERSION, aversion);
    }

    /** Updates the stat of a znode whose payload was set. */
    void dataChanged(final int node, final int version, final long zxid, final long timeMs)
    {
        final UnsafeBuffer record = slab.buffer(node);
        final int at = slab.offset(node);
        record.putInt(at + VERSION, version);
        record.putLong(at + MZXID, zxid);
        record.putLong(at + MTIME, timeMs);
    }

    /**
     * Encodes the stat that clients see: cversion counts every creation and removal of a child, and a null payload has
     * length 0.
     */
    void encode(final int node, final long owner, final StatEncoder stat)
    {
        final UnsafeBuffer record = slab.buffer(node);
        final int at = slab.offset(node);
        final int childCount = record.getInt(at + NodeStore.CHILD_COUNT);
        final int cversion = 2 * record.getInt(at + CVERSION) - childCount;
        stat.zxids(record.getLong(at + CZXID), record.getLong(at + MZXID), record.getLong(at + PZXID))
            .times(record.getLong(at + CTIME), record.getLong(at + MTIME))
            .versions(record.getInt(at + VERSION), cversion, record.getInt(at + AVERSION)).ephemeralOwner(owner)
            .sizes(Math.max(0, record.getInt(at + NodeStore.PAYLOAD_LENGTH)), childCount);
    }

    /**
     * Copies the part of the stat before the owner in the form that the digest uses: five longs and three ints,
     * big-endian.
     */
    void copy(final int node, final MutableDirectBuffer target)
    {
        final UnsafeBuffer record = slab.buffer(node);
        final int at = slab.offset(node);
        target.putLong(0, record.getLong(at + CZXID), ByteOrder.BIG_ENDIAN);
        target.putLong(8, record.getLong(at + MZXID), ByteOrder.BIG_ENDIAN);
        target.putLong(16, record.getLong(at + PZXID), ByteOrder.BIG_ENDIAN);
        target.putLong(24, record.getLong(at + CTIME), ByteOrder.BIG_ENDIAN);
        target.putLong(32, record.getLong(at + MTIME), ByteOrder.BIG_ENDIAN);
        target.putInt(40, record.getInt(at + VERSION), ByteOrder.BIG_ENDIAN);
        target.putInt(44, record.getInt(at + CVERSION), ByteOrder.BIG_ENDIAN);
        target.putInt(48, record.getInt(at + AVERSION), ByteOrder.BIG_ENDIAN);
    }
}
