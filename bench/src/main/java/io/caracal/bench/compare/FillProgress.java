/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.compare;

import io.caracal.bench.load.ProgressHandler;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reports every ten seconds how far a preparation has come. A preparation that takes less time is not reported. */
final class FillProgress implements ProgressHandler
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    private final String what;
    private final Consumer<String> progress;
    private long toldNs = System.nanoTime();

    FillProgress(final String what, final Consumer<String> progress)
    {
        this.what = what;
        this.progress = progress;
    }

    @Override
    public void onProgress(final String doing, final long answered, final double ratePerSecond)
    {
        final long nowNs = System.nanoTime();
        if (nowNs - toldNs >= INTERVAL_NS)
        {
            toldNs = nowNs;
            progress.accept(String.format(Locale.ROOT, "%s: %s: %,d, %,.0f/s", what, doing, answered, ratePerSecond));
        }
    }
}
