/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

import java.io.IOException;

/**
 * What the journal measures and tells. Called on the journal's own threads; implementations neither block nor allocate
 * and must not throw. Which figures deserve a warning is the listener's business.
 */
public interface JournalEvents
{
    /** Listens to nothing. */
    JournalEvents NONE = new JournalEvents()
    {
    };

    /**
     * A directory lies on a file system that may not keep what the journal promises. The caller's thread, while the
     * journal is opened.
     *
     * @param directory of data or log.
     * @param concern   what it lies on and what to do, for people.
     */
    default void onUnsuitableFileSystem(final String directory, final String concern)
    {
    }

    /**
     * A directory that a tool had made and was killed before it could name it has its name now, and is used. The
     * caller's thread, while the journal is opened.
     *
     * @param directory that is complete.
     */
    default void onDirectoryCompleted(final String directory)
    {
    }

    /**
     * Appended records were forced to the device. Journal thread.
     *
     * @param durationNs of the force alone, nanoseconds.
     * @param records    whole records that this force made durable, 0 or more.
     * @param bytes      of those records as handed to append, headers not counted.
     */
    default void onForced(final long durationNs, final long records, final long bytes)
    {
    }

    /**
     * A new segment takes the appends. Journal thread.
     *
     * @param ordinal  number of the segment, rising.
     * @param baseZxid last zxid before its first record.
     */
    default void onSegment(final long ordinal, final long baseZxid)
    {
    }

    /**
     * A snapshot was published, or one that was received took the place of everything. Bulk thread.
     *
     * @param zxid       of its state.
     * @param bytes      length of its file.
     * @param durationNs from its first record or byte to its publication, nanoseconds.
     */
    default void onSnapshot(final long zxid, final long bytes, final long durationNs)
    {
    }

    /**
     * A snapshot could not be written or received; the server goes on without it. Bulk thread.
     *
     * @param zxid  of its state.
     * @param cause what went wrong.
     */
    default void onSnapshotFailed(final long zxid, final Throwable cause)
    {
    }

    /**
     * History could not be read for a learner: it stood still for too long, it is gone, damaged, or the disk failed.
     * The learner begins anew. Bulk thread.
     *
     * @param cause what went wrong; a {@code CorruptionException} means that this server's own files are damaged.
     */
    default void onReadFailed(final Throwable cause)
    {
    }

    /**
     * A damaged snapshot was passed over at start-up because an older one and the journal hold the same. Caller of
     * load.
     *
     * @param file   name of the damaged file.
     * @param reason what is wrong with it.
     */
    default void onSnapshotPassedOver(final String file, final String reason)
    {
    }

    /**
     * What nobody needs any more could not be removed. It stays, harms nothing but the room it takes, and is tried
     * again by the next purge, snapshot or start. Bulk thread.
     *
     * @param file  name of the file or directory, or what part of it.
     * @param cause what went wrong.
     */
    default void onRemoveFailed(final String file, final Throwable cause)
    {
    }

    /**
     * A purge ended. Bulk thread.
     *
     * @param snapshots files removed.
     * @param segments  segments removed.
     */
    default void onPurged(final int snapshots, final int segments)
    {
    }

    /**
     * The next segment could not be made for want of something that may come back, or was made after that. Bulk thread.
     *
     * @param lack {@code NoSpaceException}: no room on disk; {@code NoDescriptorException}: too many files are open;
     *             null: it was made.
     */
    default void onSpace(final IOException lack)
    {
    }

    /**
     * The log cannot be cut off as the leader wants it, because too many files are open: that is tried again until it
     * can be done. Told once for each such truncation. Journal thread.
     *
     * @param lack names the file.
     */
    default void onTruncationWaits(final IOException lack)
    {
    }

    /**
     * Files of the running server were removed or replaced, or are all there again. What it writes from then on is
     * found by no start. Bulk thread.
     *
     * @param file the first that is not there any more, null when nothing is missing any more.
     */
    default void onFilesMissing(final String file)
    {
    }
}
