/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.nothing;

import io.caracal.transport.PatientJoin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Collects writes into a group and puts the whole group on the disk with one force. It forces in the caller's thread,
 * or in a thread of its own while the next group is being collected. {@link #append}, {@link #begin} and {@link #poll}
 * belong to the loop's thread.
 */
final class GroupForce implements AutoCloseable
{
    private static final int GROUP_LENGTH = 16 << 20;
    private static final int IDLE = 0;
    private static final int ASKED = 1;
    private static final int DONE = 2;
    private static final int FAILED = 3;
    private static final int STOPPED = 4;

    private final ForcedFile file;
    private final Runnable onDone;
    private final Thread thread;
    private ByteBuffer collecting = ByteBuffer.allocateDirect(GROUP_LENGTH);
    private ByteBuffer forcing = ByteBuffer.allocateDirect(GROUP_LENGTH);
    private final UnsafeBuffer view = new UnsafeBuffer(collecting);
    private volatile int state = IDLE;
    private volatile Throwable failure;
    private boolean underWay;
    private long forces;

    GroupForce(final Path path, final long fileLength, final Runnable onDone) throws IOException
    {
        file = new ForcedFile(path, fileLength);
        this.onDone = onDone;
        thread = new Thread(this::forceWhenAsked, "nothing-force");
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds a write to the group. Returns false when the group is full and has to be forced first. */
    boolean append(final DirectBuffer buffer, final int offset, final int length)
    {
        if (collecting.remaining() < length)
        {
            return false;
        }
        view.putBytes(collecting.position(), buffer, offset, length);
        collecting.position(collecting.position() + length);
        return true;
    }

    boolean isEmpty()
    {
        return collecting.position() == 0;
    }

    boolean isUnderWay()
    {
        return underWay;
    }

    long forces()
    {
        return forces;
    }

    /** Puts the collected group on the disk. Returns when it is there. */
    void forceInline() throws IOException
    {
        collecting.flip();
        file.write(collecting);
        file.force();
        collecting.clear();
        forces++;
    }

    /** Hands the collected group to the thread. Permitted only when no group is under way. */
    void begin()
    {
        final ByteBuffer group = collecting;
        collecting = forcing;
        collecting.clear();
        view.wrap(collecting);
        group.flip();
        forcing = group;
        underWay = true;
        state = ASKED;
        LockSupport.unpark(thread);
    }

    /** Returns true once after a group that was begun is on the disk. */
    boolean poll() throws IOException
    {
        if (!underWay || state == ASKED)
        {
            return false;
        }
        if (state == FAILED)
        {
            throw new IOException("a group could not be forced: " + failure, failure);
        }
        underWay = false;
        state = IDLE;
        forces++;
        return true;
    }

    private void forceWhenAsked()
    {
        while (state != STOPPED)
        {
            if (state == ASKED)
            {
                forceGroup();
            }
            else
            {
                LockSupport.park(this);
            }
        }
    }

    private void forceGroup()
    {
        try
        {
            file.write(forcing);
            file.force();
            state = DONE;
        }
        catch (final Throwable ex)
        {
            failure = ex;
            state = FAILED;
        }
        onDone.run();
    }

    @Override
    public void close() throws IOException
    {
        while (underWay && state == ASKED)
        {
            Thread.onSpinWait();
        }
        state = STOPPED;
        LockSupport.unpark(thread);
        if (PatientJoin.join(thread, Long.MAX_VALUE))
        {
            Thread.currentThread().interrupt();
        }
        file.close();
    }
}
