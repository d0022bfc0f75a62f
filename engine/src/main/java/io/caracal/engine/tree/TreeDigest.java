/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.tree;

import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The digest of the tree: the sum, over all znodes but those strictly below /zookeeper, of the CRC-32 of path,
 * payload and stat. The CRC of path and payload is kept in each record, so that a change of the stat alone, such
 * as that of a parent whose child was created, reads neither.
 */
final class TreeDigest
{
    private static final int STAT_LENGTH = 60;
    private static final int SCRATCH_LENGTH_MIN = 4096;

    private final boolean isKept;
    private final NodeStore nodes;
    private final NodeNames names;
    private final PayloadStore payloads;
    private final EphemeralIndex ephemerals;
    private final CRC32 crc = new CRC32();
    private final CrcShift beforeStat = new CrcShift(STAT_LENGTH);
    private final byte[] statBytes = new byte[STAT_LENGTH];
    private final UnsafeBuffer stat = new UnsafeBuffer(statBytes);
    private byte[] scratchBytes = new byte[SCRATCH_LENGTH_MIN];
    private final UnsafeBuffer scratch = new UnsafeBuffer(scratchBytes);
    private int prefixOf;
    private int prefixLength;
    private long sum;

    TreeDigest(final boolean isKept, final NodeStore nodes, final NodeNames names, final PayloadStore payloads,
        final EphemeralIndex ephemerals)
    {
        this.isKept = isKept;
        this.nodes = nodes;
        this.names = names;
        this.payloads = payloads;
        this.ephemerals = ephemerals;
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
    }

    /** Before the stat of a znode changes, or before it goes. */
    void subtract(final int node)
    {
        if (counts(node))
        {
            sum -= crcOf(node);
        }
    }

    /** After the stat of a znode changed. */
    void add(final int node)
    {
        if (counts(node))
        {
            sum += crcOf(node);
        }
    }

    /** After a znode was born or got another payload. */
    void addNew(final int node)
    {
        if (counts(node))
        {
            final int parent = nodes.parent(node);
            if (parent == NodeStore.NONE)
            {
                crc.reset();
            }
            else
            {
                putPath(node, parent);
                crc.reset();
                crc.update(scratchBytes, 0, prefixLength + 1 + names.length(node));
            }
            updateWithPayload(node);
            nodes.crc(node, (int)crc.getValue());
            add(node);
        }
    }

    private boolean counts(final int node)
    {
        return isKept && !nodes.is(node, NodeStore.NOT_IN_DIGEST);
    }

    private long crcOf(final int node)
    {
        stat.putLong(0, nodes.czxid(node), ByteOrder.BIG_ENDIAN);
        stat.putLong(8, nodes.mzxid(node), ByteOrder.BIG_ENDIAN);
        stat.putLong(16, nodes.pzxid(node), ByteOrder.BIG_ENDIAN);
        stat.putLong(24, nodes.ctimeMs(node), ByteOrder.BIG_ENDIAN);
        stat.putLong(32, nodes.mtimeMs(node), ByteOrder.BIG_ENDIAN);
        stat.putInt(40, nodes.version(node), ByteOrder.BIG_ENDIAN);
        stat.putInt(44, nodes.cversion(node), ByteOrder.BIG_ENDIAN);
        stat.putInt(48, nodes.aversion(node), ByteOrder.BIG_ENDIAN);
        stat.putLong(52, ephemerals.owner(node), ByteOrder.BIG_ENDIAN);
        crc.reset();
        crc.update(statBytes, 0, STAT_LENGTH);

        return beforeStat.join(nodes.crc(node), (int)crc.getValue()) & 0xFFFF_FFFFL;
    }

    /**
     * Writes the path to the scratch; the part that siblings share is often there already. It cannot be stale: a
     * znode that takes the number of one that is gone was itself born through here, under another parent.
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

    private void updateWithPayload(final int node)
    {
        final int length = nodes.payloadLength(node);
        final int from = prefixOf == NodeStore.NONE ? 0 : prefixLength;
        for (int done = 0; done < length;)
        {
            // Behind the shared part of the path, which stays.
            ensureScratch(from + SCRATCH_LENGTH_MIN);
            final int bite = Math.min(length - done, scratchBytes.length - from);
            payloads.copy(nodes.payload(node), length, done, scratch, from, bite);
            crc.update(scratchBytes, from, bite);
            done += bite;
        }
    }
}
