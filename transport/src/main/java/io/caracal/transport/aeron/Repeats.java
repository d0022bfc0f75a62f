/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.LinePace;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Limits repeated news. The same news passes once a minute, and only a bounded number of different news in a minute. So
 * nobody who can cause news, not even a stranger, can fill a log or this memory.
 */
final class Repeats
{
    /** Maximum of different news in one minute; further ones are not told. */
    static final int NEWS_MAX = 32;

    private final Set<String> told = new HashSet<>();
    private final LinePace pace = new LinePace(NEWS_MAX, TimeUnit.MINUTES.toNanos(1));
    private final NanoClock nanoClock;

    Repeats(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
    }

    /** Whether the news is to be told. */
    boolean isNew(final String news)
    {
        final long nowNs = nanoClock.nanoTime();
        if (pace.isOver(nowNs))
        {
            told.clear();
        }

        return !told.contains(news) && pace.admits(nowNs) && told.add(news);
    }

    /** Forgets what was told because something else has happened, so that the same counts as news again. */
    void clear()
    {
        told.clear();
    }
}
