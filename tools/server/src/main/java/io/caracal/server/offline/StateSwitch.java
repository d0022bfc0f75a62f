/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.open.OpenJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts a snapshot in the place of everything a journal holds, in one step, as for a learner that gets one: a crash
 * leaves all of the old or all of the new. Runs on a thread that stands in for the engine's.
 */
final class StateSwitch extends CheckOnly implements ReplayHandler
{
    private static final int PIECE_LENGTH = 64 * 1024;
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final OpenJournal journal;
    private final SnapshotStore store;
    private final long zxid;
    private final AtomicReference<Throwable> failure;
    private boolean isLoaded;
    private boolean isReplayed;
    private boolean isStored;
    private boolean isReceived;
    private long loadedZxid;

    /**
     * A switch to be made.
     *
     * @param journal open, on a directory that nobody else uses.
     * @param zxid    of the snapshot, in an epoch later than all of the journal's.
     * @param failure set by the journal's threads when one of them fails.
     */
    StateSwitch(final OpenJournal journal, final long zxid, final AtomicReference<Throwable> failure)
    {
        this.journal = journal;
        this.zxid = zxid;
        this.failure = failure;
        store = journal.snapshotStore();
    }

    /**
     * Makes it.
     *
     * @param file the snapshot, whole and forced.
     * @throws IOException when it could not be made: everything is as it was before.
     */
    void make(final Path file) throws IOException
    {
        await("the own history", this::readOwn);
        accept();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ))
        {
            await("room", () -> store.beginReceive(zxid, size(channel)));
            send(channel);
        }
        await("the end of the copy", store::endReceive);
        await("the switch", () ->
        {
            store.poll(this);
            return isReceived;
        });
    }

    /** The journal goes on from what it holds. */
    private boolean readOwn()
    {
        if (!isLoaded)
        {
            store.load(this);
        }
        else
        {
            journal.journal().replay(loadedZxid, this);
        }

        return isReplayed;
    }

    private void accept() throws IOException
    {
        final EpochStore epochs = journal.epochStore();
        if (epochs.acceptedEpoch() < Zxid.epoch(zxid))
        {
            await("the epoch", () -> epochs.store(Zxid.epoch(zxid), epochs.acceptedLeader(), epochs
                .currentEpoch()));
            await("the epoch", () ->
            {
                epochs.poll((accepted, leader, current) -> isStored = true);
                return isStored;
            });
        }
    }

    private void send(final FileChannel channel) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(PIECE_LENGTH);
        final UnsafeBuffer piece = new UnsafeBuffer(bytes);
        while (channel.read(bytes.clear()) > 0)
        {
            final int length = bytes.position();
            await("room", () ->
            {
                store.poll(this);
                return store.receive(piece, 0, length);
            });
        }
    }

    private static long size(final FileChannel channel)
    {
        try
        {
            return channel.size();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private void await(final String what, final BooleanSupplier condition) throws IOException
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean())
        {
            if (failure.get() != null)
            {
                throw new IOException("a restore could not be taken over", failure.get());
            }
            if (Thread.currentThread().isInterrupted() || System.nanoTime() - deadlineNs > 0)
            {
                throw new IOException("a restore waited in vain for " + what);
            }

            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void onLoadEnd(final long ofZxid, final long recordCount, final long digest)
    {
        loadedZxid = ofZxid;
        isLoaded = true;
    }

    @Override
    public void onRecord(final long ofZxid, final long committedZxid, final DirectBuffer buffer, final int offset,
        final int length)
    {
        // It is about to be given up.
    }

    @Override
    public void onReplayEnd(final long lastZxid)
    {
        isReplayed = true;
    }

    @Override
    public void onReceived(final long ofZxid)
    {
        isReceived = true;
    }

    @Override
    public void onReceiveFailed(final long ofZxid)
    {
        throw new UncheckedIOException(new IOException("the snapshot that is to be restored could not be taken " +
            "over; the log of the server says why"));
    }
}
