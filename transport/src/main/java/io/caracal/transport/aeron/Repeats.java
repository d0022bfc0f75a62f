/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.LinePace;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Lets news that repeat through once a minute, and no more than some in a minute, so that whoever can make news, also a
 * stranger, fills neither a log nor this memory.
 */
final class Repeats
{
    /** Different news of one minute; what comes after them is not told. */
    static final int NEWS_MAX = 32;

    private final Set<String> told = new HashSet<>();
    private final LinePace pace = new LinePace(NEWS_MAX, TimeUnit.MINUTES.toNanos(1));
    private final NanoClock nanoClock;

    Repeats(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
    }

    /** Whether it is to be told. */
    boolean isNew(final String news)
    {
        final long nowNs = nanoClock.nanoTime();
        if (pace.isOver(nowNs))
        {
            told.clear();
        }

        return !told.contains(news) && pace.admits(nowNs) && told.add(news);
    }

    /** Something else has happened: what was told is news again. */
    void clear()
    {
        told.clear();
    }
}
