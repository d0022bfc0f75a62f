/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/**
 * Limits on what clients may have under way, and on time-outs.
 *
 * @param sessionTimeoutMinMs   smallest session time-out that is granted.
 * @param sessionTimeoutMaxMs   largest session time-out that is granted.
 * @param outstandingMax        requests under way in all; beyond it a connection with requests of its own waits.
 * @param connectionRequestsMax requests of any kind that one connection may have waiting; beyond it, it waits.
 * @param largeRequestThreshold length in bytes from which a request counts as large; -1: none does.
 * @param largeRequestMaxBytes  bytes of large requests under way; one that would exceed them closes its connection.
 * @param watchesMax            watches of all clients; beyond it, setting one is answered with a system error.
 * @param elementLengthMax      longest string or buffer within a request, bytes.
 */
public record ClientLimits(int sessionTimeoutMinMs, int sessionTimeoutMaxMs, int outstandingMax,
    int connectionRequestsMax, int largeRequestThreshold, long largeRequestMaxBytes, int watchesMax,
    int elementLengthMax)
{
    /**
     * The limit as configured holds for this frame length.
     *
     * @param frameLength bytes.
     * @return whether it counts as large.
     */
    boolean isLarge(final int frameLength)
    {
        return largeRequestThreshold > 0 && frameLength > largeRequestThreshold;
    }

    /**
     * Grants a session time-out.
     *
     * @param wantedMs what the client wants, any value.
     * @return the nearest that is permitted.
     */
    int negotiate(final int wantedMs)
    {
        return Math.max(sessionTimeoutMinMs, Math.min(sessionTimeoutMaxMs, wantedMs));
    }
}
