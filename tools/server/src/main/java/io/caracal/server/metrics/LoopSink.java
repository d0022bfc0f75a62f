/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.EventSink;

/**
 * Takes what the engine tells, and beside it how the loop turns that the engine runs in. Called on that loop's thread
 * only; an implementation must neither block nor allocate.
 */
public interface LoopSink extends EventSink
{
    /**
     * A duty cycle of the loop begins.
     *
     * @param startNs now, monotonic.
     */
    void onCycleBegun(long startNs);

    /**
     * A duty cycle of the loop is over, and what it replied is with the sockets.
     *
     * @param startNs when it began, monotonic.
     * @param endNs   now.
     */
    void onCycle(long startNs, long endNs);

    /**
     * The loop rests.
     *
     * @param dueNs when it is to turn again at the latest.
     */
    void onRest(long dueNs);
}
