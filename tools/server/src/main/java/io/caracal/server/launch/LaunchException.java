/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

/** Thrown when a server does not start. The message is one line that says what to do. */
public final class LaunchException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * Creates the exception.
     *
     * @param exitCode of a process that runs only this server.
     * @param message  what is wrong and what to do.
     * @param cause    null when there is none.
     */
    public LaunchException(final ExitCode exitCode, final String message, final Throwable cause)
    {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * The exit code with which a process should end because of this.
     *
     * @return the exit code.
     */
    public ExitCode exitCode()
    {
        return exitCode;
    }
}
