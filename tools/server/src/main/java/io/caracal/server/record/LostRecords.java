/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * The lines about records that found no room in the ring: the first at once, then one in a while with how many were
 * lost since. When the log is slower than the server, lines that say so must not slow it further. Used by the scribe.
 */
final class LostRecords
{
    /** Time from one line to the next at least, nanoseconds. */
    static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final RecordRing ring;
    private final LinePace pace = new LinePace(1, PERIOD_NS);
    private long untold;

    LostRecords(final Logger log, final RecordRing ring)
    {
        this.log = log;
        this.ring = ring;
    }

    /** Tells of losses if there are any and the time for a line has come. */
    void tick(final long nowNs)
    {
        untold += ring.takeLost();
        if (untold > 0 && pace.admits(nowNs))
        {
            tell();
        }
    }

    /**
     * Tells of all losses that were not told yet, without waiting for the time, because there will be no further line.
     */
    void end()
    {
        untold += ring.takeLost();
        if (untold > 0)
        {
            tell();
        }
    }

    private void tell()
    {
        log.error("{} records of requests were lost, the log is slower than the server", untold);
        untold = 0;
    }
}
