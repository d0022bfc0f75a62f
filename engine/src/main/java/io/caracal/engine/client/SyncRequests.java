/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;

/**
 * Syncs that are not settled. For each, the role is asked up to which zxid this server has to apply in order to have
 * seen everything that was committed when the sync arrived. Once that zxid is applied here, the sync is settled. From
 * then on it is like a read, which is answered in its turn.
 * <p>
 * Syncs are settled in the order in which they were asked, because roles answer them in that order.
 */
final class SyncRequests
{
    private final Replica replica;
    private final RequestLine requests;
    private final PendingRequests syncs;
    private long zxidAtOnce;

    SyncRequests(final Replica replica, final RequestLine requests)
    {
        this.replica = replica;
        this.requests = requests;
        syncs = requests.syncs();
    }

    /** Asks the role for a sync that is not queued yet. The role may answer before this returns. */
    int ask(final WriteIntake intake)
    {
        zxidAtOnce = InFlight.NOT_ASKED;

        return intake.sync(syncs.nextNumber());
    }

    /** The zxid that the role answered within {@link #ask}; {@link InFlight#NOT_ASKED} when it did not answer yet. */
    long zxidAtOnce()
    {
        return zxidAtOnce;
    }

    /** Whether the sync that was asked for last is already settled, so that it only has to wait for its turn. */
    boolean isSettledAtOnce()
    {
        return zxidAtOnce <= replica.lastAppliedZxid();
    }

    /** The leader has answered a sync. The answer is ignored if the sync was given up meanwhile. */
    void onSynced(final long syncId, final long zxid)
    {
        final InFlight sync = syncs.find(syncId);
        if (sync != null)
        {
            sync.syncZxid = zxid;
        }
        else if (syncId == syncs.nextNumber())
        {
            zxidAtOnce = zxid;
        }
    }

    /** Removes and returns the next sync that is settled, or null when there is none. */
    InFlight pollSettled()
    {
        final InFlight sync = syncs.first();

        return sync != null && sync.syncZxid <= replica.lastAppliedZxid() ? remove(sync) : null;
    }

    /** Removes a sync that is settled or given up. */
    InFlight remove(final InFlight sync)
    {
        syncs.remove(sync.syncId);
        sync.syncId = 0;
        requests.onEased();
        if (sync.connection != null)
        {
            sync.connection.syncsOnTheirWay--;
        }

        return sync;
    }

    /**
     * Forgets the answers of a leader that is gone. A zxid that it named may never be applied, so every sync must be
     * asked for again.
     */
    void forgetAnswers()
    {
        for (long id = syncs.firstNumber(); id <= syncs.lastNumber(); id++)
        {
            final InFlight sync = syncs.find(id);
            if (sync != null)
            {
                sync.syncZxid = InFlight.NOT_ASKED;
            }
        }
    }
}
