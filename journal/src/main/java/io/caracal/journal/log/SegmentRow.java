/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.JournalContext;
import io.caracal.journal.Removal;
import io.caracal.journal.disk.NoDescriptorException;
import io.caracal.journal.duty.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sequence of segments and its end: which segment takes the appends, when the next one replaces it, and where the
 * log is cut. Every change goes through the manifest first. What the manifest no longer names is left to the bulk
 * thread. Belongs to the journal thread.
 */
final class SegmentRow
{
    private static final int PAGE_LENGTH = 4096;

    private final JournalContext context;
    private final Path segments;
    private final Manifest manifest;
    private final SpareSegment spare;
    private final Jobs bulk;
    private final LogTail tail;
    private final UnsafeBuffer nothing = new UnsafeBuffer(0, 0);
    private Segment current;
    private boolean isReserveUsed;

    SegmentRow(final JournalContext context, final Path segments, final Manifest manifest, final SpareSegment spare,
        final Jobs bulk, final LogTail tail)
    {
        this.context = context;
        this.segments = segments;
        this.manifest = manifest;
        this.spare = spare;
        this.bulk = bulk;
        this.tail = tail;
    }

    boolean isStarted()
    {
        return current != null;
    }

    /** The segment that takes the appends; null while there is none. */
    Segment current()
    {
        return current;
    }

    UnsafeBuffer nothing()
    {
        return nothing;
    }

    boolean isSpareReady()
    {
        return spare.isReady();
    }

    boolean hasRoom(final int recordLength)
    {
        return current != null && current.hasRoom(recordLength, isReserveUsed ? 0 : context.reserveLength());
    }

    /**
     * Allows the use of the room that was kept back in this segment, if no spare segment can be made and that room is
     * enough.
     */
    boolean useReserve(final int recordLength)
    {
        isReserveUsed = current != null && spare.isNoSpace() && current.hasRoom(recordLength, 0);
        return isReserveUsed;
    }

    /** Whether the next segment cannot be reserved. */
    boolean isNoSpace()
    {
        return spare.isNoSpace();
    }

    /** Whether the next segment cannot be reserved, and this one, if any, has no room left except what is kept back. */
    boolean isExhausted()
    {
        return spare.isNoSpace() && (current == null || !current.hasRoom(0, context.reserveLength()));
    }

    /**
     * Notes where the last segment of the previous process ends. Until this process names a segment, that one may be
     * read up to there.
     */
    void recovered(final long cutPosition)
    {
        final SegmentEntry last = manifest.state().last();
        if (last != null)
        {
            tail.recovered(last.ordinal(), cutPosition);
        }
    }

    /** Begins a segment if there is none to append to; returns false while no spare is ready. */
    boolean tryStart(final long lastZxid, final long cutPosition) throws IOException
    {
        final Segment next = spare.take();
        if (next != null)
        {
            begin(next, lastZxid, cutPosition);
            return true;
        }

        if (spare.isNoSpace())
        {
            endLast(lastZxid, cutPosition);
        }
        return false;
    }

    /**
     * Closes the last segment of a killed process, which takes no more appends. On a full disk this happens before the
     * next segment begins, because the blocks reserved behind its end may be the room for that.
     */
    private void endLast(final long lastZxid, final long cutPosition) throws IOException
    {
        final SegmentEntry last = manifest.state().last();
        if (last != null && last.isOpen())
        {
            manifest.change(state -> state.closed(cutPosition, lastZxid));
            dropUnnamed(last);
        }
    }

    /**
     * Replaces the current segment, which was forced, by the spare. Returns false if the spare is gone because the bulk
     * thread has ended.
     */
    boolean rotate(final long lastZxid) throws IOException
    {
        final Segment next = spare.take();
        if (next == null)
        {
            return false;
        }

        begin(next, lastZxid, current.position());
        return true;
    }

