/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.ServerLog;

/**
 * Lets a leader step down of its own accord. It no longer serves or proposes, but stays until everything that it has
 * proposed is committed and applied. So the next leader begins with the same history, and no request is left whose fate
 * only a new epoch decides.
 */
final class HandOver
{
    private final ServerLog log;
    private String reason;

    HandOver(final ServerLog log)
    {
        this.log = log;
    }

    /**
     * Begins the hand-over, for a reason in constant text. Has no effect when it has already begun: the first reason
     * counts.
     */
    void begin(final String why)
    {
        reason = reason == null ? why : reason;
    }

    boolean isUnderWay()
    {
        return reason != null;
    }

    /** Why the leader steps down; null when it does not. */
    String reason()
    {
        return reason;
    }

    /**
     * Whether nothing that was proposed is still under way.
     *
     * @param lastProposedZxid of the leader's epoch; when nothing was proposed in it, the zxid before its first
     *                         transaction, which is beyond the end of the log.
     * @return true when everything up to it is committed, and everything that is logged is applied.
     */
    boolean isSettled(final long lastProposedZxid)
    {
        final boolean hasProposed = log.lastZxid() >= lastProposedZxid;

        return (!hasProposed || lastProposedZxid <= log.committedZxid()) && !log.history().hasNext();
    }
}
