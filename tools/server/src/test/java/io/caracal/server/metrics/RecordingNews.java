/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.ArrayList;
import java.util.List;

/** Records the news that metrics cannot express. */
final class RecordingNews implements CountersSink.NewsListener
{
    private final List<String> told = new ArrayList<>();

    List<String> told()
    {
        return told;
    }

    @Override
    public void onState(final String state, final String reason)
    {
        told.add(state + ": " + reason);
    }

    @Override
    public void onLeader(final long serverId, final long epoch)
    {
        told.add(serverId + " leads epoch " + epoch);
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        told.add(what + " " + serverId);
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        told.add(sessionId + " " + timeoutMs);
    }
}
