/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Removes files that nobody needs any more. A server does not stop because a file cannot be removed: the file stays,
 * and people are told.
 */
public final class Removal
{
    private final JournalContext context;

    /**
     * Creates an instance that uses the calls of a context and tells its listener.
     *
     * @param context concluded.
     */
    public Removal(final JournalContext context)
    {
        this.context = context;
    }

    /**
     * Tries to remove something.
     *
     * @param path file, or directory with the files in it; may be missing.
     * @return true when it is gone.
     */
    public boolean tryRemove(final Path path)
    {
        return attempt(path.toString(), () -> context.fileSystem().remove(path));
    }

    /**
     * Tries to free the room of a part of something.
     *
     * @param what    names the part, for people, who may remove it themselves.
     * @param attempt frees the room.
     * @return true when that is done.
     */
    public boolean attempt(final String what, final Attempt attempt)
    {
        try
        {
            attempt.run();
            return true;
        }
        catch (final IOException ex)
        {
            context.events().onRemoveFailed(what, ex);
            return false;
        }
    }

    /** A call to the file system. */
    @FunctionalInterface
    public interface Attempt
    {
        /**
         * Makes the call.
         *
         * @throws IOException when it fails.
         */
        void run() throws IOException;
    }
}
