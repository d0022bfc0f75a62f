/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * The lines about times in which the server answered nobody: the first at once, then one in a while with how many
 * there were since. In a bad hour of the machine there is one each second, and other lines would drown. Short ones have
 * a pace of their own, so that none keeps a long one from being told at once. Used by the scribe.
 */
final class Stalls
{
    /** Time from one line to the next of the same level at least, nanoseconds. */
    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long WARN_MS = 1_000;

    private final Lines shortOnes;
    private final Lines longOnes;

    Stalls(final Logger log)
    {
        shortOnes = new Lines(log, Level.INFO);
        longOnes = new Lines(log, Level.WARN);
    }

    /** The server answered nobody for so many milliseconds. */
    void add(final long ms, final long nowNs)
    {
        (ms >= WARN_MS ? longOnes : shortOnes).add(ms, nowNs);
    }

    /** Tells of what was left out once its time has come. */
    void tick(final long nowNs)
    {
        shortOnes.tick(nowNs);
        longOnes.tick(nowNs);
    }

    /** Tells of what was left out without waiting for the time, because there will be no further line. */
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
