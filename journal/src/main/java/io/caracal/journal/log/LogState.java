/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.Invariant;
import io.caracal.journal.format.LogManifestDecoder;
import io.caracal.journal.format.LogManifestEncoder;
import io.caracal.journal.format.MessageHeaderDecoder;
import io.caracal.journal.format.MessageHeaderEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The contents of the manifest: which segments belong to the log, where each is cut, and which snapshot precedes them.
 * An immutable value; each change creates a new one.
 *
 * @param snapshotZxid newest published snapshot; 0 when there is none.
 * @param place        of a record at or shortly before that snapshot, from which the log can be read after a restart.
 * @param baseZxid     last zxid before the log.
 * @param nextOrdinal  greater than every ordinal ever named.
 * @param segments     in order; only the last one may be open.
 */
record LogState(long snapshotZxid, RecordPlace place, long baseZxid, long nextOrdinal, List<SegmentEntry> segments)
{
    /** A log that has never held anything. */
    static final LogState EMPTY = new LogState(0, RecordPlace.NONE, 0, 1, List.of());

    /** Maximum number of named segments. A log that reaches it has not been purged for a very long time. */
    static final int SEGMENTS_MAX = 65_534;

    private static final int INITIAL_LENGTH = 4096;
    private static final int HEAD_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + LogManifestEncoder.BLOCK_LENGTH +
        LogManifestEncoder.SegmentsEncoder.sbeHeaderSize();

    LogState
    {
        segments = List.copyOf(segments);
    }

    SegmentEntry last()
    {
        return segments.isEmpty() ? null : segments.get(segments.size() - 1);
    }

    /** Returns the segment with an ordinal; null when it is not named. */
    SegmentEntry named(final long ordinal)
    {
        for (final SegmentEntry entry : segments)
        {
            if (entry.ordinal() == ordinal)
            {
                return entry;
            }
        }

        return null;
    }

    /** Returns the segment that holds the record after a zxid, or will hold it; null when there is none. */
    SegmentEntry holderOfNext(final long zxid)
    {
        for (final SegmentEntry entry : segments)
        {
            if (entry.isOpen() || entry.lastZxid() > zxid)
            {
                return entry;
            }
        }

        return null;
    }

    /** Adds a new segment, which takes the appends. The segment before it ends where its last record ends. */
    LogState begun(final SegmentEntry next, final long cutPosition, final long lastZxid)
    {
        final LogState closed = closed(cutPosition, lastZxid);
        final List<SegmentEntry> row = new ArrayList<>(closed.segments);
        Invariant.check(row.size() < SEGMENTS_MAX, "too many journal segments: purge old snapshots and segments");
        Invariant.check(next.ordinal() >= nextOrdinal, "segment ordinal used twice");
        row.add(next);

        return new LogState(snapshotZxid, place, row.size() == 1 ? next.baseZxid() : closed.baseZxid, next.ordinal() +
            1,
            row);
    }

    /** Closes the open segment, if there is one, for good. A segment without records is dropped altogether. */
    LogState closed(final long cutPosition, final long lastZxid)
    {
        final SegmentEntry last = last();
        if (last == null || !last.isOpen())
        {
            return this;
        }

        final List<SegmentEntry> row = new ArrayList<>(segments.subList(0, segments.size() - 1));
        if (lastZxid > last.baseZxid())
        {
            row.add(last.closed(cutPosition, lastZxid));
        }

        return new LogState(snapshotZxid, place, baseZxid, nextOrdinal, row);
    }

    /**
     * Drops what comes after a zxid. The segment that holds the zxid is cut there, and later segments are no longer
     * named. It is given by its ordinal, because segments before it may have been dropped since it was found.
     */
    LogState truncated(final long ordinal, final long cutPosition, final long zxid)
    {
        final SegmentEntry entry = named(ordinal);
        Invariant.check(entry != null, "truncation in a segment that was forgotten");
        final List<SegmentEntry> row = new ArrayList<>(segments.subList(0, segments.indexOf(entry)));
        if (zxid > entry.baseZxid())
        {
            row.add(entry.closed(cutPosition, zxid));
        }

        return new LogState(snapshotZxid, place, baseZxid, nextOrdinal, row);
    }

    /** Replaces everything by a received snapshot. The log is empty and begins after it. */
    LogState replaced(final long zxid)
    {
        return new LogState(zxid, RecordPlace.NONE, zxid, nextOrdinal, List.of());
    }

    /** Notes a newer snapshot; an older one changes nothing. */
    LogState published(final long zxid, final RecordPlace near)
    {
        return zxid <= snapshotZxid ? this : new LogState(zxid, near, baseZxid, nextOrdinal, segments);
    }

    /** Number of segments, from the first one on, that hold nothing after a zxid. The last segment always stays. */
    int forgettable(final long zxid)
    {
        int count = 0;
        while (count < segments.size() - 1 && segments.get(count).lastZxid() <= zxid)
        {
            count++;
        }

        return count;
    }

    LogState forgotten(final int count)
    {
        final List<SegmentEntry> row = segments.subList(count, segments.size());
        return new LogState(snapshotZxid, place, row.isEmpty() ? baseZxid : row.get(0).baseZxid(), nextOrdinal, row);
    }

    byte[] encoded()
    {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(INITIAL_LENGTH);
        final LogManifestEncoder encoder = new LogManifestEncoder();
        encoder.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder()).snapshotZxid(snapshotZxid).baseZxid(baseZxid)
            .nextOrdinal(nextOrdinal).placeOrdinal(place.ordinal()).placePosition(place.position())
            .placeZxid(place.zxid());

        final LogManifestEncoder.SegmentsEncoder group = encoder.segmentsCount(segments.size());
        for (final SegmentEntry entry : segments)
        {
            group.next().ordinal(entry.ordinal()).segmentId(entry.id()).baseZxid(entry.baseZxid())
                .firstPosition(entry.firstPosition()).cutPosition(entry.cutPosition()).lastZxid(entry.lastZxid())
                .length(entry.length());
        }

        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength()];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    /** Bytes that the encoded state takes with a number of further segments. */
    int encodedLength(final int more)
    {
        return HEAD_LENGTH + (segments.size() + more) * LogManifestEncoder.SegmentsEncoder.sbeBlockLength();
    }

    static LogState decoded(final byte[] bytes)
    {
        final LogManifestDecoder decoder = new LogManifestDecoder();
        decoder.wrapAndApplyHeader(new UnsafeBuffer(bytes), 0, new MessageHeaderDecoder());

        final List<SegmentEntry> row = new ArrayList<>();
        final long snapshotZxid = decoder.snapshotZxid();
        final long baseZxid = decoder.baseZxid();
        final long nextOrdinal = decoder.nextOrdinal();
        final RecordPlace place = place(decoder);
        for (final LogManifestDecoder.SegmentsDecoder entry : decoder.segments())
        {
            row.add(new SegmentEntry(entry.ordinal(), entry.segmentId(), entry.baseZxid(), entry.firstPosition(),
                entry.cutPosition(), entry.lastZxid(), entry.length()));
        }

        return new LogState(snapshotZxid, place, baseZxid, nextOrdinal, row);
    }

    /** A manifest of the first version does not name a place. */
    private static RecordPlace place(final LogManifestDecoder decoder)
    {
        return decoder.placeOrdinal() <= 0 ? RecordPlace.NONE :
            new RecordPlace(decoder.placeOrdinal(), decoder.placePosition(), decoder.placeZxid());
    }
}
