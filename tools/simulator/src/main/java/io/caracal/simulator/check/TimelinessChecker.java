/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.simulator.check;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * ZooKeeper's promise that what a client is shown is up to date within a bound, or the client finds that it is cut off:
 * whoever answers has everything that was agreed not long before.
 */
public final class TimelinessChecker implements AgreedLog.Listener
{
    private static final String RULE = "who answers a client has what was agreed a while before";

    private final TreeMap<Long, Long> agreedAt = new TreeMap<>();
    private final LongSupplier clock;
    private final long boundNs;

    /**
     * Nothing is agreed yet.
     *
     * @param clock   true time.
     * @param boundNs how old what a server shows may be.
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
     * A server showed its present state to a client.
     *
     * @param serverId which server.
     * @param zxid     of the state.
     * @param saidNs   when it said so, true time.
     */
    public void onShown(final long serverId, final long zxid, final long saidNs)
    {
        final Map.Entry<Long, Long> due = agreedAt.floorEntry(saidNs - boundNs);
        Violation.unless(due == null || zxid >= due.getValue(), RULE, "server " + serverId + " answers at " + saidNs +
            " ns with its state of " + Violation.zxid(zxid) + "; " + (due == null ? "" : Violation.zxid(due
                .getValue()) + " was agreed at " + due.getKey() + " ns"));
    }
}
