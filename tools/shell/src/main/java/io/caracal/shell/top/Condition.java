/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.top;

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

    private static final long START_SLACK_MS = 2_000;

    static Condition of(final long pid, final long startTimeMs, final long lateNs)
    {
        final ProcessHandle process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null);
        if (process == null || isAnother(process, startTimeMs))
        {
            return GONE;
        }

        final char state = stateOf(pid);
        if (state == 'Z' || state == 'X')
        {
            return GONE;
        }

        return state == 'T' || state == 't' ? STOPPED : lateNs > LATE_NS ? STALLED : RUNNING;
    }

    /** Whether the number belongs to a process that began after the server did. */
    private static boolean isAnother(final ProcessHandle process, final long startTimeMs)
    {
        return process.info().startInstant().map(start -> start.toEpochMilli() > startTimeMs + START_SLACK_MS)
            .orElse(false);
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
