/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.testing;

import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.RealFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The real file system with faults that can be switched on and off, and moments at which it stands still. */
public final class FaultyFileSystem implements FileSystemCalls
{
    private static final long HELD_POLL_NS = 200_000;

    /** Number of forces begun, of any file. */
    public final AtomicLong forces = new AtomicLong();

    /** Number of forces begun by the journal thread. */
    public final AtomicLong journalForces = new AtomicLong();

    private final AtomicInteger passes = new AtomicInteger();
    private final RealFileSystem real = new RealFileSystem();
    private final ReadWriteLock frost = new ReentrantReadWriteLock();
    private volatile boolean full;
    private volatile boolean held;
    private volatile Predicate<Path> failingForce = file -> false;
    private volatile Predicate<Path> failingWrite = file -> false;
    private volatile Predicate<Path> lackingRoom = file -> false;
    private volatile BiPredicate<String, Path> failingCall = (call, file) -> false;
    private volatile BiFunction<String, Path, Fault> faults = (call, file) -> Fault.NONE;
    private volatile BiConsumer<String, Path> beforeChange = (call, file) ->
    {
    };
    private volatile BiConsumer<String, Path> afterChange = (call, file) ->
    {
    };
    private volatile Consumer<Path> afterForce = file ->
    {
    };

    public void full(final boolean on)
    {
        full = on;
    }

    public void holdForces(final boolean on)
    {
        held = on;
    }

    public void failForce(final Predicate<Path> files)
    {
        failingForce = files;
    }

    public void failWrite(final Predicate<Path> files)
    {
        failingWrite = files;
    }

    /** Selects which of the modifying calls fail, by the call's name and its file. */
    public void failCall(final BiPredicate<String, Path> calls)
    {
        failingCall = calls;
    }

    /**
     * Decides what becomes of each modifying call, by its name and its file. Called on the thread that makes the call.
     */
    public void faults(final BiFunction<String, Path, Fault> decision)
    {
        faults = decision;
    }

    /** Selects the files for which the disk has no more room, while others still find some. */
    public void fullFor(final Predicate<Path> files)
    {
        lackingRoom = files;
    }

    /** Lets the journal thread's next force pass, whether it is already held or still to come. */
    public void letOneForcePass()
    {
        passes.set(1);
    }

    /** Called by the journal thread, right after each force. */
    public void afterForce(final Consumer<Path> hook)
    {
        afterForce = hook;
    }

    /** Called before each modifying call, on the thread that makes it, with the call's name and its file. */
    public void beforeChange(final BiConsumer<String, Path> hook)
    {
        beforeChange = hook;
    }

    /** Called after each modifying call that did not fail, before anything can follow it. */
    public void afterChange(final BiConsumer<String, Path> hook)
    {
        afterChange = hook;
    }

    /** Runs something while no modifying call is in progress. It sees what a kill at that moment would leave. */
    public void whileFrozen(final Runnable look)
    {
        frost.writeLock().lock();
        try
        {
            look.run();
        }
        finally
        {
            frost.writeLock().unlock();
        }
    }

    @Override
    public void createDirectory(final Path directory) throws IOException
    {
        thawed("createDirectory", directory, () -> real.createDirectory(directory));
    }

    @Override
    public void reserve(final Path file, final long length) throws IOException
    {
        checkRoom(file);
        thawed("reserve", file, () -> real.reserve(file, length), () -> real.reserve(file, 0));
    }

    @Override
    public void write(final FileChannel channel, final Path file, final ByteBuffer bytes, final long position)
        throws IOException
    {
        if (file.getFileName().toString().startsWith("snapshot"))
        {
            checkRoom(file);
        }

        if (failingWrite.test(file))
        {
            throw new IOException("Input/output error: " + file);
        }

        final ByteBuffer half = bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2);
        thawed("write", file, () -> real.write(channel, file, bytes, position), () -> real.write(channel, file, half,
            position));
    }

    @Override
    public void force(final FileChannel channel, final Path file) throws IOException
    {
        forces.incrementAndGet();
        final boolean isJournal = "caracal-journal".equals(Thread.currentThread().getName());
        if (isJournal)
        {
            journalForces.incrementAndGet();
        }

        // Segments that are being prepared hold nothing that could become durable, and the bulk thread has other work.
        final boolean isHoldable = isJournal || !file.toString().endsWith(".cq4");
        while (held && isHoldable && !(isJournal && passes.compareAndSet(1, 0)))
        {
            LockSupport.parkNanos(HELD_POLL_NS);
        }

        if (failingForce.test(file))
        {
            throw new IOException("Input/output error: " + file);
        }

        thawed("force", file, () -> real.force(channel, file));
        if (isJournal)
        {
            afterForce.accept(file);
        }
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException
    {
        thawed("forceDirectory", directory, () -> real.forceDirectory(directory));
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException
    {
        thawed("rename", from, () -> real.rename(from, to));
    }

    @Override
    public void truncate(final Path file, final long length) throws IOException
    {
        thawed("truncate", file, () -> real.truncate(file, length));
    }

    @Override
    public void remove(final Path path) throws IOException
    {
        thawed("remove", path, () -> real.remove(path));
    }

    private void thawed(final String name, final Path file, final Call call) throws IOException
    {
        thawed(name, file, call, () ->
        {
        });
    }

    private void thawed(final String name, final Path file, final Call call, final Call part) throws IOException
    {
        beforeChange.accept(name, file);
        if (failingCall.test(name, file))
        {
            throw new IOException("Input/output error: " + name + " " + file);
        }

        final Fault fault = faults.apply(name, file);
        frost.readLock().lock();
        try
        {
            (fault == Fault.NONE || fault == Fault.AFTERWARDS ? call : part).run();
            if (fault == Fault.NONE)
            {
                afterChange.accept(name, file);
            }
        }
        finally
        {
            frost.readLock().unlock();
        }
        fault.raise(name, file);
    }

    /** What becomes of a call. */
    public enum Fault
    {
        /** The call is made. */
        NONE,
        /** The call fails after half of what was to be written. */
        BROKEN,
        /** The call is made, but reported as failed. */
        AFTERWARDS,
        /** The call finds no room after half of what was to be written. */
        NO_ROOM;

        private void raise(final String call, final Path file) throws IOException
        {
            if (this == NO_ROOM)
            {
                throw new NoSpaceException("no room on disk for " + file);
            }
            if (this != NONE)
            {
                throw new IOException("Input/output error: " + call + " " + file);
            }
        }
    }

    private void checkRoom(final Path file) throws NoSpaceException
    {
        if (full || lackingRoom.test(file))
        {
            throw new NoSpaceException("no room on disk for " + file);
        }
    }

    @FunctionalInterface
    private interface Call
    {
        void run() throws IOException;
    }
}
