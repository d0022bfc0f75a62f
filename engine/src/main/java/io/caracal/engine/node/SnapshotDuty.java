/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.SeededRandom;
import io.caracal.engine.apply.Replica;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.snapshot.SnapshotLoader;

/** Temp. */
final class SnapshotDuty implements AutoCloseable
{
    private final SnapshotLoader loader = new SnapshotLoader();
    SnapshotDuty(final NodeContext context, final Replica replica, final SeededRandom random, final EventSink events)
    {
    }

    SnapshotLoader loader()
    {
        return loader;
    }

    void time(final long nowMs)
    {
    }

    void onApplied(final int length)
    {
    }

    int doWork(final boolean idle)
    {
        return 0;
    }

    void demand()
    {
    }

    long lastZxid()
    {
        return -1;
    }

    long lastTimeMs()
    {
        return -1;
    }

    @Override
    public void close()
    {
    }
}
