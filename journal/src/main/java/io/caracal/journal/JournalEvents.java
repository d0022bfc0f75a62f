/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

import java.io.IOException;

/**
 * What the journal measures and reports. Called on the journal's own threads, except where a method says otherwise.
 * Implementations neither block nor allocate and must not throw. The listener decides which figures deserve a warning.
 */
public interface JournalEvents
{
    /** Ignores everything. */
    JournalEvents NONE = new JournalEvents()
    {
    };

    /**
     * A directory lies on a file system that may not keep what the journal promises. Called on the caller's thread,
     * while the journal is opened.
     *
     * @param directory of data or log.
     * @param concern   the kind of file system and what to do, for people.
     */
    default void onUnsuitableFileSystem(final String directory, final String concern)
    {
    }

    /**
     * A directory was completed and is used. A tool had made it but was killed before it could name it. Called on the
     * caller's thread, while the journal is opened.
     *
     * @param directory that is complete.
     */
    default void onDirectoryCompleted(final String directory)
    {
    }

    /**
     * Appended records were forced to the device. Called on the journal thread.
     *
     * @param durationNs of the force alone, nanoseconds.
     * @param records    whole records that this force made durable, 0 or more.
     * @param bytes      of those records as handed to append, without headers.
     */
    default void onForced(final long durationNs, final long records, final long bytes)
    {
    }

    /**
     * A new segment takes the appends. Called on the journal thread.
     *
     * @param ordinal  number of the segment, rising.
     * @param baseZxid last zxid before its first record.
     */
    default void onSegment(final long ordinal, final long baseZxid)
    {
    }

    /**
     * A snapshot was published, or a received one replaced everything. Called on the bulk thread.
     *
     * @param zxid       of its state.
     * @param bytes      length of its file.
     * @param durationNs from its first record or byte to its publication, nanoseconds.
     */
    default void onSnapshot(final long zxid, final long bytes, final long durationNs)
    {
    }

    /**
     * A snapshot could not be written or received; the server goes on without it. Called on the bulk thread.
     *
     * @param zxid  of its state.
     * @param cause what went wrong.
     */
    default void onSnapshotFailed(final long zxid, final Throwable cause)
    {
    }

    /**
     * History could not be read for a learner: the read stood still for too long, the history is gone or damaged, or
     * the disk failed. The learner begins anew. Called on the bulk thread.
     *
     * @param cause what went wrong; a {@code CorruptionException} means that this server's own files are damaged.
     */
    default void onReadFailed(final Throwable cause)
    {
    }

    /**
     * A damaged snapshot was skipped at start-up, because an older one and the journal may hold the same. Called on the
     * thread that loads.
     *
     * @param file   name of the damaged file.
     * @param reason what is wrong with it.
     */
    default void onSnapshotPassedOver(final String file, final String reason)
    {
    }

    /**
     * Something that nobody needs any more could not be removed. It stays and does no harm except for the room it
     * takes. The next purge, snapshot or start tries again. Called on the bulk thread.
     *
     * @param file  name of the file or directory, or which part of it.
     * @param cause what went wrong.
     */
    default void onRemoveFailed(final String file, final Throwable cause)
    {
    }

    /**
     * A purge ended. Called on the bulk thread.
     *
     * @param snapshots number of files removed.
     * @param segments  number of segments removed.
     */
    default void onPurged(final int snapshots, final int segments)
    {
    }

    /**
     * The next segment could not be made for want of something that may come back, or was made after that. Called on
     * the bulk thread.
     *
     * @param lack {@code NoSpaceException}: no room on disk; {@code NoDescriptorException}: too many files are open;
     * null: it was made.
     */
    default void onSpace(final IOException lack)
    {
    }

    /**
     * The log cannot be truncated as the leader wants, because too many files are open. That is tried again until it
     * succeeds. Reported once for each such truncation. Called on the journal thread.
     *
     * @param lack names the file.
     */
    default void onTruncationWaits(final IOException lack)
    {
    }

    /**
     * Files of the running server were removed or replaced, or are all there again. While they are missing, no start
     * will find what the server writes. Called on the bulk thread.
     *
     * @param file the first missing one; null when nothing is missing any more.
     */
    default void onFilesMissing(final String file)
    {
    }
}
