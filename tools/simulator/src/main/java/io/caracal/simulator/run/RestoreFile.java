/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.snapshot.SnapshotLoader;
import io.caracal.engine.snapshot.SnapshotTarget;
import io.caracal.engine.tree.DataTree;
import io.caracal.engine.tree.EphemeralOwner;
import io.caracal.engine.tree.TreeOptions;
import io.caracal.simulator.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** A snapshot that an operator fetches from a server and sends back later, in small parts. It is held in memory. */
final class RestoreFile implements SnapshotTarget, AutoCloseable
{
    /** Length of a part. It is so short that records cross the boundaries of parts. */
    private static final int PART_LENGTH = 700;

    private final MemoryLedger ledger = new MemoryLedger();
    private final DataTree tree = new DataTree(ledger, new TreeOptions(0, true, new EphemeralOwner(true, false)));
    private final long zxid;

    RestoreFile(final SimulatedDisk disk)
    {
        zxid = disk.readSnapshot(new SnapshotLoader(tree, this));
    }

    /** Zxid of the snapshot, 0 when there was none. */
    long zxid()
    {
        return zxid;
    }

    /** Deletes the ephemerals at a zxid, and returns the parts of the remaining tree. */
    List<byte[]> parts(final long beginZxid)
    {
        for (long owner = tree.owned().nextOwner(0); owner != DataTree.NONE; owner = tree.owned().nextOwner(0))
        {
            tree.delete(tree.owned().firstOfSession(tree.owned().ownerAt(owner)), beginZxid);
        }

        final byte[] records = JoinedRecords.of(tree, ledger, beginZxid);
        final List<byte[]> parts = new ArrayList<>();

        for (int offset = 0; offset < records.length; offset += PART_LENGTH)
        {
            parts.add(Arrays.copyOfRange(records, offset, Math.min(records.length, offset + PART_LENGTH)));
        }

        return parts;
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
        // Sessions are not restored.
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
