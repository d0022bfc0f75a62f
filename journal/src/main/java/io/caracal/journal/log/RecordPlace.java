/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

/**
 * The place of a record of the log at or shortly before a snapshot. A server that starts reads the log from there,
 * which saves time. It is only a hint: a reader checks that this very record lies there, and reads everything if it
 * does not.
 *
 * @param ordinal  of its segment.
 * @param position of the excerpt header of its first chunk.
 * @param zxid     of the record.
 */
record RecordPlace(long ordinal, long position, long zxid)
{
    /** No place is known. */
    static final RecordPlace NONE = new RecordPlace(0, 0, 0);

    boolean isKnown()
    {
        return ordinal != NONE.ordinal;
    }

    /** Whether reading a segment from this place leaves out nothing that comes after a zxid. */
    boolean serves(final SegmentEntry entry, final long afterZxid)
    {
        return ordinal == entry.ordinal() && position >= entry.firstPosition() && zxid > entry.baseZxid() &&
            zxid <= afterZxid && (entry.isOpen() || (position < entry.cutPosition() && zxid <= entry.lastZxid()));
    }
}
