/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.engine.zab.Zxid;
import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.open.OpenJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A state that takes the place of everything a server has, when it starts the next time. The journal makes the switch
 * in one step, as for a learner that gets a snapshot: a crash leaves all of the old or all of the new.
 *
 * <pre>
 *   caracal-1/restore/upload            as it comes
 *                     snapshot-Z        whole and checked, in an epoch of its own; forced
 *                     ready             names Z and the epoch E that was accepted when it was made; forced, renamed
 * </pre>
 *
 * It counts only while the accepted epoch is still E, or that of Z, which is later than the one after E. The start that
 * takes it over accepts the epoch of Z first, and whoever leads after the switch begins with a later one: a mark that
 * comes back, since its removal did not survive a power cut, is void.
 */
public final class StagedRestore
{
    private static final String DIRECTORY = "restore";
    private static final String READY = "ready";
    private static final Pattern MARK = Pattern.compile("zxid 0x([0-9a-f]{1,16}) accepted ([0-9]{1,18})\n");
    private static final int HEXADECIMAL = 16;
    private static final int PIECE_LENGTH = 64 * 1024;
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(30);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final FileSystemCalls calls;
    private final Path directory;

    /**
     * What is staged for a server.
     *
     * @param home directory of the server's own files.
     */
    public StagedRestore(final Path home)
    {
        this(home, new RealFileSystem());
    }

    StagedRestore(final Path home, final FileSystemCalls calls)
    {
        this.calls = calls;
        directory = home.resolve(DIRECTORY);
    }

    /** Begins anew: whatever was staged, or left over, is gone. */
    Path begin() throws IOException
    {
        calls.createDirectory(directory);
        clear();
        return directory;
    }

    /** From now on the next start takes the snapshot of this zxid over, which lies there forced. */
    void ready(final long zxid, final long acceptedEpoch) throws IOException
    {
        final Path part = directory.resolve(READY + ".part");
        final String text = "zxid 0x" + Long.toHexString(zxid) + " accepted " + acceptedEpoch + "\n";
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE))
        {
            calls.write(channel, part, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            calls.force(channel, part);
        }
        calls.rename(part, directory.resolve(READY));
        calls.forceDirectory(directory);
        calls.forceDirectory(directory.getParent());
    }

    /** Removes everything, the mark first. */
    void clear() throws IOException
    {
        calls.remove(directory.resolve(READY));
        calls.forceDirectory(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory))
        {
            for (final Path file : files)
            {
                calls.remove(file);
            }
        }
    }

    /**
     * Takes over what is staged. Before the server opens its journal.
     *
     * @param context makes what the journal is opened with.
     * @return the zxid of the state that has taken the place of the old one, 0 when there was nothing to do.
     * @throws IOException when it could not be taken over: everything is as it was before, and still staged.
     */
    public long apply(final Supplier<JournalContext> context) throws IOException
    {
        final Matcher mark = mark();
        if (mark == null)
        {
            return 0;
        }

        final long zxid = Long.parseUnsignedLong(mark.group(1), HEXADECIMAL);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final boolean isMeant;
        try (OpenJournal journal = OpenJournal.open(context.get().onFailure(failure::set)))
        {
            final long accepted = journal.epochStore().acceptedEpoch();
            isMeant = accepted == Long.parseLong(mark.group(2)) || accepted == Zxid.epoch(zxid);
            if (isMeant)
            {
                new Switch(journal, zxid, failure).make(directory.resolve(String.format("snapshot-%016x", zxid)));
            }
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }

        clear();
        return isMeant ? zxid : 0;
    }

    /**
     * Forgets what is staged.
     *
     * @return whether there was anything.
     * @throws IOException when it cannot be removed.
     */
    public boolean discard() throws IOException
    {
        final boolean isStaged = Files.exists(directory.resolve(READY));
        if (isStaged)
        {
            clear();
        }

        return isStaged;
    }

    private Matcher mark() throws IOException
    {
        final Path ready = directory.resolve(READY);
        try
        {
            final Matcher mark = MARK.matcher(Files.readString(ready, StandardCharsets.US_ASCII));
            if (!mark.matches())
            {
                throw new IOException(ready + " is damaged; remove " + directory + " to start with what there is");
            }

            return mark;
        }
        catch (final NoSuchFileException ex)
        {
            return null;
        }
    }

    /** One switch, on the thread that stands in for the engine's. */
    private static final class Switch extends CheckOnly implements ReplayHandler
    {
        private final OpenJournal journal;
        private final SnapshotStore store;
        private final long zxid;
        private final AtomicReference<Throwable> failure;
        private boolean isLoaded;
        private boolean isReplayed;
        private boolean isStored;
        private boolean isReceived;
        private long loadedZxid;

        Switch(final OpenJournal journal, final long zxid, final AtomicReference<Throwable> failure)
        {
            this.journal = journal;
            this.zxid = zxid;
            this.failure = failure;
            store = journal.snapshotStore();
        }

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
}
