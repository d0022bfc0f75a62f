/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

import io.caracal.journal.disk.DataLayout;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.BitUtil;

/**
 * Settings of the journal. Set what differs from the defaults and hand it to {@code OpenJournal.open(context)}, which
 * concludes it; afterwards it is frozen.
 * <ul>
 * <li>required: {@link #dataDir(Path)}, {@link #onFailure(Consumer)}</li>
 * <li>a disk of its own for the log: {@link #dataLogDir(Path)}</li>
 * <li>the log: {@link #forceSync(boolean)}, {@link #segmentLength(int)}, {@link #reserveLength(int)},
 * {@link #recordLengthMax(int)}, {@link #spaceRetryIntervalMs(long)}</li>
 * <li>snapshots and history for learners: {@link #snapRetainCount(int)}, {@link #catchUpStallMs(long)}</li>
 * <li>rings between threads: {@link #ringLength(int)}, {@link #snapshotRingLength(int)},
 * {@link #catchUpRingLength(int)}</li>
 * <li>its threads: {@link #threadFactory(ThreadFactory)}, {@link #idleMode(IdleMode)}, {@link #linger(boolean)},
 * {@link #ownsProcess(boolean)}</li>
 * <li>whom it works with: {@link #wakeup(Runnable)}, {@link #events(JournalEvents)},
 * {@link #fileSystem(FileSystemCalls)}, {@link #segmentIds(LongSupplier)}</li>
 * </ul>
 */
public final class JournalContext
{
    /** Smallest {@link #ringLength}. */
    public static final int RING_LENGTH_MIN = 64 * 1024;

    /** Largest {@link #segmentLength}. */
    public static final int SEGMENT_LENGTH_MAX = 1024 * 1024 * 1024;

    /** Smallest {@link #snapRetainCount}, as in ZooKeeper. */
    public static final int SNAP_RETAIN_COUNT_MIN = 3;

    private static final int SEGMENT_LENGTH_MIN = 1024 * 1024;
    private static final int PAGE_LENGTH = 4096;

    private Path dataDir;
    private Path dataLogDir;
    private boolean forceSync = true;
    private boolean linger;
    private boolean ownsProcess;
    private int ringLength = 8 * 1024 * 1024;
    private int recordLengthMax = 64 * 1024 * 1024;
    private int segmentLength = 128 * 1024 * 1024;
    private int reserveLength;
    private int snapshotRingLength = 4 * 1024 * 1024;
    private int catchUpRingLength = 512 * 1024;
    private long catchUpStallMs = 30_000;
    private int snapRetainCount = SNAP_RETAIN_COUNT_MIN;
    private long spaceRetryIntervalMs = 1000;
    private ThreadFactory threadFactory = Thread::new;
    private IdleMode idleMode = IdleMode.BLOCK;
    private Runnable wakeup = () ->
    {
    };
    private Consumer<Throwable> failureHandler;
    private JournalEvents events = JournalEvents.NONE;
    private FileSystemCalls fileSystem = new RealFileSystem();
    private LongSupplier segmentIds = new SecureRandom()::nextLong;
    private boolean concluded;

    /**
     * Sets the directory of the server's data. The journal keeps its files in {@code caracal-1} below it.
     *
     * @param directory created when missing.
     * @return this.
     */
    public JournalContext dataDir(final Path directory)
    {
        checkOpen();
        this.dataDir = directory;
        return this;
    }

    public Path dataDir()
    {
        return dataDir;
    }

    /**
     * Sets the directory of the transaction log, so that it may lie on a disk of its own. Default: {@link #dataDir()}.
     *
     * @param directory created when missing.
     * @return this.
     */
    public JournalContext dataLogDir(final Path directory)
    {
        checkOpen();
        this.dataLogDir = directory;
        return this;
    }

    public Path dataLogDir()
    {
        return dataLogDir;
    }

    /**
     * Returns where the files lie in these directories. Call it on a concluded context.
     *
     * @return the layout.
     */
    public DataLayout layout()
    {
        return DataLayout.in(dataDir, dataLogDir);
    }

    /**
     * Sets whether records are reported as durable only after a force. Default true. If false, they are reported once
     * they are in the system's page cache. Snapshots, epochs, rotation and close are forced all the same.
     *
     * @param force true to wait for the device.
     * @return this.
     */
    public JournalContext forceSync(final boolean force)
    {
        checkOpen();
        this.forceSync = force;
        return this;
    }

    public boolean forceSync()
    {
        return forceSync;
    }

    /**
     * Sets whether nothing else in this process uses Chronicle. Default false. If true, the parts of Chronicle that the
     * journal does not need are not loaded, which saves a tenth of a second of a start. They stay unloaded for the
     * whole process.
     *
     * @param alone true for a process that is this server and nothing else.
     * @return this.
     */
    public JournalContext ownsProcess(final boolean alone)
    {
        checkOpen();
        this.ownsProcess = alone;
        return this;
    }

