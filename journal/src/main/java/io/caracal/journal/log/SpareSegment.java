/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.journal.JournalContext;
import io.caracal.journal.Removal;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.duty.Doorbell;
import io.caracal.journal.duty.Duty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the next segment ready: created, reserved and forced before it is needed, together with the room to name it in
 * the manifest. The bulk thread makes it and the journal thread takes it, which makes the bulk thread prepare the next.
 * If the disk has no room for it, or no file can be opened, that is reported and tried again at intervals.
 */
final class SpareSegment implements Duty
{
    private final JournalContext context;
    private final Path segments;
    private final Manifest manifest;
    private final Doorbell journal;
    private final Doorbell bulk;
    private final AtomicReference<Segment> ready = new AtomicReference<>();
    private final long retryIntervalNs;
    private long nextOrdinal;
    private long retryAtNs;
    private volatile IOException lack;
    private volatile boolean isBegun;

    SpareSegment(final JournalContext context, final Path segments, final Manifest manifest, final long nextOrdinal,
        final Doorbell journal, final Doorbell bulk)
    {
        this.context = context;
        this.segments = segments;
        this.manifest = manifest;
        this.nextOrdinal = nextOrdinal;
        this.journal = journal;
        this.bulk = bulk;
        this.retryIntervalNs = TimeUnit.MILLISECONDS.toNanos(context.spaceRetryIntervalMs());
    }

    /** Prepares the first segment, and from now on the next one whenever one is taken. May be called by any thread. */
    void begin()
    {
        if (!isBegun)
        {
            isBegun = true;
            bulk.ring();
        }
    }

    /** Takes the spare; returns null when it is not ready. Called on the journal thread. */
    Segment take()
    {
        final Segment segment = ready.getAndSet(null);
        if (segment != null)
        {
            bulk.ring();
        }

        return segment;
    }

    boolean isReady()
    {
        return ready.get() != null;
    }

    /** Whether the last attempt found no room on disk, or no descriptor for a file. May be called by any thread. */
    boolean isNoSpace()
    {
        return lack != null;
    }

    @Override
    public int doWork() throws IOException
    {
        if (!isBegun || ready.get() != null || (isNoSpace() && retryAtNs - System.nanoTime() > 0))
        {
            return 0;
        }

        try
        {
            manifest.makeRoom();
            final long ordinal = nextOrdinal++;
            ready.set(Segment.create(segments, ordinal, context.segmentIds().getAsLong(), context.segmentLength(),
                context.fileSystem()));
            tell(null);
        }
        catch (final IOException | RuntimeException ex)
        {
            final IOException next = lackBehind(ex);
            if (next == null)
            {
                throw ex;
            }

            retryAtNs = System.nanoTime() + retryIntervalNs;
            tell(next);
        }

        journal.ring();
        return 1;
    }

    /** Returns what was lacking; null when the disk has failed. In the first case nothing is left of the attempt. */
    private IOException lackBehind(final Exception failure)
    {
        if (failure instanceof final NoSpaceException noRoom)
        {
            return noRoom;
        }

        return NoDescriptorException.isBehind(failure) ? new NoDescriptorException(segments.toString()) : null;
    }

    @Override
    public long idleNs()
    {
        return isNoSpace() ? Math.max(1, retryAtNs - System.nanoTime()) : UNTIL_WOKEN;
    }

    @Override
    public void onClose() throws IOException
    {
        final Segment segment = ready.getAndSet(null);
        if (segment != null)
        {
            segment.discard(new Removal(context));
        }
    }

    private void tell(final IOException next)
    {
        final IOException before = lack;
        lack = next;
        if (kind(before) != kind(next))
        {
            context.events().onSpace(next);
        }
    }

    private static Class<?> kind(final IOException lack)
    {
        return lack == null ? null : lack.getClass();
    }
}
