/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.Arrays;

/**
 * Collects the replies of one duty cycle. They are recorded together because they are sent together, so one reading of
 * the clock is right for all. Replies of one operation whose requests arrived together share one entry; with a client
 * that pipelines, these can be thousands. Owned by the engine's thread.
 */
final class ReplyTally
{
    /** Maximum number of entries that can wait for the end of the cycle. Beyond that, they are recorded early. */
    static final int ENTRIES_MAX = 1024;
    private static final int NONE = -1;
    private static final Operation[] OPERATIONS = Operation.values();

    private final ServerMetrics metrics;
    private final long[] arrivalsNs = new long[ENTRIES_MAX];
    private final int[] kinds = new int[ENTRIES_MAX];
    private final int[] counts = new int[ENTRIES_MAX];
    /** Index of the newest entry of each kind, to which the next reply of that kind most likely belongs. */
    private final int[] newest = new int[2 * OPERATIONS.length];
    private int size;

    ReplyTally(final ServerMetrics metrics)
    {
        this.metrics = metrics;
        Arrays.fill(newest, NONE);
    }

    /** Whether there may be no room for the next reply. */
    boolean isFull()
    {
        return size == ENTRIES_MAX;
    }

    void add(final Operation operation, final boolean isWrite, final long arrivalNs)
    {
        final int kind = 2 * operation.ordinal() + (isWrite ? 1 : 0);
        final int entry = newest[kind];
        if (entry != NONE && arrivalsNs[entry] == arrivalNs)
        {
            counts[entry]++;
        }
        else
        {
            newest[kind] = size;
            kinds[size] = kind;
            arrivalsNs[size] = arrivalNs;
            counts[size] = 1;
            size++;
        }
    }

    /**
     * Records all collected replies as sent now. Reads were taken when the duty cycle began, because they are answered
     * in the same cycle.
     */
    void record(final long nowNs, final long cycleNs)
    {
        for (int i = 0; i < size; i++)
        {
            final int kind = kinds[i];
            final long latencyNs = nowNs - arrivalsNs[i];
            metrics.operation(OPERATIONS[kind >> 1]).record(latencyNs, counts[i]);
            if ((kind & 1) == 0)
            {
                metrics.reads().record(latencyNs, counts[i]);
                metrics.stage(Stage.RECEIVE).record(cycleNs - arrivalsNs[i], counts[i]);
            }
            else
            {
                metrics.writes().record(latencyNs, counts[i]);
            }
            newest[kind] = NONE;
        }

        size = 0;
    }
}
