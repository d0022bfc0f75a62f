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
 * Keeps the latest slow requests for people who ask, and logs them. The number of lines per second is limited and the
 * other requests are only counted, because a thousand lines do not help when a server is slow with everything. Written
 * by the scribe, read by any thread.
 */
public final class SlowRequests
{
    /** Maximum number of requests that are kept. */
    public static final int REMEMBERED_MAX = 256;
    /** Maximum number of lines per second. */
    static final int LINES_MAX = 10;

    private static final Logger LOG = LoggerFactory.getLogger("io.caracal.slow");

    private final ArrayDeque<SlowRequest> latest = new ArrayDeque<>();
    private final LinePace pace = new LinePace(LINES_MAX, TimeUnit.SECONDS.toNanos(1));
    private long leftOut;

    /** Keeps a slow request, and logs it unless there are too many lines. Called by the scribe. */
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

    /** Once a second is over, logs how many lines were left out in it. Called by the scribe. */
    void tick(final long nowNs)
    {
        if (leftOut > 0 && pace.isOver(nowNs))
        {
            LOG.warn("slow requests without a line: {}", leftOut);
            leftOut = 0;
        }
    }

    /**
     * Returns the latest slow requests.
     *
     * @return newest first, at most {@link #REMEMBERED_MAX}.
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
