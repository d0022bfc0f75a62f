/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

/** Explains why a running server ended, and what can be done where the cause does not say it. */
final class RunFailures
{
    /**
     * Part of the JVM's messages, of which there are several, about a page of a mapped file that could not be provided.
     */
    private static final String FAULT = "unsafe memory access";

    private RunFailures()
    {
    }

    /** Returns the reason in words for people. */
    static String reason(final Throwable cause)
    {
        return cause instanceof InternalError && String.valueOf(cause.getMessage()).contains(FAULT) ? cause +
            ": a mapped file found no room; make some in /dev/shm, or on the disk where the buffers of links lie, " +
            "and start the server again" : cause.toString();
    }
}