    public boolean ownsProcess()
    {
        return ownsProcess;
    }

    /**
     * Sets whether the journal thread waits awake for a moment after a force for which few records waited, if that has
     * paid off before. Default false. For a server that shares its processors only with its clients.
     *
     * @param awake true to wait awake; only with {@link IdleMode#BLOCK}.
     * @return this.
     */
    public JournalContext linger(final boolean awake)
    {
        checkOpen();
        this.linger = awake;
        return this;
    }

    public boolean linger()
    {
        return linger;
    }

    /**
     * Sets the length of the ring between the engine and the journal thread. When it is full, append refuses. Default 8
     * MB.
     *
     * @param length bytes, a power of two, at least {@link #RING_LENGTH_MIN}.
     * @return this.
     */
    public JournalContext ringLength(final int length)
    {
        checkOpen();
        this.ringLength = length;
        return this;
    }

    public int ringLength()
    {
        return ringLength;
    }

    /**
     * Sets the length of the longest record that append takes. It may exceed the ring; such a record is staged and goes
     * through in chunks. Default 64 MB.
     *
     * @param length bytes; must fit into a segment beside its reserve.
     * @return this.
     */
    public JournalContext recordLengthMax(final int length)
    {
        checkOpen();
        this.recordLengthMax = length;
        return this;
    }

    public int recordLengthMax()
    {
        return recordLengthMax;
    }

    /**
     * Sets the length of a segment. This much is reserved on disk for the segment in use, and again for the spare one.
     * Default 128 MB.
     *
     * @param length bytes, a multiple of 4096, 1 MB to {@link #SEGMENT_LENGTH_MAX}.
     * @return this.
     */
    public JournalContext segmentLength(final int length)
    {
        checkOpen();
        this.segmentLength = length;
        return this;
    }

    public int segmentLength()
    {
        return segmentLength;
    }

    /**
     * Sets the length of the part at the end of each segment that is used only when no next segment can be reserved. It
     * is the room for closing sessions and new epochs on a full disk. Default (0): a quarter of the segment.
     *
     * @param length bytes, less than half of the segment.
     * @return this.
     */
    public JournalContext reserveLength(final int length)
    {
        checkOpen();
        this.reserveLength = length;
        return this;
    }

    public int reserveLength()
    {
        return reserveLength;
    }

    /**
     * Sets the length of the ring between the engine and the snapshot writer. When it is full, write refuses. Default 4
     * MB.
     *
     * @param length bytes, a power of two, at least {@link #RING_LENGTH_MIN}.
     * @return this.
     */
    public JournalContext snapshotRingLength(final int length)
    {
        checkOpen();
        this.snapshotRingLength = length;
        return this;
    }

    public int snapshotRingLength()
    {
        return snapshotRingLength;
    }

    /**
     * Sets the length of the rings between the bulk thread and the engine, one for each open read of history for a
     * learner. When a ring is full, its read waits, and no other. Default 512 KB.
     *
     * @param length bytes, a power of two, at least {@link #RING_LENGTH_MIN}.
     * @return this.
     */
    public JournalContext catchUpRingLength(final int length)
    {
        checkOpen();
        this.catchUpRingLength = length;
        return this;
    }

    public int catchUpRingLength()
    {
        return catchUpRingLength;
    }

    /**
     * Sets how long a read of history may stand still before it fails and no longer keeps anything from being purged.
     * Default 30,000.
     *
     * @param timeMs milliseconds, 1 or more.
     * @return this.
     */
    public JournalContext catchUpStallMs(final long timeMs)
    {
        checkOpen();
        this.catchUpStallMs = timeMs;
        return this;
    }

    public long catchUpStallMs()
    {
        return catchUpStallMs;
    }

    /**
     * Sets how many snapshots a purge is expected to keep, and so how far back the journal has to reach. Default 3.
     *
     * @param count at least {@link #SNAP_RETAIN_COUNT_MIN}; smaller values are raised to it.
     * @return this.
     */
    public JournalContext snapRetainCount(final int count)
    {
        checkOpen();
        this.snapRetainCount = Math.max(SNAP_RETAIN_COUNT_MIN, count);
        return this;
    }

    public int snapRetainCount()
    {
        return snapRetainCount;
    }

    /**
     * Sets how long to wait before something that failed for want of room, or of file descriptors, is tried again.
     * Default 1000.
     *
     * @param intervalMs milliseconds, 1 or more.
     * @return this.
     */
    public JournalContext spaceRetryIntervalMs(final long intervalMs)
    {
        checkOpen();
        this.spaceRetryIntervalMs = intervalMs;
        return this;
    }

    public long spaceRetryIntervalMs()
    {
        return spaceRetryIntervalMs;
    }

