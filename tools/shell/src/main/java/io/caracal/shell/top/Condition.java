/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.RuntimeLease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The condition of a server, judged from outside. */
enum Condition
{
    /** The server's loop turns. */
    RUNNING,
    /** The process exists, but a signal or a debugger stopped it. */
    STOPPED,
    /** The process exists, but its loop has not turned when it should have. */
    STALLED,
    /**
     * The process is gone. A server that shuts down in an orderly way removes its figures, so this one was killed or
     * crashed.
     */
    GONE;

    /** A loop that is later than this is stuck. A busy machine delays it by far less. */
    static final long LATE_NS = 1_000_000_000L;

    /** Judges the server that keeps its figures in the directory. */
    static Condition of(final Path directory, final CountersHeader header, final long lateNs) throws IOException
    {
        if (!RuntimeLease.isAlive(directory, header))
        {
            return GONE;
        }

        // From outside its container, a stopped process cannot be told from a stuck one.
        final char state = header.nameSpaces().hasOwnProcesses() ? stateOf(header.pid()) : 'R';

        return state == 'T' || state == 't' ? STOPPED : lateNs > LATE_NS ? STALLED : RUNNING;
    }

    /** The state letter after the program name, which may itself contain brackets; R where the system does not tell. */
    private static char stateOf(final long pid)
    {
        try
        {
            final String text = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return text.charAt(text.lastIndexOf(')') + 2);
        }
        catch (final IOException ex)
        {
            return 'R';
        }
    }

    String word()
    {
        return name().toLowerCase(Locale.ROOT);
    }
}
