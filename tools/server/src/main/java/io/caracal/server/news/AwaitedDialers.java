/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.server.config.ServerLine;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.slf4j.Logger;

/**
 * Tells the log of servers that should have dialed this one. Of two servers the one with the larger id dials and says
 * what is in the way; where that one is down, or knows nothing of this one, nobody would say a word. The transport's
 * thread notes links, the operator thread tells: once for each absence.
 */
public final class AwaitedDialers
{
    /** How long an absence lasts before it is told. */
    static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final Logger log;
    private final ServerLine own;
    private final List<ServerLine> dialers;
    private final AtomicIntegerArray linked;
    private final long[] absentSinceNs;
    private final boolean[] isTold;

    /**
     * Nobody is linked yet.
     *
     * @param log   of the server.
     * @param own   line of this server.
     * @param all   lines.
     * @param nowNs from when on they are awaited, time of the clock of {@link #tell}.
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

    /** A link began or ended. Any thread; never blocks. */
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
     * Tells the log what is new. Called by the operator thread.
     *
     * @param nowNs the time.
     * @return how many lines that were.
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
