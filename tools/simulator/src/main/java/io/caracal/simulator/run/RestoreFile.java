/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.snapshot.SnapshotTarget;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.simulator.disk.SimulatedDisk;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** A snapshot that somebody fetched from a server, and sends back later: in memory, and in small parts. */
final class RestoreFile implements SnapshotTarget, SnapshotSink, AutoCloseable
{
    /** So that records lie across parts. */
    private static final int PART_LENGTH = 700;

    private final MemoryLedger ledger = new MemoryLedger();
    private final DataTree tree = new DataTree(ledger, new TreeOptions(0, true, new EphemeralOwner(true, false)));
    private final ExpandableArrayBuffer records = new ExpandableArrayBuffer();
    private int length;
    private final long zxid;

    RestoreFile(final SimulatedDisk disk)
    {
        zxid = disk.readSnapshot(new SnapshotLoader(tree, this));
    }

    /** Last transaction that it holds, 0 when there was no snapshot. */
    long zxid()
    {
        return zxid;
    }

    /** Its tree without ephemerals, which go at a zxid. */
    List<byte[]> parts(final long beginZxid)
    {
        for (long owner = tree.owned().nextOwner(0); owner != DataTree.NONE; owner = tree.owned().nextOwner(0))
        {
            tree.delete(tree.owned().firstOfSession(tree.owned().ownerAt(owner)), beginZxid);
        }

        try (SnapshotWalk walk = new SnapshotWalk(this, ledger, tree))
        {
            walk.begin(beginZxid);

            while (walk.isRunning())
            {
                walk.doWork(Integer.MAX_VALUE, Long.MAX_VALUE);
            }
        }

        final List<byte[]> parts = new ArrayList<>();

        for (int offset = 0; offset < length; offset += PART_LENGTH)
        {
            final byte[] part = new byte[Math.min(PART_LENGTH, length - offset)];
            records.getBytes(offset, part);
            parts.add(part);
        }

        return parts;
    }

    @Override
    public boolean begin(final long atZxid)
    {
        return true;
    }

    @Override
    public boolean write(final DirectBuffer buffer, final int offset, final int recordLength)
    {
        records.putInt(length, recordLength, ByteOrder.LITTLE_ENDIAN);
        records.putBytes(length + Integer.BYTES, buffer, offset, recordLength);
        length += Integer.BYTES + recordLength;

        return true;
    }

    @Override
    public boolean writeBeforeImage(final DirectBuffer buffer, final int offset, final int recordLength)
    {
        throw new IllegalStateException("nothing changes meanwhile");
    }

    @Override
    public boolean finish(final long recordCount, final long digest)
    {
        return true;
    }

    @Override
    public void abort()
    {
        length = 0;
    }

    @Override
    public void onReset()
    {
        // Only the tree counts.
    }

    @Override
    public void onSession(final long sessionId, final int timeoutMs, final long ownerServer, final long attachNumber,
        final boolean isImported)
    {
        // No session comes back.
    }

    @Override
    public void onOrigin(final long serverId, final long incarnation, final long sequence)
    {
        // Belongs to the history, not to the tree.
    }

    @Override
    public void onEpochEnd(final long endZxid, final boolean isFirst)
    {
        // Belongs to the history, not to the tree.
    }

    @Override
    public void onSecret(final DirectBuffer buffer, final int offset, final int secretLength)
    {
        // Belongs to the history, not to the tree.
    }

    @Override
    public void close()
    {
        tree.close();
    }
}
