/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The disk, or the quota on it, has no room. The journal tries again later; it is never a reason to stop the server.
 */
public final class NoSpaceException extends IOException
{
    private static final long serialVersionUID = 1L;

    private static final List<String> ENGLISH = List.of("no space left", "quota exceeded");

    /** In the language of whoever started the process; read when it is first needed. */
    private static final class Words
    {
        private static final List<String> OF_THE_SYSTEM = read();

        private Words()
        {
        }

        private static List<String> read()
        {
            try
            {
                return Stream.of(CLibrary.ENOSPC, CLibrary.EDQUOT).map(CLibrary::strerror).filter(Objects::nonNull)
                    .toList();
            }
            catch (final LinkageError ex)
            {
                // The foreign calls want to unpack themselves, perhaps on the very disk that is full.
                return List.of();
            }
        }
    }

    /**
     * No room.
     *
     * @param message names the file.
     */
    public NoSpaceException(final String message)
    {
        super(message);
    }

    /**
     * Whether a failure of a call of Java's says that there is no room: Java tells by the words of the system only, and
     * has no type for it.
     *
     * @param failure of the call.
     * @return true when it does, in English or in the language of this process.
     */
    static boolean isToldBy(final IOException failure)
    {
        final boolean isOfNoType = failure.getClass() == IOException.class ||
            failure.getClass() == FileSystemException.class;
        final String told = failure instanceof FileSystemException ofFile && ofFile.getReason() != null ? ofFile
            .getReason() : String.valueOf(failure.getMessage());
        return isOfNoType && (ENGLISH.stream().anyMatch(told.toLowerCase(Locale.ROOT)::contains) || Words.OF_THE_SYSTEM
            .stream().anyMatch(told::contains));
    }
}
