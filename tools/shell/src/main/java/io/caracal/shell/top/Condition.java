/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

import io.caracal.server.metrics.CountersHeader;
import io.caracal.server.metrics.RuntimeLease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How a server is, judged from outside. */
enum Condition
{
    /** Its loop turns. */
    RUNNING,
    /** Its process is there, but stopped by a signal or a debugger. */
    STOPPED,
    /** Its process is there, but its loop has not turned when it should have. */
    STALLED,
    /** Its process is gone; a server that ends in good order takes its figures with it, so this one was killed. */
    GONE;

    /** A loop that is this late is stuck; far more than a busy machine makes it wait. */
    static final long LATE_NS = 1_000_000_000L;

    /** Of the server that keeps its figures in a directory. */
    static Condition of(final Path directory, final CountersHeader header, final long lateNs) throws IOException
    {
        if (!RuntimeLease.isAlive(directory, header))
        {
            return GONE;
        }

        // Outside its container nobody can tell a process that was stopped from one that is stuck.
        final char state = header.nameSpaces().hasOwnProcesses() ? stateOf(header.pid()) : 'R';

        return state == 'T' || state == 't' ? STOPPED : lateNs > LATE_NS ? STALLED : RUNNING;
    }

    /** The letter behind the name of the program, which may itself hold brackets; R where the system does not say. */
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
