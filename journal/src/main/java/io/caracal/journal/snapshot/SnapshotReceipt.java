/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.snapshot;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.SnapshotHandler;
import io.caracal.journal.duty.ChunkRing;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.log.ChronicleJournal;
import io.caracal.journal.snapshot.ReceiveOutcome.Phase;
import org.agrona.DirectBuffer;

/**
 * The receipt of another server's snapshot, as the engine's thread sees it. The bytes go through the ring to {@link
 * SnapshotReceiver}. This class passes the progress from one thread to the next: verified, switched, in place. The
 * journal takes no appends or truncations from the end of the bytes to the end of the receipt.
 */
final class SnapshotReceipt
{
    private final ChunkRing ring;
    private final Doorbell bulk;
    private final ChronicleJournal journal;
    private final SnapshotReceiver receiver;
    private final Runnable whenInPlace;
    private long generation;
    private long zxid;
    private boolean isUnderWay;
    private boolean isEnded;
    private boolean isSwitching;

    SnapshotReceipt(final ChunkRing ring, final Doorbell bulk, final ChronicleJournal journal,
        final SnapshotReceiver receiver, final Runnable whenInPlace)
    {
        this.ring = ring;
        this.bulk = bulk;
        this.journal = journal;
        this.receiver = receiver;
        this.whenInPlace = whenInPlace;
    }

    boolean isUnderWay()
    {
        return isUnderWay;
    }

    boolean begin(final long newZxid, final long length)
    {
        Invariant.check(newZxid > 0 && length > 0, "received snapshot out of range");
        if (isUnderWay || !ring.offer(SnapshotWriter.RECEIVE_BEGIN, newZxid, length))
        {
            return false;
        }

        generation++;
        zxid = newZxid;
        isUnderWay = true;
        bulk.ring();
        return true;
    }

    boolean receive(final DirectBuffer buffer, final int offset, final int length)
    {
        Invariant.check(isUnderWay && !isEnded, "bytes without a snapshot being received");
        final boolean isTaken = ring.offer(SnapshotWriter.RECEIVE_BYTES, 0, 0, buffer, offset, length);
        bulk.ring();
        return isTaken;
    }

    boolean end()
    {
        Invariant.check(isUnderWay && !isEnded, "end without a snapshot being received");
        if (!journal.tryHold())
        {
            return false;
        }

        isEnded = ring.offer(SnapshotWriter.RECEIVE_END, 0, 0);
        if (!isEnded)
        {
            journal.goOn();
        }

        bulk.ring();
        return isEnded;
    }

    void abort()
    {
        if (isUnderWay && !isEnded)
        {
            over();
        }
    }

    int poll(final SnapshotHandler handler)
    {
        final Phase phase = isUnderWay ? receiver.phase(generation) : null;
        if (phase == null)
        {
            return 0;
        }

        return switch (phase)
        {
            case VERIFIED -> switchOver();
            case FAILED -> {
                over();
                handler.onReceiveFailed(zxid);
                yield 1;
            }
            case IN_PLACE -> {
                whenInPlace.run();
                over();
                handler.onReceived(zxid);
                yield 1;
            }
        };
    }

    private int switchOver()
    {
        if (!isSwitching)
        {
            isSwitching = true;
            journal.replace(zxid);
            return 1;
        }

        if (journal.isReplaced())
        {
            receiver.switched(generation);
            bulk.ring();
        }

        return 0;
    }

    private void over()
    {
        if (isEnded)
        {
            journal.goOn();
        }

        receiver.abandon(generation);
        isUnderWay = false;
        isEnded = false;
        isSwitching = false;
        bulk.ring();
    }
}
