/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import io.caracal.engine.apply.Replica;

/**
 * Syncs on their way: the role is asked up to where things were settled when the sync arrived, and when that much is
 * applied here, the sync is as good as a read that waits for its turn.
 * <p>
 * They are settled in the order in which they were asked, as roles answer them in that order.
 */
final class SyncRequests
{
    private final Replica replica;
    private final PendingRequests syncs;
    private long zxidAtOnce;

    SyncRequests(final Replica replica, final RequestLine requests)
    {
        this.replica = replica;
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

    /** Whether the sync asked for last is settled already, so that nothing but its turn is to be waited for. */
    boolean isSettledAtOnce()
    {
        return zxidAtOnce <= replica.lastAppliedZxid();
    }

    /** The leader answered; a sync that was given up is not known any more. */
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

    /** It is not on its way any more. */
    InFlight remove(final InFlight sync)
    {
        syncs.remove(sync.syncId);
        sync.syncId = 0;
        if (sync.connection != null)
        {
            sync.connection.syncsOnTheirWay--;
        }

        return sync;
    }

    /** What a leader named need never be applied once it is gone. */
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
