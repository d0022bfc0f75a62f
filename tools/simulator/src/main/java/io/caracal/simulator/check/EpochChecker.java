/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.TreeMap;

/**
 * Checks that each epoch has one leader, so that all servers that adopt the epoch's history adopt that of the same
 * leader, and that a server never forgets what it has promised or adopted.
 */
public final class EpochChecker
{
    private static final String ONE = "an epoch has one leader";
    private static final String MEMORY = "promises are kept";

    private final TreeMap<Long, Long> leaderOf = new TreeMap<>();
    private final TreeMap<Long, long[]> durableOf = new TreeMap<>();

    /**
     * Epochs became durable on a server.
     *
     * @param serverId       of the server.
     * @param acceptedEpoch  the promised epoch.
     * @param acceptedLeader the leader to which it was promised.
     * @param currentEpoch   the adopted epoch.
     */
    public void onDurable(final long serverId, final long acceptedEpoch, final long acceptedLeader,
        final long currentEpoch)
    {
        final long[] before = durableOf.getOrDefault(serverId, new long[3]);
        final boolean isKept = acceptedEpoch >= before[0] && currentEpoch >= before[2] && (acceptedEpoch != before[0] ||
            acceptedLeader == before[1]);
        Violation.unless(isKept, MEMORY,
            () -> "server " + serverId + " stores " + acceptedEpoch + " of " + acceptedLeader +
                ", current " + currentEpoch + " after " + before[0] + " of " + before[1] + ", current " + before[2]);
        durableOf.put(serverId, new long[]{ acceptedEpoch, acceptedLeader, currentEpoch });

        if (currentEpoch == acceptedEpoch && currentEpoch > before[2])
        {
            final Long leader = leaderOf.putIfAbsent(currentEpoch, acceptedLeader);
            Violation.unless(leader == null || leader == acceptedLeader, ONE,
                () -> "server " + serverId + " adopts epoch " +
                    currentEpoch + " of " + acceptedLeader + ", others that of " + leader);
        }
    }

    /**
     * A server lost its disk, and with it its promises.
     *
     * @param serverId of the server.
     */
    public void onWiped(final long serverId)
    {
        durableOf.remove(serverId);
    }

    /**
     * A server's process starts.
     *
     * @param serverId       of the server.
     * @param acceptedEpoch  as read from its disk.
     * @param acceptedLeader as read from its disk.
     * @param currentEpoch   as read from its disk.
     */
    public void onStart(final long serverId, final long acceptedEpoch, final long acceptedLeader,
        final long currentEpoch)
    {
        final long[] before = durableOf.getOrDefault(serverId, new long[3]);
        Violation.unless(acceptedEpoch >= before[0] && currentEpoch >= before[2], MEMORY, () -> "server " + serverId +
            " starts with " + acceptedEpoch + ", current " + currentEpoch + " after " + before[0] + ", current " +
            before[2]);
        durableOf.put(serverId, new long[]{ acceptedEpoch, acceptedLeader, currentEpoch });
    }
}
