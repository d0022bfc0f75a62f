/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest slow requests, for people who ask, and their lines in the log. There is a bounded number of lines a
 * second, and the other requests are counted, because a thousand lines would not help a server that is slow with
 * everything. Written by the scribe, read by any thread.
 */
public final class SlowRequests
{
    /** How many are remembered. */
    public static final int REMEMBERED_MAX = 256;
    /** How many lines a second are written. */
    static final int LINES_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.slow");

    private final ArrayDeque<SlowRequest> latest = new ArrayDeque<>();
    private final LinePace pace = new LinePace(LINES_MAX, TimeUnit.SECONDS.toNanos(1));
    private long leftOut;

    /** Remembers one more slow request, and writes a line of it unless there are too many. Called by the scribe. */
    void add(final SlowRequest request, final long nowNs)
    {
        synchronized (latest)
        {
            if (latest.size() == REMEMBERED_MAX)
            {
                latest.pollFirst();
            }
            latest.addLast(request);
        }

        tick(nowNs);
        if (pace.admits(nowNs))
        {
            LOG.warn("{}", request.line());
        }
        else
        {
            leftOut++;
        }
    }

    /** Says how many lines were left out once their second is over. The scribe. */
    void tick(final long nowNs)
    {
        if (leftOut > 0 && pace.isOver(nowNs))
        {
            LOG.warn("slow requests without a line: {}", leftOut);
            leftOut = 0;
        }
    }

    /**
     * The latest ones.
     *
     * @return the newest first, at most {@link #REMEMBERED_MAX}.
     */
    public List<SlowRequest> latest()
    {
        final List<SlowRequest> copy;
        synchronized (latest)
        {
            copy = new ArrayList<>(latest);
        }
        Collections.reverse(copy);

        return copy;
    }
}
