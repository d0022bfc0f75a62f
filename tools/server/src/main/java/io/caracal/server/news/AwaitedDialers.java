/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.server.config.ServerLine;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;

/**
 * Logs a warning about each server that should have dialed this one and has not. Of two servers, the one with the
 * larger id dials and logs what keeps it from connecting. If it is down or does not know this server, no log would
 * mention the missing link. The transport's threads report links; the operator thread writes one line per absence.
 */
public final class AwaitedDialers
{
    /** How long a server may be absent before a warning is logged. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final Logger log;
    private final ServerLine own;
    private final List<ServerLine> dialers;
    private final AtomicIntegerArray linked;
    private final long[] absentSinceNs;
    private final boolean[] isTold;

    /**
     * Starts without any links.
     *
     * @param log   of the server.
     * @param own   line of this server.
     * @param all   lines of all servers, including this one.
     * @param nowNs time of the clock of {@link #tell}; absences are counted from here.
     */
    public AwaitedDialers(final Logger log, final ServerLine own, final List<ServerLine> all, final long nowNs)
    {
        this.log = log;
        this.own = own;
        dialers = all.stream().filter(line -> line.serverId() > own.serverId()).toList();
        linked = new AtomicIntegerArray(dialers.size());
        absentSinceNs = new long[dialers.size()];
        isTold = new boolean[dialers.size()];
        Arrays.fill(absentSinceNs, nowNs);
    }

    /** Notes that a link began or ended. Called by any thread; never blocks. */
    void onLink(final long serverId, final boolean isUp)
    {
        for (int i = 0; i < dialers.size(); i++)
        {
            if (dialers.get(i).serverId() == serverId)
            {
                linked.set(i, isUp ? 1 : 0);
            }
        }
    }

    /**
     * Logs new absences. Called by the operator thread.
     *
     * @param nowNs time of the clock.
     * @return number of lines written.
     */
    public int tell(final long nowNs)
    {
        int lines = 0;
        for (int i = 0; i < dialers.size(); i++)
        {
            if (linked.get(i) != 0)
            {
                absentSinceNs[i] = nowNs;
                isTold[i] = false;
            }
            else if (!isTold[i] && nowNs - absentSinceNs[i] >= PATIENCE_NS)
            {
                isTold[i] = true;
                lines++;
                log.warn(
                    "no link with server {} for {} s: it dials this one, since its id is the larger one, and says " +
                        "in its log what is in the way, if it runs; its configuration must lead here by {}",
                    dialers.get(i).serverId(), TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS), own.text());
            }
        }

        return lines;
    }
}
