/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

/** A server that did not start; the message is one line that says what to do. */
public final class LaunchException extends RuntimeException
{
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * A server did not start.
     *
     * @param exitCode of the process, were this one.
     * @param message  what is wrong and what to do.
     * @param cause    null when there is none.
     */
    public LaunchException(final ExitCode exitCode, final String message, final Throwable cause)
    {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /**
     * How a process ends because of this.
     *
     * @return the exit code.
     */
    public ExitCode exitCode()
    {
        return exitCode;
    }
}
