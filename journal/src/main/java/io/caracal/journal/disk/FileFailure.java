/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Adds the file's name to the failure of a call. A channel does not name its file, but people have to know which disk
 * to look at.
 */
public final class FileFailure
{
    private FileFailure()
    {
    }

    /**
     * Names the file in a failure, unless the failure already names it or has a type of its own.
     *
     * @param failure of a call on an open file.
     * @param file    its name.
     * @return to be thrown; it keeps the reason that the system gave.
     */
    public static IOException named(final IOException failure, final Path file)
    {
        final String reason = String.valueOf(failure.getMessage());
        if (failure.getClass() != IOException.class || reason.contains(file.toString()))
        {
            return failure;
        }

        final IOException named = new FileSystemException(file.toString(), null, reason);
        named.initCause(failure);
        return named;
    }
}
