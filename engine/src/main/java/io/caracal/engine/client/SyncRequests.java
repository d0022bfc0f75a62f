/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;

/**
 * Syncs that are unanswered. For each the role is asked up to which zxid this server has to apply in order to have seen
 * everything that was committed when the sync arrived. When that much is applied here the sync is settled: from then on
 * it is like a read, which is answered when it is its turn.
 * <p>
 * Syncs are settled in the order in which they were asked, since roles answer them in that order.
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

    /** Asks for a sync that is not in the line yet; the role may answer before this returns. */
    int ask(final WriteIntake intake)
    {
        zxidAtOnce = InFlight.NOT_ASKED;

        return intake.sync(syncs.nextNumber());
    }

    /** What the role answered at once to {@link #ask}, {@link InFlight#NOT_ASKED} when it did not. */
    long zxidAtOnce()
    {
        return zxidAtOnce;
    }

    /** Whether the sync that was asked for last is settled already, so that it only has to wait for its turn. */
    boolean isSettledAtOnce()
    {
        return zxidAtOnce <= replica.lastAppliedZxid();
    }

    /** The leader has answered a sync; one that was given up meanwhile is passed over. */
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

    /** Takes out the next sync that is settled, null when there is none. */
    InFlight pollSettled()
    {
        final InFlight sync = syncs.first();

        return sync != null && sync.syncZxid <= replica.lastAppliedZxid() ? remove(sync) : null;
    }

    /** A sync is settled or given up. */
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

    /** The leader is gone: a zxid that it named may never be applied, so every sync is to be asked for again. */
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
