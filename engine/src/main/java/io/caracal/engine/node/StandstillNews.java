/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.election.Standstill;
import java.util.concurrent.TimeUnit;

/** Tells people why there is no leader, once that has lasted unusually long, and then each minute. */
final class StandstillNews
{
    /** How many peer time-outs an election, or the beginning of an epoch, may last before people are told why. */
    private static final int UNUSUAL_FACTOR = 5;
    private static final long TOLD_AGAIN_NS = TimeUnit.MINUTES.toNanos(1);

    private final Node node;
    private long dueNs;

    StandstillNews(final Node node)
    {
        this.node = node;
        dueNs = node.watchNs() + UNUSUAL_FACTOR * node.patience().timeoutNs();
    }

    /** Tells what a role says of itself, if that is due. */
    void tell(final Role role)
    {
        if (node.watchNs() - dueNs >= 0)
        {
            dueNs = node.watchNs() + TOLD_AGAIN_NS;
            final Standstill standstill = role.standstill();
            node.events().onNotice(standstill.obstacle().text(), standstill.serverId());
        }
    }

    /** When {@link #tell} is due. */
    long dueNs()
    {
        return dueNs;
    }
}
