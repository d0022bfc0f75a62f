/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.run;

import io.caracal.engine.CycleLimits;
import io.caracal.engine.node.ReaperSettings;
import io.caracal.engine.zab.Zxid;

/**
 * The servers of a run.
 *
 * @param voterCount      number of servers that vote.
 * @param observerCount   number of observers.
 * @param txnsPerSnapshot number of transactions after which a server takes a snapshot.
 * @param txnsPerEpoch    number of transactions after which the counter of an epoch is used up.
 * @param areForced       whether logs are forced; if not, a server that loses power loses the end of its log.
 * @param cycle           limits of one duty cycle of a server.
 * @param slowServer      id of the only server that has these limits, while the others have the usual ones; 0: all have
 *                        them.
 * @param slow            what else makes it slow.
 * @param reaper          when servers remove containers and TTL znodes by themselves.
 */
record ServerSettings(int voterCount, int observerCount, int txnsPerSnapshot, long txnsPerEpoch, boolean areForced,
    CycleLimits cycle, long slowServer, Slowness slow, ReaperSettings reaper)
{
    private static final ReaperSettings RARE = new ReaperSettings(60_000, 10_000, 0);

    /** Servers that force their logs, and are equally quick. */
    ServerSettings(final int voterCount, final int observerCount, final int txnsPerSnapshot)
    {
        this(voterCount, observerCount, txnsPerSnapshot, Zxid.COUNTER_ROLL_OVER, true, CycleLimits.DEFAULT, 0,
            Slowness.NONE, RARE);
    }

    /** Returns these settings with other numbers of servers. */
    ServerSettings counts(final int voters, final int observers)
    {
        return new ServerSettings(voters, observers, txnsPerSnapshot, txnsPerEpoch, areForced, cycle, slowServer, slow,
            reaper);
    }

    /** Returns these settings with more or fewer snapshots. */
    ServerSettings txnsPerSnapshot(final int newTxnsPerSnapshot)
    {
        return new ServerSettings(voterCount, observerCount, newTxnsPerSnapshot, txnsPerEpoch, areForced, cycle,
            slowServer, slow, reaper);
    }

    /** Returns these settings with another length of epochs. */
    ServerSettings txnsPerEpoch(final long newTxnsPerEpoch)
    {
        return new ServerSettings(voterCount, observerCount, txnsPerSnapshot, newTxnsPerEpoch, areForced, cycle,
            slowServer, slow, reaper);
    }

    /** Returns these settings with logs that are not forced. */
    ServerSettings unforced()
    {
        return new ServerSettings(voterCount, observerCount, txnsPerSnapshot, txnsPerEpoch, false, cycle, slowServer,
            slow, reaper);
    }

    /** Returns these settings with other limits of the duty cycles of all servers. */
    ServerSettings cycle(final CycleLimits newCycle)
    {
        return slow(0, newCycle, Slowness.NONE);
    }

    /** Returns these settings with one server that is slower than the others. */
    ServerSettings slow(final long ofServer, final CycleLimits newCycle, final Slowness newSlow)
    {
        return new ServerSettings(voterCount, observerCount, txnsPerSnapshot, txnsPerEpoch, areForced, newCycle,
            ofServer, newSlow, reaper);
    }

    /** Returns these settings with servers that remove znodes by themselves at other times. */
    ServerSettings reaping(final ReaperSettings newReaper)
    {
        return new ServerSettings(voterCount, observerCount, txnsPerSnapshot, txnsPerEpoch, areForced, cycle,
            slowServer, slow, newReaper);
    }

    /** Limits of the duty cycles of a server. */
    CycleLimits cycleOf(final long serverId)
    {
        return slowServer == 0 || slowServer == serverId ? cycle : CycleLimits.DEFAULT;
    }

    /** What makes a server slow. */
    Slowness slownessOf(final long serverId)
    {
        return slowServer == serverId ? slow : Slowness.NONE;
    }

    /** Whether a server may be so far behind that what it shows is old. */
    boolean isLate(final long serverId)
    {
        return slownessOf(serverId).cycleNs() > 0;
    }

    int serverCount()
    {
        return voterCount + observerCount;
    }

    /** Whether the ensemble has enough voters to survive the loss of one disk. */
    boolean mayLoseDisks()
    {
        return voterCount > 2;
    }
}
