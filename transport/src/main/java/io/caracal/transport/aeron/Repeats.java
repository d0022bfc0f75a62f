/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

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

    private static final long REPEAT_NS = TimeUnit.MINUTES.toNanos(1);

    private final Set<String> told = new HashSet<>();
    private final NanoClock nanoClock;
    private long toldSinceNs;

    Repeats(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        toldSinceNs = nanoClock.nanoTime();
    }

    /** Whether it is to be told. */
    boolean isNew(final String news)
    {
        final long nowNs = nanoClock.nanoTime();

        if (nowNs - toldSinceNs >= REPEAT_NS)
        {
            told.clear();
            toldSinceNs = nowNs;
        }

        return told.size() < NEWS_MAX && told.add(news);
    }

    /** Something else has happened: what was told is news again. */
    void clear()
    {
        told.clear();
    }
}
