/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

/** The exit codes of the server process; the numbers are ZooKeeper's. */
public enum ExitCode
{
    /** The server was told to end and closed in good order. */
    OK(0),
    /** Something happened that should not happen. */
    UNEXPECTED(1),
    /** The command line or the configuration is wrong. */
    INVALID_INVOCATION(2),
    /**
     * The data directory cannot be used: it is in use, damaged, foreign, not writable, or holds what the other
     * servers lack.
     */
    DATA(3),
    /** The port of the admin server or of the metrics was configured explicitly and is taken. */
    ADMIN(4),
    /** The log could not be written or forced. */
    JOURNAL(10),
    /** A port of this server's own line is taken, or its host is unknown or not an address of this machine. */
    QUORUM_PORT(14);

    private final int code;

    ExitCode(final int code)
    {
        this.code = code;
    }

    /**
     * The number of this exit code.
     *
     * @return the exit code for the operating system.
     */
    public int code()
    {
        return code;
    }
}
