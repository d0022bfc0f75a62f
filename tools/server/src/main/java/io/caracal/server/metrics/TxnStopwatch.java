/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.TxnStage;
import org.agrona.concurrent.NanoClock;

/**
 * Measures how long transactions take from stage to stage. Remembers when the last {@value #TXNS_MAX} transactions were
 * taken, proposed, durable and committed. One that falls out before it is applied is not measured completely. Owned by
 * the engine's thread.
 * <p>
 * Proposals in quick succession share one reading of the clock, and so do a commit and the end of the preceding apply.
 * Transactions that travel together then have equal latencies, which are recorded together when the cycle ends.
 */
public final class TxnStopwatch
{
    /** Maximum number of transactions in flight that can be measured. A power of two. */
    static final int TXNS_MAX = 1 << 14;
    /** Stands for a time that is not known. */
    public static final long NOT_PASSED = EventSink.NO_ARRIVAL;
    private static final int MASK = TXNS_MAX - 1;

    /** Maximum number of proposals that share one reading of the clock. */
    private static final int PROPOSALS_PER_LOOK = 16;

    private final NanoClock clock;
    private final LatencyRun[] runs = new LatencyRun[Stage.values().length];
    private final long[] zxids = new long[TXNS_MAX];
    private final long[] takenNs = new long[TXNS_MAX];
    private final long[] proposedNs = new long[TXNS_MAX];
    private final long[] durableNs = new long[TXNS_MAX];
    private final long[] committedNs = new long[TXNS_MAX];
    private long cycleNs = Long.MIN_VALUE;
    private long lastProposed = -1;
    private long lastDurable = -1;
    private long lastCommitted = -1;
    private long nowNs;
    private int looksSaved;
    private boolean hasApplied;

    TxnStopwatch(final LatencyTrack[] tracks, final NanoClock clock)
    {
        this.clock = clock;
        for (int i = 0; i < runs.length; i++)
        {
            runs[i] = new LatencyRun(tracks[i]);
        }
    }

    void onStage(final TxnStage stage, final long zxid)
    {
        looksSaved = 0;
        if (stage != TxnStage.COMMITTED || !hasApplied)
        {
            nowNs = clock.nanoTime();
        }

        hasApplied = stage == TxnStage.APPLIED;
        switch (stage)
        {
            case DURABLE -> lastDurable = onDurable(zxid);
            case COMMITTED -> lastCommitted = onCommitted(zxid);
            case APPLIED -> onApplied(zxid);
        }
    }

    /** A duty cycle is over. */
    void onCycle()
    {
        looksSaved = 0;
        hasApplied = false;
        for (final LatencyRun run : runs)
        {
            run.record();
        }
    }

    void onProposed(final long zxid, final long arrivalNs)
    {
        hasApplied = false;
        if (looksSaved == 0)
        {
            nowNs = clock.nanoTime();
            looksSaved = PROPOSALS_PER_LOOK;
        }

        looksSaved--;
        if (arrivalNs != EventSink.NO_ARRIVAL)
        {
            final long takenNs = Math.max(arrivalNs, cycleNs);
            runs[Stage.RECEIVE.ordinal()].add(takenNs - arrivalNs);
            runs[Stage.PREPARE.ordinal()].add(nowNs - takenNs);
        }

        final int index = (int)zxid & MASK;
        zxids[index] = zxid;
        takenNs[index] = cycleNs;
        durableNs[index] = NOT_PASSED;
        proposedNs[index] = nowNs;
        committedNs[index] = nowNs;
        if (lastProposed == -1 || epoch(zxid) != epoch(lastProposed))
        {
            lastDurable = zxid - 1;
            lastCommitted = zxid - 1;
        }

        lastProposed = zxid;
    }

    private long onDurable(final long upTo)
    {
        for (long zxid = first(lastDurable); zxid <= Math.min(upTo, lastProposed); zxid++)
        {
            final int index = (int)zxid & MASK;
            if (zxids[index] == zxid)
            {
                durableNs[index] = nowNs;
                runs[Stage.JOURNAL.ordinal()].add(nowNs - proposedNs[index]);
            }
        }

        return Math.max(upTo, lastDurable);
    }

    private long onCommitted(final long upTo)
    {
        for (long zxid = first(lastCommitted); zxid <= Math.min(upTo, lastProposed); zxid++)
        {
            final int index = (int)zxid & MASK;
            if (zxids[index] == zxid)
            {
                committedNs[index] = nowNs;
                runs[Stage.QUORUM.ordinal()].add(nowNs - proposedNs[index]);
            }
        }

        return Math.max(upTo, lastCommitted);
    }

    private void onApplied(final long zxid)
    {
        final int index = (int)zxid & MASK;
        if (zxids[index] == zxid)
        {
            runs[Stage.APPLY.ordinal()].add(nowNs - committedNs[index]);
            runs[Stage.TXN.ordinal()].add(nowNs - proposedNs[index]);
        }
    }

    /** A duty cycle begins. */
    void onCycleBegun(final long startNs)
    {
        cycleNs = startNs;
    }

    /**
     * Returns when the duty cycle began that proposed a transaction.
     *
     * @param zxid of the transaction.
     * @return monotonic time, {@link #NOT_PASSED} when it is not remembered.
     */
    public long takenNs(final long zxid)
    {
        return stamp(takenNs, zxid);
    }

    /**
     * Returns when a transaction was proposed.
     *
     * @param zxid of the transaction.
     * @return monotonic time, {@link #NOT_PASSED} when it is not remembered.
     */
    public long proposedNs(final long zxid)
    {
        return stamp(proposedNs, zxid);
    }

    /**
     * Returns when a transaction became durable in this server's journal.
     *
     * @param zxid of the transaction.
     * @return monotonic time, {@link #NOT_PASSED} when it is not durable yet, or not remembered.
     */
    public long durableNs(final long zxid)
    {
        return stamp(durableNs, zxid);
    }

    /**
     * Returns when a transaction was committed on this server.
     *
     * @param zxid of a committed transaction.
     * @return monotonic time, {@link #NOT_PASSED} when it is not remembered.
     */
    public long committedNs(final long zxid)
    {
        return stamp(committedNs, zxid);
    }

    private long stamp(final long[] stamps, final long zxid)
    {
        final int index = (int)zxid & MASK;

        return zxid != 0 && zxids[index] == zxid ? stamps[index] : NOT_PASSED;
    }

    /**
     * Returns the transaction after the given one, or the oldest one that the ring still remembers if that is later.
     */
    private long first(final long last)
    {
        return Math.max(last + 1, lastProposed - MASK);
    }

    private static long epoch(final long zxid)
    {
        return zxid >> 32;
    }
}
