/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.journal;

/** Another process, or another server of this process, is working on the same directory. */
public final class DirectoryInUseException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message names the directory and what a person can do.
     */
    public DirectoryInUseException(final String message)
    {
        super(message);
    }
}
