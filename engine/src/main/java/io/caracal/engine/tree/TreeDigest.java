/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The digest of the tree: the sum of a CRC-32 of path, payload and stat over all znodes, except those strictly below
 * /zookeeper. Each record keeps its own CRC, so subtracting it from the sum reads nothing else. A CRC is linear: when
 * only the stat of a znode changes, as that of a parent when a child is created, the CRCs of the old and the new stat
 * turn the old value into the new one. Neither path nor payload is read.
 */
final class TreeDigest
{
    private static final int STAT_LENGTH = 60;
    private static final int OWNER_OFFSET = 52;
    private static final long CRC_MASK = 0xFFFF_FFFFL;
    private static final int SCRATCH_LENGTH_MIN = 4096;

    private final boolean isKept;
    private final NodeStore nodes;
    private final NodeNames names;
    private final PayloadStore payloads;
    private final OwnedZnodes owned;
    private final CRC32 crc = new CRC32();
    private final byte[] statBytes = new byte[STAT_LENGTH];
    private final UnsafeBuffer stat = new UnsafeBuffer(statBytes);
    private byte[] scratchBytes = new byte[SCRATCH_LENGTH_MIN];
    private final UnsafeBuffer scratch = new UnsafeBuffer(scratchBytes);
    private int prefixOf;
    private int prefixLength;
    private long sum;

    TreeDigest(final boolean isKept, final NodeStore nodes, final NodeNames names, final PayloadStore payloads,
        final OwnedZnodes owned)
    {
        this.isKept = isKept;
        this.nodes = nodes;
        this.names = names;
        this.payloads = payloads;
        this.owned = owned;
    }

    boolean isKept()
    {
        return isKept;
    }

    long sum()
    {
        return sum;
    }

    void clear()
    {
        sum = 0;
        prefixOf = NodeStore.NONE;
        prefixLength = 0;
    }

    /** Call before a znode goes, or before its payload changes. */
    void remove(final int node)
    {
        if (counts(node))
        {
            sum -= nodes.crc(node) & CRC_MASK;
        }
    }

    /** Call before the stat of a znode changes and nothing else. */
    void beforeStat(final int node)
    {
        if (counts(node))
        {
            remove(node);
            nodes.crc(node, nodes.crc(node) ^ crcOfStat(node));
        }
    }

    /** Call after the stat of a znode changed. */
    void afterStat(final int node)
    {
        if (counts(node))
        {
            nodes.crc(node, nodes.crc(node) ^ crcOfStat(node));
            sum += nodes.crc(node) & CRC_MASK;
        }
    }

    /** Call after a znode was loaded or the root was created. Uses the payload in the tree. */
    void add(final int node)
    {
        final int slot = nodes.payload(node);
        final int length = Math.max(0, nodes.payloadLength(node));
        if (length == 0)
        {
            add(node, scratch, 0, 0);
        }
        else
        {
            add(node, payloads.buffer(slot, length), payloads.offset(slot, length), length);
        }
    }

    /**
     * Call after a znode was created, or before its payload is replaced. Reads the new payload from its source, which
     * is in the caches. The block that it is copied to may not be, and reading bytes that were just stored there would
     * wait for it.
     */
    void add(final int node, final DirectBuffer payload, final int offset, final int length)
    {
        if (counts(node))
        {
            crc.reset();
            updateWithPathAndPayload(node, payload, offset, Math.max(0, length));
            putStat(node);
            crc.update(statBytes, 0, STAT_LENGTH);
            nodes.crc(node, (int)crc.getValue());
            sum += nodes.crc(node) & CRC_MASK;
        }
    }

    private boolean counts(final int node)
    {
        return isKept && !nodes.is(node, NodeStore.NOT_IN_DIGEST);
    }

    private int crcOfStat(final int node)
    {
        putStat(node);
        crc.reset();
        crc.update(statBytes, 0, STAT_LENGTH);

        return (int)crc.getValue();
    }

    private void putStat(final int node)
    {
        nodes.stats().copy(node, stat);
        stat.putLong(OWNER_OFFSET, owned.owner(node), ByteOrder.BIG_ENDIAN);
    }

    /**
     * Writes the path to the scratch. The path of the parent, which siblings share, is often there already. It cannot
     * be stale: a znode that takes the number of a deleted one has itself passed through here at its creation, under
     * another parent.
     */
    private void putPath(final int node, final int parent)
    {
        if (prefixOf != parent)
        {
            prefixLength = names.pathLength(parent);
            ensureScratch(prefixLength);
            names.copyPath(parent, scratch, prefixLength);
            prefixOf = parent;
        }
        final int nameLength = names.length(node);
        ensureScratch(prefixLength + 1 + nameLength);
        scratch.putByte(prefixLength, (byte)'/');
        names.copy(node, nameLength, scratch, prefixLength + 1);
    }

    private void ensureScratch(final int length)
    {
        if (length > scratchBytes.length)
        {
            final byte[] longer = new byte[BitUtil.findNextPositivePowerOfTwo(length)];
            scratch.getBytes(0, longer, 0, scratchBytes.length);
            scratchBytes = longer;
            scratch.wrap(longer);
        }
    }

    /**
     * The path of the root is empty, so its payload goes behind the parent path that the scratch keeps. A long payload
     * goes through piece by piece.
     */
    private void updateWithPathAndPayload(final int node, final DirectBuffer payload, final int offset,
        final int length)
    {
        final int parent = nodes.parent(node);
        if (parent != NodeStore.NONE)
        {
            putPath(node, parent);
        }

        final int pathEnd = parent == NodeStore.NONE ? prefixLength : prefixLength + 1 + names.length(node);
        int from = parent == NodeStore.NONE ? pathEnd : 0;
        int done = 0;
        ensureScratch(pathEnd + Math.min(length, SCRATCH_LENGTH_MIN));
        do
        {
            final int bite = Math.min(length - done, scratchBytes.length - pathEnd);
            if (bite > 0)
            {
                payload.getBytes(offset + done, scratchBytes, pathEnd, bite);
            }
            crc.update(scratchBytes, from, pathEnd + bite - from);
            done += bite;
            from = pathEnd;
        }
        while (done < length);
    }
}
