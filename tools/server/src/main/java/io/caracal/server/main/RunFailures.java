/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

/** Why a server ended while it ran, with what can be done where the cause does not say it. */
final class RunFailures
{
    /** What the virtual machine says, in several ways, of a page of a mapped file that could not be given. */
    private static final String FAULT = "unsafe memory access";

    private RunFailures()
    {
    }

    /** For people. */
    static String reason(final Throwable cause)
    {
        return cause instanceof InternalError && String.valueOf(cause.getMessage()).contains(FAULT) ? cause +
            ": a mapped file found no room; make some in /dev/shm, or on the disk where the buffers of links lie, " +
            "and start the server again" : cause.toString();
    }
}
