/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Checks ZooKeeper's promise of timeliness: what a client is shown is up to date within a bound, or the client notices
 * that it is cut off. A server that answers must have everything that was agreed longer ago than that bound.
 */
public final class TimelinessChecker implements AgreedLog.Listener
{
    private static final String RULE = "who answers a client has what was agreed a while before";

    private final TreeMap<Long, Long> agreedAt = new TreeMap<>();
    private final LongSupplier clock;
    private final long boundNs;

    /**
     * Creates a checker before anything is agreed.
     *
     * @param clock   returns true time.
     * @param boundNs maximum age of what a server shows.
     */
    public TimelinessChecker(final LongSupplier clock, final long boundNs)
    {
        this.clock = clock;
        this.boundNs = boundNs;
    }

    @Override
    public void onAgreed(final Txn txn, final long appendedNs)
    {
        agreedAt.put(clock.getAsLong(), txn.zxid());
    }

    /**
     * A server showed a client its present state.
     *
     * @param serverId of the server.
     * @param zxid     of the state.
     * @param saidNs   true time at which it sent the answer.
     */
    public void onShown(final long serverId, final long zxid, final long saidNs)
    {
        final Map.Entry<Long, Long> due = agreedAt.floorEntry(saidNs - boundNs);
        Violation.unless(due == null || zxid >= due.getValue(), RULE,
            () -> "server " + serverId + " answers at " + saidNs +
                " ns with its state of " + Violation.zxid(zxid) + "; " +
                (due == null ? "" : Violation.zxid(due.getValue()) + " was agreed at " + due.getKey() + " ns"));
    }
}
