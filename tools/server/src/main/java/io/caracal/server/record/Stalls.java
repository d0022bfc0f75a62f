/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Logs the times in which the server answered nobody: the first at once, then at most one line per period with those
 * since. On a bad day of the machine there is one each second, and other lines would drown. Short stalls are paced
 * separately, so that they never delay the line about a long one. Used by the scribe.
 */
final class Stalls
{
    /** Shortest time between two lines of the same level, in nanoseconds. */
    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long WARN_MS = 1_000;

    private final Lines shortOnes;
    private final Lines longOnes;

    Stalls(final Logger log)
    {
        shortOnes = new Lines(log, Level.INFO);
        longOnes = new Lines(log, Level.WARN);
    }

    /** Reports a time, in milliseconds, in which the server answered nobody. */
    void add(final long ms, final long nowNs)
    {
        (ms >= WARN_MS ? longOnes : shortOnes).add(ms, nowNs);
    }

    /** Logs the stalls that wait for a line once it is due. */
    void tick(final long nowNs)
    {
        shortOnes.tick(nowNs);
        longOnes.tick(nowNs);
    }

    /** Logs the stalls that wait for a line, without waiting until it is due, because no further line will follow. */
    void end()
    {
        shortOnes.tell();
        longOnes.tell();
    }

    private static final class Lines
    {
        private final LinePace pace = new LinePace(1, PERIOD_NS);
        private final Logger log;
        private final Level level;
        private long untold;
        private long untoldMs;
        private long longestMs;

        Lines(final Logger log, final Level level)
        {
            this.log = log;
            this.level = level;
        }

        void add(final long ms, final long nowNs)
        {
            untold++;
            untoldMs += ms;
            longestMs = Math.max(longestMs, ms);
            tick(nowNs);
        }

        void tick(final long nowNs)
        {
            if (untold > 0 && pace.admits(nowNs))
            {
                tell();
            }
        }

        void tell()
        {
            if (untold == 1)
            {
                log.atLevel(level).log(
                    "the server answered nobody for {} ms: the process was stopped or paused, or one turn took so long",
                    untoldMs);
            }
            else if (untold > 1)
            {
                log.atLevel(level).log(
                    "the server answered nobody for {} ms, {} times together since the last line, {} ms the longest",
                    untoldMs, untold, longestMs);
            }
            untold = 0;
            untoldMs = 0;
            longestMs = 0;
        }
    }
}
