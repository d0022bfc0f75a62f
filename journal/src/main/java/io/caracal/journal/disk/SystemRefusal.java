/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Reasons for which the system refuses a call on files or pipes, and for which Java has no exception type. They are
 * recognized by the text of the system, which is in the language of the process.
 */
public enum SystemRefusal
{
    /** No room on the device. */
    NO_SPACE(CLibrary.ENOSPC, "no space left"),
    /** The quota is used up. */
    QUOTA(CLibrary.EDQUOT, "quota exceeded"),
    /** The file system is mounted read-only. */
    READ_ONLY(CLibrary.EROFS, "read-only file system"),
    /** A part of the path is not a directory. */
    NO_DIRECTORY(CLibrary.ENOTDIR, "not a directory"),
    /** The reader of the pipe has gone. */
    BROKEN_PIPE(CLibrary.EPIPE, "broken pipe"),
    /** The process has as many files open as it is allowed. */
    FILES_OF_PROCESS(CLibrary.EMFILE, "too many open files"),
    /** The machine has as many files open as it can. */
    FILES_OF_MACHINE(CLibrary.ENFILE, "too many open files in system");

    private final int error;
    private final String english;

    /** The texts of the system. Read when first needed; null where they cannot be read. */
    private static final class Words
    {
        private static final String[] OF_THE_SYSTEM = read();

        private Words()
        {
        }

        private static String[] read()
        {
            final String[] words = new String[values().length];
            try
            {
                for (final SystemRefusal each : values())
                {
                    words[each.ordinal()] = CLibrary.strerror(each.error);
                }
            }
            catch (final LinkageError ex)
            {
                // The foreign calls have to unpack themselves first, perhaps onto the very disk that is full.
                return new String[values().length];
            }

            return words;
        }
    }

    SystemRefusal(final int error, final String english)
    {
        this.error = error;
        this.english = english;
    }

    /**
     * Whether the failure of a Java call has this reason.
     *
     * @param failure of the call.
     * @return true when it says so, in English or in the language of this process.
     */
    public boolean isToldBy(final IOException failure)
    {
        return isToldBy(failure, place -> Words.OF_THE_SYSTEM[place]);
    }

    boolean isToldBy(final IOException failure, final IntFunction<String> words)
    {
        final Class<?> type = failure.getClass();
        if (type != IOException.class && type != FileSystemException.class && type != FileNotFoundException.class)
        {
            return false;
        }

        final String told = reason(failure);
        if (told.toLowerCase(Locale.ROOT).contains(english))
        {
            return true;
        }

        final String ofTheSystem = words.apply(ordinal());
        return ofTheSystem != null && (told.contains(ofTheSystem) || (type == FileNotFoundException.class &&
            String.valueOf(failure.getMessage()).endsWith('(' + ofTheSystem + ')')));
    }

    /** The reason without the name of the file, as far as it can be told where the name ends. */
    private static String reason(final IOException failure)
    {
        if (failure instanceof final FileSystemException ofFile && ofFile.getReason() != null)
        {
            return ofFile.getReason();
        }

        final String message = String.valueOf(failure.getMessage());
        return failure instanceof FileNotFoundException ? message.substring(message.lastIndexOf('(') + 1) : message;
    }
}
