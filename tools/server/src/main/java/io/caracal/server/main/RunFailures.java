/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.main;

import io.caracal.engine.BrokenInvariantException;
import io.caracal.engine.LostHistoryException;
import io.caracal.server.launch.ExitCode;
import io.caracal.server.launch.LaunchFailures;

/** Explains why a running server ended, what can be done where the cause does not say it, and with which exit code. */
final class RunFailures
{
    /**
     * Part of the JVM's messages, of which there are several, about a page of a mapped file that could not be provided.
     */
    private static final String FAULT = "unsafe memory access";

    private static final String KEEP =
        "; keep the data of this server, they may be the only copy; if they are right, " +
            "stop all servers and put them on every member with caracal backup and restore; if the others are " +
            "right, move caracal-1 out of the dataDir of this server, and out of its dataLogDir, and start it again";

    private RunFailures()
    {
    }

    /** Returns the reason in words for people. */
    static String reason(final Throwable cause)
    {
        if (cause instanceof LostHistoryException)
        {
            return cause.getMessage() + KEEP;
        }
        if (cause instanceof final OutOfMemoryError error)
        {
            return "too little memory: " + error.getMessage() + LaunchFailures.remedy(error);
        }

        return cause instanceof InternalError && String.valueOf(cause.getMessage()).contains(FAULT) ? cause +
            ": a mapped file found no room; make some in /dev/shm, or on the disk where the buffers of links lie, " +
            "and start the server again" : cause.toString();
    }

    /** Returns the exit code of the process. */
    static ExitCode exitCode(final Throwable cause)
    {
        if (cause instanceof LostHistoryException)
        {
            return ExitCode.DATA;
        }

        return cause instanceof BrokenInvariantException || !(cause instanceof Exception) ? ExitCode.UNEXPECTED :
            ExitCode.JOURNAL;
    }
}
