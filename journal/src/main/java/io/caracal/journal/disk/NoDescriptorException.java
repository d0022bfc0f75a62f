/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal.disk;

import java.io.IOException;

/**
 * The process, or the machine, has as many files open as is allowed. Nothing was done, and callers that can wait try
 * again later.
 */
public final class NoDescriptorException extends IOException
{
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param file that was to be opened or created.
     */
    public NoDescriptorException(final String file)
    {
        super("too many files are open to open " + file);
    }

    /**
     * Whether too many open files are the cause of a failure. Java has no type for that, and Chronicle wraps the
     * exceptions it gets.
     *
     * @param failure of any kind.
     * @return true when one of its causes says so, in English or in the language of this process.
     */
    public static boolean isBehind(final Throwable failure)
    {
        for (Throwable cause = failure; cause != null; cause = cause.getCause())
        {
            if (cause instanceof NoDescriptorException || (cause instanceof final IOException told && isToldBy(told)))
            {
                return true;
            }
        }

        return false;
    }

    private static boolean isToldBy(final IOException failure)
    {
        return SystemRefusal.FILES_OF_PROCESS.isToldBy(failure) || SystemRefusal.FILES_OF_MACHINE.isToldBy(failure);
    }
}
