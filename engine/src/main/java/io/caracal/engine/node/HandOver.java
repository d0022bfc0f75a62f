/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.zab.ServerLog;

/**
 * How a leader steps down of its own accord. It serves nobody any more and proposes nothing more, but stays until all
 * that it has proposed is committed and applied: so the next leader begins with the same history, and no request is
 * left whose fate only a new epoch decides.
 */
final class HandOver
{
    private final ServerLog log;
    private String reason;

    HandOver(final ServerLog log)
    {
        this.log = log;
    }

    /** Begins it, for a reason in constant text. Without effect when it has begun: the first reason counts. */
    void begin(final String why)
    {
        reason = reason == null ? why : reason;
    }

    boolean isUnderWay()
    {
        return reason != null;
    }

    /** Why the leader steps down; null while it does not. */
    String reason()
    {
        return reason;
    }

    /**
     * Whether nothing that was proposed is under way any more.
     *
     * @param lastProposedZxid of the leader's epoch; beyond the end of the log when nothing was proposed in it, since
     *                         it stands before the first transaction of the epoch then.
     * @return true when all of it is committed, and all that is logged is applied.
     */
    boolean isSettled(final long lastProposedZxid)
    {
        final boolean hasProposed = log.lastZxid() >= lastProposedZxid;

        return (!hasProposed || lastProposedZxid <= log.committedZxid()) && !log.history().hasNext();
    }
}
