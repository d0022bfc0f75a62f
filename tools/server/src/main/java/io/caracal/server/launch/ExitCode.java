/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.launch;

/** How the server process ends; the numbers are ZooKeeper's. */
public enum ExitCode
{
    /** Asked to end, and did in good order. */
    OK(0),
    /** Something that should not happen. */
    UNEXPECTED(1),
    /** Command line or configuration is wrong. */
    INVALID_INVOCATION(2),
    /** The data directory cannot be used: in use, damaged, foreign, not writable. */
    DATA(3),
    /** The port of the admin server or of the metrics was asked for and is taken. */
    ADMIN(4),
    /** The log could not be written or forced. */
    JOURNAL(10),
    /** A port of the own server line is taken, or its host is not known or not one of this machine. */
    QUORUM_PORT(14);

    private final int code;

    ExitCode(final int code)
    {
        this.code = code;
    }

    /**
     * The number.
     *
     * @return for the operating system.
     */
    public int code()
    {
        return code;
    }
}
