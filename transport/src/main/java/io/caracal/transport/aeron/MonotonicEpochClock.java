/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The clock that Aeron takes for wall-clock time. It counts from its creation and never jumps. A step of the real clock
 * would make Aeron believe that its own client is dead.
 */
final class MonotonicEpochClock implements EpochClock
{
    /** Starts well above zero, which Aeron takes for "never". */
    private static final long START_MS = TimeUnit.DAYS.toMillis(1);

    private final NanoClock nanoClock;
    private final long startNs;

    MonotonicEpochClock(final NanoClock nanoClock)
    {
        this.nanoClock = nanoClock;
        startNs = nanoClock.nanoTime();
    }

    @Override
    public long time()
    {
        return START_MS + TimeUnit.NANOSECONDS.toMillis(nanoClock.nanoTime() - startNs);
    }
}
