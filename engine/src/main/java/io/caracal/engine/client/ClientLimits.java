/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

/**
 * Limits on time-outs and on what clients may have under way.
 *
 * @param sessionTimeoutMinMs   smallest session time-out that is granted.
 * @param sessionTimeoutMaxMs   largest session time-out that is granted.
 * @param outstandingMax        requests under way in all; beyond it, a connection that has requests under way must
 *                              wait.
 * @param connectionRequestsMax requests of any kind that one connection may have under way; beyond it, it must wait.
 * @param largeRequestThreshold length in bytes above which a request counts as large; 0 or less: none does.
 * @param largeRequestMaxBytes  bytes of large requests under way; one that would exceed them closes its connection.
 * @param watchesMax            watches of all clients; beyond it, setting one is answered with a system error.
 * @param elementLengthMax      longest string or buffer within a request, bytes.
 */
public record ClientLimits(int sessionTimeoutMinMs, int sessionTimeoutMaxMs, int outstandingMax,
    int connectionRequestsMax, int largeRequestThreshold, long largeRequestMaxBytes, int watchesMax,
    int elementLengthMax)
{
    /**
     * Whether a frame of this length counts as large under the configured threshold.
     *
     * @param frameLength bytes.
     * @return whether it counts as large.
     */
    boolean isLarge(final int frameLength)
    {
        return largeRequestThreshold > 0 && frameLength > largeRequestThreshold;
    }

    /**
     * Limits a session time-out to the permitted range.
     *
     * @param wantedMs what the client wants, any value.
     * @return the nearest permitted time-out.
     */
    int negotiate(final int wantedMs)
    {
        return Math.max(sessionTimeoutMinMs, Math.min(sessionTimeoutMaxMs, wantedMs));
    }
}
