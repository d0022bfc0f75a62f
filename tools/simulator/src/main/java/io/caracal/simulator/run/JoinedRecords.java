/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.memory.MemoryLedger;
import io.caracal.engine.port.SnapshotSink;
import io.caracal.engine.snapshot.SnapshotWalk;
import io.caracal.engine.tree.DataTree;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** The records of a snapshot, joined as a restore sends them: each record follows its length in four bytes. */
public final class JoinedRecords implements SnapshotSink
{
    private final ExpandableArrayBuffer records = new ExpandableArrayBuffer();
    private int length;

    private JoinedRecords()
    {
    }

    /**
     * Takes a snapshot of a tree, which must not change meanwhile.
     *
     * @param tree   to take it of.
     * @param ledger accounts for the memory of the walk.
     * @param zxid   of the snapshot.
     * @return the joined records.
     */
    public static byte[] of(final DataTree tree, final MemoryLedger ledger, final long zxid)
    {
        final JoinedRecords joined = new JoinedRecords();

        try (SnapshotWalk walk = new SnapshotWalk(joined, ledger, tree))
        {
            walk.begin(zxid);

            while (walk.isRunning())
            {
                walk.doWork(Integer.MAX_VALUE, Long.MAX_VALUE);
            }
        }

        final byte[] bytes = new byte[joined.length];
        joined.records.getBytes(0, bytes);

        return bytes;
    }

    @Override
    public boolean begin(final long zxid)
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
}
