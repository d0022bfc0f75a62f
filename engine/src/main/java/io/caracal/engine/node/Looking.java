/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

import io.caracal.engine.port.EpochHandler;
import io.caracal.engine.port.EpochStore;

/**
 * Phases 0 to 2 of ZAB for an ensemble of one: the only voter elects itself, promises itself the next epoch and
 * adopts its own
 * history, which start-up has made durable. The epoch counts from the moment at which it is durable.
 */
final class Looking extends NotServing implements Role, EpochHandler
{
    private final Node node;
    private final EpochStore epochs;
    private final long newEpoch;
    private boolean isRequested;
    private boolean isEstablished;

    Looking(final Node node, final EpochStore epochs)
    {
        this.node = node;
        this.epochs = epochs;
        newEpoch = Math.max(epochs.acceptedEpoch(), epochs.currentEpoch()) + 1;
    }

    @Override
    public String roleName()
    {
        return "looking";
    }

    @Override
    public int doWork(final long nowNs, final long nowMs)
    {
        if (!isRequested)
        {
            isRequested = epochs.store(newEpoch, node.serverId(), newEpoch);
        }

        return epochs.poll(this);
    }

    @Override
    public void onEpochsDurable(final long acceptedEpoch, final long acceptedLeader, final long currentEpoch)
    {
        isEstablished = currentEpoch == newEpoch;
    }

    @Override
    public int onDurable(final long zxid)
    {
        return 0;
    }

    @Override
    public long nextDeadlineNs(final long nowNs)
    {
        return Long.MAX_VALUE;
    }

    @Override
    public Role next()
    {
        return isEstablished ? new Leading(node, newEpoch) : this;
    }

    @Override
    public void close()
    {
        // Owns nothing.
    }
}
