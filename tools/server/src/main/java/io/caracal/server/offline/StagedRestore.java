/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.offline;

import io.caracal.journal.JournalContext;
import io.caracal.journal.disk.FileSystemCalls;
import io.caracal.journal.disk.RealFileSystem;
import io.caracal.journal.open.OpenJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A state that takes the place of everything a server has, when it starts the next time. The journal makes the switch
 * in one step, as for a learner that gets a snapshot: a crash leaves all of the old or all of the new.
 *
 * <pre>
 *   caracal-1/restore/upload            as it comes
 *                     snapshot-Z        whole and checked, in an epoch of its own; forced
 *                     ready             names Z and the epoch E that was accepted when it was made; forced, renamed
 * </pre>
 *
 * {@link RestoreMark} says for which server it is meant, {@link StateSwitch} makes the switch.
 */
public final class StagedRestore
{
    private static final String DIRECTORY = "restore";
    private static final String READY = "ready";

    private final FileSystemCalls calls;
    private final Path directory;

    /**
     * What is staged for a server.
     *
     * @param home directory of the server's own files.
     */
    public StagedRestore(final Path home)
    {
        this(home, new RealFileSystem());
    }

    StagedRestore(final Path home, final FileSystemCalls calls)
    {
        this.calls = calls;
        directory = home.resolve(DIRECTORY);
    }

    /** Begins anew: whatever was staged, or left over, is gone. */
    Path begin() throws IOException
    {
        calls.createDirectory(directory);
        clear();
        return directory;
    }

    /** From now on the next start takes the snapshot of this zxid over, which lies there forced. */
    void ready(final long zxid, final long acceptedEpoch) throws IOException
    {
        new RestoreMark(zxid, acceptedEpoch).write(calls, directory.resolve(READY));
        calls.forceDirectory(directory.getParent());
    }

    /** Removes everything, the mark first. */
    void clear() throws IOException
    {
        calls.remove(directory.resolve(READY));
        calls.forceDirectory(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory))
        {
            for (final Path file : files)
            {
                calls.remove(file);
            }
        }
    }

    /**
     * Takes over what is staged. Before the server opens its journal.
     *
     * @param context makes what the journal is opened with.
     * @return the zxid of the state that has taken the place of the old one, 0 when there was nothing to do.
     * @throws IOException when it could not be taken over: everything is as it was before, and still staged.
     */
    public long apply(final Supplier<JournalContext> context) throws IOException
    {
        final RestoreMark mark = RestoreMark.read(directory.resolve(READY));
        if (mark == null)
        {
            return 0;
        }

        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final boolean isMeant;
        try (OpenJournal journal = OpenJournal.open(context.get().onFailure(failure::set)))
        {
            isMeant = mark.isMeantFor(journal.epochStore().acceptedEpoch());
            if (isMeant)
            {
                new StateSwitch(journal, mark.zxid(), failure).make(directory.resolve(String.format("snapshot-%016x",
                    mark.zxid())));
            }
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }

        clear();
        return isMeant ? mark.zxid() : 0;
    }

    /**
     * Forgets what is staged.
     *
     * @return whether there was anything.
     * @throws IOException when it cannot be removed.
     */
    public boolean discard() throws IOException
    {
        final boolean isStaged = Files.exists(directory.resolve(READY));
        if (isStaged)
        {
            clear();
        }

        return isStaged;
    }
}
