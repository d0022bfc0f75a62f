/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.epoch;

import io.caracal.engine.Invariant;
import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.TwoSlotFile;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duty;
import io.caracal.journal.format.EpochsDecoder;
import io.caracal.journal.format.EpochsEncoder;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.MessageHeaderEncoder;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Stores the epochs in a file of two slots, written by the journal thread with one force. The port's methods belong to
 * the engine's thread, those of the duty to the journal thread. One volatile field hands over the request and another
 * returns the result.
 */
public final class FileEpochStore implements EpochStore, Duty, AutoCloseable
{
    private static final int SLOT_LENGTH = 4096;

    private final TwoSlotFile file;
    private final Doorbell journal;
    private final Runnable wakeup;
    private volatile Epochs requested;
    private volatile Epochs stored;
    private Epochs durable;

    /**
     * Opens or creates the file.
     *
     * @param path    of the file.
     * @param calls   to the file system.
     * @param journal wakes the thread that runs this duty.
     * @param wakeup  wakes the engine.
     * @throws IOException when it cannot be read or created.
     */
    public FileEpochStore(final Path path, final FileSystemCalls calls, final Doorbell journal, final Runnable wakeup)
        throws IOException
    {
        this.file = new TwoSlotFile(path, calls, SLOT_LENGTH, EpochsDecoder.TEMPLATE_ID);
        this.journal = journal;
        this.wakeup = wakeup;
        durable = epochsOf(file.payload());
    }

    /**
     * Reads a file without changing it. A server may change it meanwhile.
     *
     * @param path of the file, which exists.
     * @return the epochs; zeros when none were ever stored.
     * @throws IOException when it cannot be read.
     */
    public static Epochs read(final Path path) throws IOException
    {
        return epochsOf(TwoSlotFile.read(path, EpochsDecoder.TEMPLATE_ID));
    }

    /**
     * Like {@link TwoSlotFile#isLocked}.
     *
     * @return false when another process works with it.
     */
    public boolean isLocked()
    {
        return file.isLocked();
    }

    private static Epochs epochsOf(final byte[] payload)
    {
        return payload == null ? new Epochs(0, 0, 0) : Epochs.decoded(payload);
    }

    @Override
    public long acceptedEpoch()
    {
        return durable.acceptedEpoch;
    }

    @Override
    public long acceptedLeader()
    {
        return durable.acceptedLeader;
    }

    @Override
    public long currentEpoch()
    {
        return durable.currentEpoch;
    }

    @Override
    public boolean store(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        Invariant.check(acceptedEpoch >= durable.acceptedEpoch, "accepted epoch goes back");
        Invariant.check(currentEpoch >= durable.currentEpoch, "current epoch goes back");
        Invariant.check(currentEpoch <= acceptedEpoch, "current epoch was never accepted");

        if (requested != null || stored != null)
        {
            return false;
        }

        requested = new Epochs(acceptedEpoch, acceptedLeader, currentEpoch);
        journal.ring();
        return true;
    }

    @Override
    public int poll(final EpochHandler handler)
    {
        final Epochs done = stored;
        if (done == null)
        {
            return 0;
        }

        durable = done;
        stored = null;
        handler.onEpochsDurable(done.acceptedEpoch, done.acceptedLeader, done.currentEpoch);
        return 1;
    }

    @Override
    public int doWork() throws IOException
    {
        final Epochs request = requested;
        if (request == null)
        {
            return 0;
        }

        file.replace(request.encoded());
        stored = request;
        requested = null;
        wakeup.run();
        return 1;
    }

    @Override
    public long idleNs()
    {
        return UNTIL_WOKEN;
    }

    @Override
    public void finish() throws IOException
    {
        doWork();
    }

    /** The file is closed after both threads have ended. */
    @Override
    public void onClose()
    {
    }

    @Override
    public void close() throws IOException
    {
        file.close();
    }

    /**
     * The stored values.
     *
     * @param acceptedEpoch  highest promised epoch.
     * @param acceptedLeader server id to which it was promised.
     * @param currentEpoch   epoch of the last leader whose history was adopted.
     */
    public record Epochs(long acceptedEpoch, long acceptedLeader, long currentEpoch)
    {
        private byte[] encoded()
        {
            final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + EpochsEncoder.BLOCK_LENGTH];
            new EpochsEncoder().wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderEncoder())
                .acceptedEpoch(acceptedEpoch).acceptedLeader(acceptedLeader).currentEpoch(currentEpoch);
            return bytes;
        }

        private static Epochs decoded(final byte[] bytes)
        {
            final EpochsDecoder decoder = new EpochsDecoder();
            decoder.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderDecoder());
            return new Epochs(decoder.acceptedEpoch(), decoder.acceptedLeader(), decoder.currentEpoch());
        }
    }
}
