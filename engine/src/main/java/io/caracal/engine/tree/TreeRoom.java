/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.memory.MemoryTag;
import java.util.function.LongSupplier;

/**
 * How much memory the znodes of a server take, and how much they may take: by the limit of this server, and while it
 * leads, by the limits of those that follow it. What counts is memory in use: what deleted znodes left free is there
 * for others, so deleting always makes room. Owned by the engine's thread.
 */
public final class TreeRoom
{
    /** A limit that permits everything. */
    public static final long UNLIMITED = 0;

    /** A tree is nearly full when less than this part of its limit is left. */
    private static final int NEARLY_FULL_PART = 10;

    /** Lists may take this part of the limit beyond it. */
    private static final int LISTS_PART = 16;

    /** A tree is roomy when at least this part of its limit is left. */
    private static final int ROOMY_PART = 5;

    private static final MemoryTag[] TAGS =
        { MemoryTag.ZNODES, MemoryTag.PAYLOADS, MemoryTag.INDEX, MemoryTag.ACLS, MemoryTag.EPHEMERALS };

    private final MemoryLedger ledger;
    private final LongSupplier aside;
    private long ownBytesMax;
    private long othersBytesMax = UNLIMITED;
    private long narrowest;

    /**
     * Watches the memory of a tree.
     *
     * @param ledger   counts it.
     * @param aside    what of it is taken by trees that nobody is served from: the second one of a restore.
     * @param bytesMax what znodes may take on this server, or {@link #UNLIMITED}.
     */
    public TreeRoom(final MemoryLedger ledger, final LongSupplier aside, final long bytesMax)
    {
        this.ledger = ledger;
        this.aside = aside;
        ownBytesMax = bytesMax;
    }

    /**
     * Changes the limit of this server.
     *
     * @param newBytesMax what znodes may take from now on, or {@link #UNLIMITED}.
     */
    public void bytesMax(final long newBytesMax)
    {
        ownBytesMax = newBytesMax;
    }

    /**
     * Changes the limit of those that follow this server.
     *
     * @param newBytesMax the smallest of their limits, or {@link #UNLIMITED}.
     * @param server      whose it is.
     */
    public void othersBytesMax(final long newBytesMax, final long server)
    {
        othersBytesMax = newBytesMax;
        narrowest = server;
    }

    /**
     * The limit of this server alone, which others are told.
     *
     * @return bytes, or {@link #UNLIMITED}.
     */
    public long ownBytesMax()
    {
        return ownBytesMax;
    }

    /**
     * The limit: the smaller of that of this server and that of those that follow it.
     *
     * @return bytes, or {@link #UNLIMITED}.
     */
    public long bytesMax()
    {
        return isOthers() ? othersBytesMax : ownBytesMax;
    }

    /**
     * Whether a server that follows this one permits less than this server itself.
     *
     * @return false when {@link #bytesMax()} is the limit of this server.
     */
    public boolean isOthers()
    {
        return othersBytesMax != UNLIMITED && (ownBytesMax == UNLIMITED || othersBytesMax < ownBytesMax);
    }

    /**
     * The server with the smallest limit of those that follow this one.
     *
     * @return its id; only with {@link #isOthers}.
     */
    public long narrowest()
    {
        return narrowest;
    }

    /**
     * Memory that znodes take now, with their names, payloads, ACLs and the index by path.
     *
     * @return bytes, zero or more.
     */
    public long bytes()
    {
        return bytes(ledger) - aside.getAsLong();
    }

    /** Memory that all trees of a server take. */
    static long bytes(final MemoryLedger ledger)
    {
        long bytes = 0;
        for (final MemoryTag tag : TAGS)
        {
            bytes += ledger.usedBytes(tag);
        }

        return bytes;
    }

    /**
     * Whether there is room for another znode.
     *
     * @param payloadLength length of its data, -1 for none.
     * @return false when it would take the tree beyond its limit.
     */
    public boolean permitsZnode(final int payloadLength)
    {
        return permits((long)NodeStore.RECORD_LENGTH + Math.max(0, payloadLength));
    }

    /**
     * Whether the tree may grow.
     *
     * @param more bytes.
     * @return false when these would take it beyond its limit.
     */
    public boolean permits(final long more)
    {
        final long max = bytesMax();

        return max == UNLIMITED || bytes() + more <= max;
    }

    /**
     * Whether a znode may get an access control list that no znode has so far. Lists may take a little more than the
     * limit, so that a full tree can still be locked.
     *
     * @param length of the list in bytes.
     * @return false when there is no room for it even so.
     */
    public boolean permitsList(final int length)
    {
        return permits(length - bytesMax() / LISTS_PART);
    }

    /**
     * Whether there is no room for even the smallest znode.
     *
     * @return false without a limit.
     */
    public boolean isFull()
    {
        return !permitsZnode(0);
    }

    /**
     * Whether less than a tenth of the limit is left.
     *
     * @return false without a limit.
     */
    public boolean isNearlyFull()
    {
        return !permits(bytesMax() / NEARLY_FULL_PART);
    }

    /**
     * Whether a fifth of the limit or more is left.
     *
     * @return true without a limit.
     */
    public boolean isRoomy()
    {
        return permits(bytesMax() / ROOMY_PART);
    }
}
