/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.TxnStage;

/**
 * Measures how long transactions take from stage to stage. Remembers when the last {@value #TXNS_MAX} transactions were
 * proposed and committed; one that falls out before it is applied is not measured. Owned by the engine's thread.
 */
final class TxnStopwatch
{
    /** Transactions under way that can be measured. A power of two. */
    static final int TXNS_MAX = 1 << 14;
    private static final int MASK = TXNS_MAX - 1;

    private final LatencyTrack[] tracks;
    private final long[] zxids = new long[TXNS_MAX];
    private final long[] proposedNs = new long[TXNS_MAX];
    private final long[] committedNs = new long[TXNS_MAX];
    private long lastProposed = -1;
    private long lastDurable = -1;
    private long lastCommitted = -1;

    TxnStopwatch(final LatencyTrack[] tracks)
    {
        this.tracks = tracks;
    }

    void onStage(final TxnStage stage, final long zxid, final long nowNs)
    {
        switch (stage)
        {
            case DURABLE -> lastDurable = onDurable(zxid, nowNs);
            case COMMITTED -> lastCommitted = onCommitted(zxid, nowNs);
            case APPLIED -> onApplied(zxid, nowNs);
        }
    }

    void onProposed(final long zxid, final long arrivalNs, final long nowNs)
    {
        if (arrivalNs != EventSink.NO_ARRIVAL)
        {
            tracks[Stage.PREPARE.ordinal()].record(nowNs - arrivalNs);
        }

        final int index = (int)zxid & MASK;
        zxids[index] = zxid;
        proposedNs[index] = nowNs;
        committedNs[index] = nowNs;
        if (lastProposed == -1 || epoch(zxid) != epoch(lastProposed))
        {
            lastDurable = zxid - 1;
            lastCommitted = zxid - 1;
        }

        lastProposed = zxid;
    }

    private long onDurable(final long upTo, final long nowNs)
    {
        for (long zxid = first(lastDurable); zxid <= Math.min(upTo, lastProposed); zxid++)
        {
            final int index = (int)zxid & MASK;
            if (zxids[index] == zxid)
            {
                tracks[Stage.JOURNAL.ordinal()].record(nowNs - proposedNs[index]);
            }
        }

        return Math.max(upTo, lastDurable);
    }

    private long onCommitted(final long upTo, final long nowNs)
    {
        for (long zxid = first(lastCommitted); zxid <= Math.min(upTo, lastProposed); zxid++)
        {
            final int index = (int)zxid & MASK;
            if (zxids[index] == zxid)
            {
                committedNs[index] = nowNs;
                tracks[Stage.COMMIT.ordinal()].record(nowNs - proposedNs[index]);
            }
        }

        return Math.max(upTo, lastCommitted);
    }

    private void onApplied(final long zxid, final long nowNs)
    {
        final int index = (int)zxid & MASK;
        if (zxids[index] == zxid)
        {
            tracks[Stage.APPLY.ordinal()].record(nowNs - committedNs[index]);
            tracks[Stage.TXN.ordinal()].record(nowNs - proposedNs[index]);
        }
    }

    /** Never walks further back than the ring remembers. */
    private long first(final long last)
    {
        return Math.max(last + 1, lastProposed - MASK);
    }

    private static long epoch(final long zxid)
    {
        return zxid >> 32;
    }
}