    /**
     * Sets the factory of the journal's threads. Default: plain threads.
     *
     * @param threads the factory.
     * @return this.
     */
    public JournalContext threadFactory(final ThreadFactory threads)
    {
        checkOpen();
        this.threadFactory = threads;
        return this;
    }

    public ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    /**
     * Sets what the journal's threads do while idle. Default {@link IdleMode#BLOCK}.
     *
     * @param mode how to idle.
     * @return this.
     */
    public JournalContext idleMode(final IdleMode mode)
    {
        checkOpen();
        this.idleMode = mode;
        return this;
    }

    public IdleMode idleMode()
    {
        return idleMode;
    }

    /**
     * Sets the hook that the journal's threads call when a poll of one of the ports would find news, so that an engine
     * waiting in a selector returns. It is called often, so it must be cheap, and safe from any thread. Default:
     * nothing.
     *
     * @param hook such as {@code selector::wakeup}.
     * @return this.
     */
    public JournalContext wakeup(final Runnable hook)
    {
        checkOpen();
        this.wakeup = hook;
        return this;
    }

    public Runnable wakeup()
    {
        return wakeup;
    }

    /**
     * Sets the handler that is called at most once, by the thread that noticed, when the journal can no longer keep its
     * promises. The server must stop then. Nothing further is appended, forced or reported as durable. Required.
     *
     * @param handler receives the cause.
     * @return this.
     */
    public JournalContext onFailure(final Consumer<Throwable> handler)
    {
        checkOpen();
        this.failureHandler = handler;
        return this;
    }

    public Consumer<Throwable> onFailure()
    {
        return failureHandler;
    }

    /**
     * Sets the listener to measurements and events. Default {@link JournalEvents#NONE}.
     *
     * @param listener called on the journal's threads.
     * @return this.
     */
    public JournalContext events(final JournalEvents listener)
    {
        checkOpen();
        this.events = listener;
        return this;
    }

    public JournalEvents events()
    {
        return events;
    }

    /**
     * Sets the calls to the file system that may fail or must be ordered. Tests use this to inject faults. Default: the
     * real calls.
     *
     * @param calls used by all threads of the journal.
     * @return this.
     */
    public JournalContext fileSystem(final FileSystemCalls calls)
    {
        checkOpen();
        this.fileSystem = calls;
        return this;
    }

    public FileSystemCalls fileSystem()
    {
        return fileSystem;
    }

    /**
     * Sets the source of each segment's random id, which seeds the checksums of its records. Default: a secure random
     * generator.
     *
     * @param ids must not repeat.
     * @return this.
     */
    public JournalContext segmentIds(final LongSupplier ids)
    {
        checkOpen();
        this.segmentIds = ids;
        return this;
    }

    public LongSupplier segmentIds()
    {
        return segmentIds;
    }

    /**
     * Checks all values, derives the defaults that depend on others, and freezes the context. The second call has no
     * effect.
     *
     * @return this.
     * @throws IllegalArgumentException when a value is out of its range; the message names it.
     */
    public JournalContext conclude()
    {
        if (concluded)
        {
            return this;
        }

        Objects.requireNonNull(dataDir, "dataDir");
        Objects.requireNonNull(failureHandler, "onFailure");
        dataLogDir = dataLogDir == null ? dataDir : dataLogDir;
        reserveLength = reserveLength == 0 ? segmentLength / 4 : reserveLength;
        checkRing("ringLength", ringLength);
        checkRing("snapshotRingLength", snapshotRingLength);
        checkRing("catchUpRingLength", catchUpRingLength);
        check(catchUpStallMs > 0, "catchUpStallMs", catchUpStallMs);
        check(segmentLength >= SEGMENT_LENGTH_MIN && segmentLength <= SEGMENT_LENGTH_MAX &&
            segmentLength % PAGE_LENGTH == 0, "segmentLength", segmentLength);
        check(reserveLength > 0 && reserveLength < segmentLength / 2, "reserveLength", reserveLength);
        check(recordLengthMax > 0 && recordLengthMax <= recordRoom(), "recordLengthMax", recordLengthMax);
        check(spaceRetryIntervalMs > 0, "spaceRetryIntervalMs", spaceRetryIntervalMs);
        concluded = true;

        return this;
    }

    /**
     * Room for one record. Chunk headers take less than a sixteenth of a large record, and the head of a segment takes
     * less than half a MB.
     */
    private int recordRoom()
    {
        return (segmentLength - reserveLength - SEGMENT_LENGTH_MIN / 2) / 16 * 15;
    }

    private static void checkRing(final String name, final int length)
    {
        check(BitUtil.isPowerOfTwo(length) && length >= RING_LENGTH_MIN, name, length);
    }

    private static void check(final boolean valid, final String name, final long value)
    {
        if (!valid)
        {
            throw new IllegalArgumentException(name + " out of range: " + value);
        }
    }

    private void checkOpen()
    {
        if (concluded)
        {
            throw new IllegalStateException("the context is concluded");
        }
    }
}
