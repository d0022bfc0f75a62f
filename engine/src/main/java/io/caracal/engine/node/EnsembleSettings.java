/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.Ensemble;
import java.util.concurrent.TimeUnit;

/**
 * Who belongs to the ensemble, and how long its servers wait for each other.
 *
 * @param members         voters and observers.
 * @param isTrusted       false when what this server had acknowledged may be missing from its disk (restored from a
 *                        backup; the machine started again without forced writes): it does not vote before an
 *                        established leader has synchronized it.
 * @param mayBeginBlank   true when an operator confirmed that a blank disk of this server is not a lost one.
 * @param heartbeatNs     time between two heartbeats of a leader.
 * @param peerTimeoutNs   silence after which a peer is given up.
 * @param finalizeWaitNs  how long an election that a quorum has decided waits for the voters that are missing.
 */
public record EnsembleSettings(Ensemble members, boolean isTrusted, boolean mayBeginBlank,
    long heartbeatNs, long peerTimeoutNs, long finalizeWaitNs)
{
    private static final long HEARTBEAT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PEER_TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(1000);
    private static final long FINALIZE_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Settings with the default time-outs.
     *
     * @param members voters and observers.
     * @return trusted, and not confirmed as blank.
     */
    public static EnsembleSettings of(final Ensemble members)
    {
        return new EnsembleSettings(members, true, false, HEARTBEAT_NS, PEER_TIMEOUT_NS, FINALIZE_WAIT_NS);
    }
}