    /**
     * Drops every record after a given one, which the log holds. The spare takes what follows. Without a spare, the
     * next segment begins when there is one, since a log must be able to get shorter on a full disk as well.
     *
     * @throws NoDescriptorException when the file to be cut cannot be opened; nothing has changed.
     */
    void truncate(final long zxid) throws IOException
    {
        final List<SegmentEntry> before = manifest.state().segments();
        Invariant.check(zxid >= manifest.baseZxid() && zxid >= manifest.snapshotZxid(),
            "truncation below the base of the journal");

        int index = before.size() - 1;
        while (before.get(index).baseZxid() > zxid)
        {
            index--;
        }

        final SegmentEntry holder = before.get(index);
        final SegmentCut cut = cut(holder, zxid);
        Invariant.check(cut.lastZxid() == zxid, "truncation to a record that the journal does not hold");
        change(zxid, state -> state.truncated(holder.ordinal(), cut.position(), zxid));
    }

    private SegmentCut cut(final SegmentEntry holder, final long zxid) throws IOException
    {
        try
        {
            return SegmentCut.after(holder, segments, zxid, current);
        }
        catch (final IOException ex)
        {
            throw NoDescriptorException.isBehind(ex) ? new NoDescriptorException(holder.file(segments).toString()) : ex;
        }
    }

    /** Drops everything in favor of the state of a received snapshot. */
    void replace(final long zxid) throws IOException
    {
        change(zxid, state -> state.replaced(zxid));
    }

    /**
     * Ends the log cleanly: the last segment is cut after its last whole record. A record of which a part is missing
     * does not count.
     */
    void finish(final long lastZxid) throws IOException
    {
        if (current != null)
        {
            final SegmentEntry last = manifest.state().last();
            final long cut = current.wholePosition();
            manifest.change(state -> state.closed(cut, lastZxid));
            dropUnnamed(last);
        }
    }

    void close() throws IOException
    {
        if (current != null)
        {
            current.close();
            current = null;
        }
    }

    /**
     * Switches at once to a history that ends at a zxid, in segments that take no more appends, and to the next
     * segment.
     */
    private void change(final long lastZxid, final UnaryOperator<LogState> function) throws IOException
    {
        final List<SegmentEntry> before = manifest.state().segments();
        final Segment next = spare.take();
        final SegmentEntry entry = next == null ? null : next.entry(lastZxid);
        name(next, state ->
        {
            final LogState changed = function.apply(state);
            return entry == null ? changed : changed.begun(entry, 0, 0);
        });
        take(next, lastZxid);
        before.forEach(this::dropUnnamed);
    }

    private void begin(final Segment next, final long lastZxid, final long cutPosition) throws IOException
    {
        final SegmentEntry before = manifest.state().last();
        final SegmentEntry entry = next.entry(lastZxid);
        name(next, state -> state.begun(entry, cutPosition, lastZxid));
        take(next, lastZxid);

        if (before != null)
        {
            dropUnnamed(before);
        }
    }

    /**
     * Names a segment in the manifest. If that fails, the segment is closed but not removed, because the manifest may
     * name it nevertheless.
     */
    private void name(final Segment next, final UnaryOperator<LogState> function) throws IOException
    {
        boolean isNamed = false;
        try
        {
            manifest.change(function);
            isNamed = true;
        }
        finally
        {
            if (!isNamed && next != null)
            {
                next.close();
            }
        }
    }

    private void take(final Segment next, final long baseZxid)
    {
        final Segment old = current;
        current = next;
        isReserveUsed = false;
        tail.segment(next);
        if (next != null)
        {
            context.events().onSegment(next.ordinal(), baseZxid);
        }

        if (old != null)
        {
            bulk.add(old::close);
        }
    }

    /** Frees room on disk: of a whole segment that is no longer named, or of what follows a cut. */
    private void dropUnnamed(final SegmentEntry before)
    {
        final Removal removal = new Removal(context);
        bulk.add(() ->
        {
            final SegmentEntry now = manifest.state().named(before.ordinal());
            if (now == null)
            {
                removal.tryRemove(before.directory(segments));
            }
            else if (!now.isOpen())
            {
                final Path file = now.file(segments);
                removal.attempt("the room behind the last record of " + file, () -> trim(file, now.cutPosition()));
            }
        });
    }

    /** Shortens a file behind its cut. Some zeros stay, so that a reader of the file finds its end there. */
    private void trim(final Path file, final long cutPosition) throws IOException
    {
        final long length = BitUtil.align(cutPosition, PAGE_LENGTH) + PAGE_LENGTH;
        if (Files.size(file) > length)
        {
            context.fileSystem().truncate(file, length);
        }
    }
}
