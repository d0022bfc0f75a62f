/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What leaders certainly know of what other servers have heard from clients and agreed on with them. A server that
 * serves names all of that before it answers a heartbeat, and the leader sends back the mark of that answer. Once the
 * mark is back, the leader of that epoch knows everything up to the moment at which the answer was sent.
 */
public final class LeaderNews
{
    private static final long NEVER = Long.MAX_VALUE;

    private final TreeMap<Long, TreeMap<Long, Run>> runs = new TreeMap<>();

    /** One process of a server. */
    private static final class Run
    {
        /** By epoch: when the last answer was sent whose mark came back. */
        private final TreeMap<Long, Long> marks = new TreeMap<>();
        /** When it first said in the present conversation that it serves. */
        private long servingNs = NEVER;
    }

    private NavigableMap<Long, Run> runsOf(final long serverId)
    {
        return runs.computeIfAbsent(serverId, key -> new TreeMap<>());
    }

    /**
     * A server's process starts.
     *
     * @param serverId of the server.
     * @param nowNs    true time.
     */
    public void onStart(final long serverId, final long nowNs)
    {
        runsOf(serverId).put(nowNs, new Run());
    }

    /**
     * A server attaches to a leader. That leader knows nothing from it before it serves again.
     *
     * @param serverId of the server.
     */
    public void onAttaching(final long serverId)
    {
        runsOf(serverId).lastEntry().getValue().servingNs = NEVER;
    }

    /**
     * A server answers a heartbeat and says that it serves.
     *
     * @param serverId of the server.
     * @param nowNs    true time.
     */
    public void onServing(final long serverId, final long nowNs)
    {
        final Run run = runsOf(serverId).lastEntry().getValue();
        run.servingNs = Math.min(run.servingNs, nowNs);
    }

    /**
     * The mark of an answer has come back to a server.
     *
     * @param serverId of the server.
     * @param epoch    in which that is.
     * @param markNs   true time at which it sent the answer.
     */
    public void onEcho(final long serverId, final long epoch, final long markNs)
    {
        final Run run = runsOf(serverId).lastEntry().getValue();
        if (markNs >= run.servingNs)
        {
            run.marks.merge(epoch, markNs, Math::max);
        }
    }

    /**
     * Whether a leader certainly knows what a server had told a client.
     *
     * @param leader   of an epoch.
     * @param epoch    in question.
     * @param serverId of the server, maybe the leader itself.
     * @param saidNs   true time at which the server told the client.
     * @return false when nobody can be blamed if the leader does not know it.
     */
    boolean isKnown(final long leader, final long epoch, final long serverId, final long saidNs)
    {
        final Map.Entry<Long, Run> entry = runsOf(serverId).floorEntry(saidNs);
        if (entry == null)
        {
            return false;
        }

        return leader == serverId ? entry.getKey().equals(runsOf(serverId).lastKey()) :
            entry.getValue().marks.getOrDefault(epoch, 0L) > saidNs;
    }
}
