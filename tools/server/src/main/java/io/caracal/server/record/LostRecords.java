/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.transport.LinePace;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Logs how many records found no room in the ring: the first loss at once, then at most one line per period with the
 * losses since. When the log is slower than the server, lines about it must not slow it further. Used by the scribe.
 */
final class LostRecords
{
    /** Shortest time between two lines, in nanoseconds. */
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

    /** Logs the losses if there are any and the next line is due. */
    void tick(final long nowNs)
    {
        untold += ring.takeLost();
        if (untold > 0 && pace.admits(nowNs))
        {
            tell();
        }
    }

    /** Logs all losses that were not logged yet, without waiting, because no further line will follow. */
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
