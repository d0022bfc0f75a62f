/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import io.caracal.engine.port.CatchUp;
import io.caracal.engine.port.EpochStore;
import io.caracal.engine.port.Journal;
import io.caracal.engine.port.SnapshotStore;
import io.caracal.journal.JournalContext;
import io.caracal.journal.JournalEvents;
import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.DirectoryEntries;
import io.caracal.journal.log.RecordPlaces;
import io.caracal.journal.open.OpenJournal;
import io.caracal.simulator.contract.Storage;
import io.caracal.simulator.contract.StorageDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The real adapters over a directory of their own, with small segments, in the form that the contracts use. */
public final class RealStorage implements Storage
{
    private static final long PAUSE_NS = 200_000;
    private static final long PURGE_DEADLINE_NS = 60_000_000_000L;
    /** A read may stand still for longer than any test takes, however slow the disk is. */
    private static final long PATIENCE_MS = 600_000;

    /** Number of records in the snapshot of another server. */
    public static final int RECORDS_OF_ANOTHER = 20;

    /** All reported failures. */
    public final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** Injects faults. */
    public final FaultyFileSystem fileSystem = new FaultyFileSystem();

    private Path directory;
    private final UnaryOperator<JournalContext> settings;
    private final AtomicInteger purges = new AtomicInteger();
    private OpenJournal open;
    private Runnable whileWaiting = () ->
    {
    };

    public RealStorage(final Path directory, final UnaryOperator<JournalContext> settings)
    {
        this.directory = directory;
        this.settings = settings;
    }

    /** Creates a storage in a new temporary directory, with segments of 4 MB. */
    public static RealStorage fresh()
    {
        return fresh(UnaryOperator.identity());
    }

    public static RealStorage fresh(final UnaryOperator<JournalContext> settings)
    {
        return new RealStorage(newDirectory("caracal-journal"), settings);
    }

    /**
     * Returns the snapshot file of another server, which has one record, at the given zxid, and a state of
     * {@link #RECORDS_OF_ANOTHER} records at it.
     */
    public static byte[] snapshotOfAnother(final long zxid)
    {
        try (RealStorage other = fresh())
        {
            other.open();
            final StorageDriver writer = new StorageDriver(other);
            writer.start();
            writer.appendDurably(zxid, 100);
            writer.snapshot(zxid, RECORDS_OF_ANOTHER);
            return other.snapshotFile(zxid);
        }
    }

    private static Path newDirectory(final String prefix)
    {
        try
        {
            return Files.createTempDirectory(prefix);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public Path directory()
    {
        return directory;
    }

    /** Returns how the context differs from the usual one. */
    public UnaryOperator<JournalContext> settings()
    {
        return settings;
    }

    public DataLayout layout()
    {
        return context().conclude().layout();
    }

    public OpenJournal opened()
    {
        return open;
    }

    public JournalContext context()
    {
        return settings.apply(new JournalContext().dataDir(directory).segmentLength(4 << 20).recordLengthMax(2 << 20)
            .ringLength(256 << 10).snapshotRingLength(256 << 10).catchUpStallMs(PATIENCE_MS).spaceRetryIntervalMs(20)
            .fileSystem(fileSystem)
            .onFailure(this::failed).events(new PurgeCount()));
    }

    private void failed(final Throwable failure)
    {
        failures.add(failure);
    }

    /** Returns all files of the segments, in order. */
    public List<Path> segmentFiles()
    {
        // Not by a walk, which looks at each file itself: one beside a spare segment may just have been removed.
        final List<Path> files = new ArrayList<>();
        try
        {
            for (final Path segment : DirectoryEntries.of(layout().segments()))
            {
                files.addAll(DirectoryEntries.of(segment));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }

        return files.stream().filter(file -> file.toString().endsWith(".cq4")).sorted().toList();
    }

    @Override
    public void open()
    {
        open = OpenJournal.open(context());
    }

    @Override
    public void shutDown()
    {
        if (open != null)
        {
            fileSystem.holdForces(false);
            open.close();
            open = null;
        }

        if (!failures.isEmpty())
        {
            throw new AssertionError("the journal failed", failures.peek());
        }
    }

    @Override
    public Journal journal()
    {
        return open.journal();
    }

    @Override
    public SnapshotStore snapshotStore()
    {
        return open.snapshotStore();
    }

    @Override
    public EpochStore epochStore()
    {
        return open.epochStore();
    }

    @Override
    public CatchUp catchUp()
    {
        return open.catchUp();
    }

    /** Simulates a kill: another process would find what the files hold at this moment, forced or not. */
    @Override
    public void crash()
    {
        final Path image = newDirectory("caracal-killed");
        fileSystem.whileFrozen(() -> CrashImage.copy(directory, image));
        final Path old = directory;
        try
        {
            shutDown();
        }
        finally
        {
            directory = image;
            delete(old);
        }
    }

    @Override
    public void damageRecord(final long zxid)
    {
        for (final Path file : segmentFiles())
        {
            final long position = RecordPlaces.positionOf(file, zxid);
            if (position >= 0)
            {
                flipByte(file, position + 100);
                return;
            }
        }

        throw new AssertionError("no record " + zxid);
    }

    @Override
    public byte[] snapshotFile(final long zxid)
    {
        try
        {
            return Files.readAllBytes(snapshotPath(zxid));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Returns the path of a published snapshot. */
    public Path snapshotPath(final long zxid)
    {
        return layout().snapshots().resolve(String.format(Locale.ROOT, "snapshot-%016x", zxid));
    }

    /** Sets what is done repeatedly while somebody waits. It may throw, which ends the waiting. */
    public void whileWaiting(final Runnable hook)
    {
        whileWaiting = hook;
    }

    @Override
    public void pause()
    {
        whileWaiting.run();
        LockSupport.parkNanos(PAUSE_NS);
    }

    @Override
    public void fillDisk()
    {
        fileSystem.full(true);
    }

    @Override
    public void freeDisk()
    {
        fileSystem.full(false);
    }

    @Override
    public void holdForces()
    {
        fileSystem.holdForces(true);
    }

    @Override
    public void releaseForces()
    {
        fileSystem.holdForces(false);
    }

    @Override
    public void damageSnapshot(final long zxid)
    {
        flipByte(snapshotPath(zxid), 60);
    }

    @Override
    public void purge(final int retainCount)
    {
        final int before = purges.get();
        final long deadlineNs = System.nanoTime() + PURGE_DEADLINE_NS;
        open.purge(retainCount);
        while (purges.get() == before)
        {
            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("waited in vain for: end of a purge");
            }

            pause();
        }
    }

    @Override
    public void close()
    {
        try
        {
            shutDown();
        }
        finally
        {
            delete(directory);
        }
    }

    /** Changes one byte of a file. */
    public static void flipByte(final Path file, final long position)
    {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE))
        {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte)(one.get(0) ^ 0x10)).flip();
            channel.write(one, position);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public static void delete(final Path root)
    {
        try (Stream<Path> files = Files.walk(root))
        {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
            {
                Files.delete(file);
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private final class PurgeCount implements JournalEvents
    {
        @Override
        public void onPurged(final int snapshots, final int segments)
        {
            purges.incrementAndGet();
        }
    }
}
