/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell;

import io.caracal.engine.port.CorruptionException;
import io.caracal.journal.DirectoryInUseException;
import io.caracal.journal.disk.NoSpaceException;
import io.caracal.journal.disk.SystemRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Turns the failure of a command on files into a line that says what to do, and into the exit code. */
final class FileFailures
{
    private static final int FAILED = 1;
    static final int ENVIRONMENT = 3;

    private FileFailures()
    {
    }

    static String message(final Exception failure)
    {
        final Exception cause = cause(failure);
        // An exception that wraps the cause with a message of its own has the better text.
        final String told = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        if (cause instanceof NoSuchFileException)
        {
            return cause.getMessage() + " does not exist; name one that does";
        }
        if (cause instanceof AccessDeniedException)
        {
            return cause.getMessage() + ": permission denied; run this as the user that the server runs as";
        }
        if (isFull(cause))
        {
            return told + "; make room, then run this again";
        }
        if (cause instanceof FileAlreadyExistsException)
        {
            return cause.getMessage() + " is there already and is no directory; name another one";
        }
        if (cause instanceof final FileSystemException refused && SystemRefusal.NO_DIRECTORY.isToldBy(refused))
        {
            return refused.getFile() + " would lie in what is no directory; name another place";
        }
        if (isReadOnly(cause))
        {
            return told + "; mount it for writing, or name another place";
        }

        return told;
    }

    static int exitCode(final Exception failure)
    {
        final Exception cause = cause(failure);
        if (cause instanceof DirectoryInUseException || cause instanceof AccessDeniedException || isFull(cause) ||
            isReadOnly(cause) || cause instanceof NoSuchFileException)
        {
            return ENVIRONMENT;
        }
        if (cause instanceof IOException || cause instanceof CorruptionException)
        {
            return FAILED;
        }

        throw new IllegalStateException("a command failed in an unexpected way", failure);
    }

    private static Exception cause(final Exception failure)
    {
        return failure instanceof final UncheckedIOException unchecked ? unchecked.getCause() : failure;
    }

    private static boolean isFull(final Exception failure)
    {
        return failure instanceof final IOException told && (told instanceof NoSpaceException ||
            NoSpaceException.isToldBy(told));
    }

    private static boolean isReadOnly(final Exception failure)
    {
        return failure instanceof final IOException told && SystemRefusal.READ_ONLY.isToldBy(told);
    }
}
