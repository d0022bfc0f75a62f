/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.EventSink;

/**
 * Receives the events of the engine, and also those of the loop in which the engine runs. Called on that loop's thread
 * only. Implementations must neither block nor allocate.
 */
public interface LoopSink extends EventSink
{
    /**
     * A duty cycle of the loop begins.
     *
     * @param startNs current monotonic time.
     */
    void onCycleBegun(long startNs);

    /**
     * A duty cycle of the loop is over, and its replies have been handed to the sockets.
     *
     * @param startNs monotonic time at which it began.
     * @param endNs   current monotonic time.
     */
    void onCycle(long startNs, long endNs);

    /**
     * The loop goes idle.
     *
     * @param dueNs monotonic time at which the loop must turn again at the latest.
     */
    void onRest(long dueNs);
}
