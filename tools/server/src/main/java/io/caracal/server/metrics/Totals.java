/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;

/** Counts of what happened since the server started, as they are or as they once were. */
public interface Totals
{
    /**
     * Returns a count of the engine.
     *
     * @param count which.
     * @return zero or more.
     */
    long count(Count count);

    /**
     * Returns a count of the clients' sockets.
     *
     * @param kind which.
     * @return zero or more.
     */
    long traffic(Traffic kind);

    /**
     * Returns a sign of life, of which some are counts.
     *
     * @param vital which.
     * @return its value.
     */
    long vital(Vital vital);

    /**
     * Returns how often the server began to look for a leader.
     *
     * @return zero or more.
     */
    long lookings();
}
