/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.log;

import io.caracal.engine.port.CorruptionException;
import io.caracal.engine.port.ReplayHandler;
import io.caracal.journal.disk.Corruption;
import io.caracal.journal.disk.FileSystemCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a data directory as it lies on disk, for tools. It is the log that the manifest named when this object was
 * created; segments that a server adds later do not belong to it. Nothing is written.
 */
public final class StoredLog
{
    private final Path manifest;
    private final Path segments;
    private final LogState state;
    private final FileSystemCalls calls;
    private final boolean isLive;
    private EndCheck endCheck = lastZxid ->
    {
    };

    /** Describes a segment to people. */
    public record SegmentFile(Path file, long ordinal, long id, long baseZxid, long lastZxid, long length,
        boolean isOpen)
    {
    }

    private StoredLog(final Path manifest, final Path segments, final LogState state, final FileSystemCalls calls,
        final boolean isLive)
    {
        this.manifest = manifest;
        this.segments = segments;
        this.state = state;
        this.calls = calls;
        this.isLive = isLive;
    }

    /**
     * Opens the log that the manifest names now.
     *
     * @param manifest its file.
     * @param segments directory of the segments.
     * @param calls    to the file system.
     * @param isLive   whether a server may append meanwhile. Then the log ends where its end is seen, and a torn last
     * record proves nothing.
     * @return the log.
     * @throws IOException         when the manifest cannot be read.
     * @throws CorruptionException when the manifest is damaged or missing.
     */
    public static StoredLog open(final Path manifest, final Path segments, final FileSystemCalls calls,
        final boolean isLive) throws IOException
    {
        if (!Files.exists(manifest))
        {
            throw Corruption.at(manifest, 0, "is missing");
        }

        return new StoredLog(manifest, segments, Manifest.read(manifest), calls, isLive);
    }

    /**
     * Whether a later look at the manifest has found the same.
     *
     * @param later another look.
     * @return true when it names the same snapshot and segments with the same ends.
     */
    public boolean isSameAs(final StoredLog later)
    {
        return baseZxid() == later.baseZxid() && snapshotZxid() == later.snapshotZxid() &&
            segments().equals(later.segments());
    }

    /**
     * Where the log begins.
     *
     * @return last zxid before its first record.
     */
    public long baseZxid()
    {
        return state.baseZxid();
    }

    /**
     * Where to begin to read what comes after a zxid that may lie beyond the end of the log, which would look like
     * damage: for {@link #read} the log must reach to where reading begins.
     *
     * @param zxid any.
     * @return the zxid, or an earlier one, after which not much more than a segment is read in vain.
     */
    public long beginFor(final long zxid)
    {
        final List<SegmentEntry> entries = state.segments();
        final long lastBase = entries.isEmpty() ? baseZxid() : entries.get(entries.size() - 1).baseZxid();

        return Math.max(baseZxid(), Math.min(zxid, lastBase));
    }

    /**
     * The newest published snapshot.
     *
     * @return its zxid, 0 when there is none.
     */
    public long snapshotZxid()
    {
        return state.snapshotZxid();
    }

    /**
     * The segments.
     *
     * @return in order.
     */
    public List<SegmentFile> segments()
    {
        final List<SegmentFile> files = new ArrayList<>();
        for (final SegmentEntry entry : state.segments())
        {
            files.add(new SegmentFile(entry.file(segments), entry.ordinal(), entry.id(), entry.baseZxid(),
                entry.lastZxid(), entry.isOpen() ? entry.length() : entry.cutPosition(), entry.isOpen()));
        }

        return files;
    }

    /**
     * Delivers records, like {@link io.caracal.engine.port.Journal#replay}, up to the end or until the reader has seen
     * enough.
     *
     * @param afterZxid records up to and including this zxid are skipped.
     * @param handler   receives the records.
     * @param sight     asked between bites whether to go on.
     * @return the last zxid that was surely durable on this server: that of the last record if no server works there;
     * otherwise what later records say of earlier ones.
     * @throws IOException         when a segment cannot be read; {@link java.nio.file.NoSuchFileException} when the
     * server that works there has removed it meanwhile.
     * @throws CorruptionException when the log is damaged; names file, offset and what is wrong.
     */
    public long read(final long afterZxid, final ReplayHandler handler, final Sight sight) throws IOException
    {
        final Recovery recovery = new Recovery(segments, state, calls,
            isLive ? Recovery.Reader.ONLOOKER : Recovery.Reader.TOOL);
        try
        {
            while (recovery.recovered() == null && sight.goesOn())
            {
                recovery.replay(afterZxid, handler);
            }

            if (!isLive && recovery.recovered() != null)
            {
                requireAllNamed();
                endCheck.check(recovery.recovered().lastZxid());
            }

            return isLive || recovery.recovered() == null ? Math.max(recovery.durableZxid(), state.snapshotZxid()) :
                recovery.recovered().lastZxid();
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
        finally
        {
            recovery.close();
        }
    }

    /** Refuses an older manifest, as a start would: the log that it names is whole, but ends too early. */
    private void requireAllNamed() throws IOException
    {
        if (Files.exists(segments))
        {
            SegmentSweep.of(segments, state, manifest);
        }
    }

    /**
     * Sets a check of whether the end is that of the whole history, made whenever the log of a server that does not run
     * was read to its end.
     *
     * @param check made by the reading thread.
     */
    public void endCheck(final EndCheck check)
    {
        endCheck = check;
    }

    /** Whether the log ends where it should. */
    @FunctionalInterface
    public interface EndCheck
    {
        /**
         * Checks the end.
         *
         * @param lastZxid of the log.
         * @throws IOException         when that cannot be found out.
         * @throws CorruptionException when it ends too early.
         */
        void check(long lastZxid) throws IOException;
    }

    /** Whether a reader wants more. */
    @FunctionalInterface
    public interface Sight
    {
        /** Reads to the end. */
        Sight TO_THE_END = () -> true;

        /**
         * Asked between bites.
         *
         * @return false when enough was seen.
         */
        boolean goesOn();
    }
}
