/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.SessionFact;
import io.caracal.engine.port.TxnStage;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.OpKind;
import io.caracal.server.metrics.LoopSink;
import io.caracal.server.metrics.TxnStopwatch;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Passes all events on to the figures, and puts records about single requests and sessions into the ring. Runs on the
 * engine's thread; neither blocks nor allocates.
 */
public final class RecordingSink implements LoopSink
{
    private static final String STARTING = "starting";
    private static final int NOT_WANTED = -1;
    private static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(Recording.TELLING_MS);

    private final Recording.Options options;
    private volatile long slowNs;
    private final RecordRing ring;
    private final Scribe scribe;
    private final LoopSink figures;
    private final TxnStopwatch stopwatch;
    private final NanoClock clock;
    private final SplittableRandom chance = new SplittableRandom();
    private boolean isSampled;
    private long cycleNs;
    private long dueNs = Long.MAX_VALUE;
    private boolean hasPut;
    /** False while transactions of the log are applied at start-up. They were recorded when they happened. */
    private boolean isStarted;
    /** False while the server loads its own history: nobody waits for an answer, and a duty cycle may take long. */
    private boolean mindsStalls;

    /**
     * Creates a sink for a server that begins to start.
     *
     * @param options   what is recorded.
     * @param ring      receives the records.
     * @param scribe    woken when there is something in the ring.
     * @param figures   receives every event first.
     * @param stopwatch the stopwatch of the figures.
     * @param clock     the clock that also stamps arrival times.
     */
    RecordingSink(final Recording.Options options, final RecordRing ring, final Scribe scribe, final LoopSink figures,
        final TxnStopwatch stopwatch, final NanoClock clock)
    {
        this.options = options;
        this.ring = ring;
        this.scribe = scribe;
        this.figures = figures;
        this.stopwatch = stopwatch;
        this.clock = clock;
        slowMs(options.slowMs());
    }

    /** Sets the duration from which requests are recorded as slow; 0 for none. Called on any thread. */
    void slowMs(final long ms)
    {
        slowNs = ms == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(ms);
    }

    @Override
    public void onCycleBegun(final long startNs)
    {
        figures.onCycleBegun(startNs);
        cycleNs = startNs;
        mindsStalls = isStarted;
        if (mindsStalls && startNs - dueNs > STALL_NS && dueNs != Long.MAX_VALUE)
        {
            put(RecordRing.STALL, startNs - dueNs, 0, 0);
        }
    }

    @Override
    public void onCycle(final long startNs, final long endNs)
    {
        figures.onCycle(startNs, endNs);
        if (mindsStalls && endNs - startNs > STALL_NS)
        {
            put(RecordRing.STALL, endNs - startNs, 0, 0);
        }
        if (ring.replied(endNs) > 0 || hasPut)
        {
            hasPut = false;
            scribe.wake();
        }
    }

    @Override
    public void onRest(final long newDueNs)
    {
        figures.onRest(newDueNs);
        dueNs = newDueNs;
    }

    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        figures.onReply(opCode, arrivalNs, write);
    }

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        figures.onProposed(zxid, arrivalNs);
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        figures.onStage(stage, zxid);
    }

    @Override
    public void onWatchEvent(final long zxid)
    {
        figures.onWatchEvent(zxid);
    }

    @Override
    public void onZnodeRead(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        figures.onZnodeRead(path, offset, length, bytes);
    }

    @Override
    public void onZnodeWritten(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        figures.onZnodeWritten(path, offset, length, bytes);
    }

    @Override
    public void onQuotaExceeded(final DirectBuffer path, final int length)
    {
        figures.onQuotaExceeded(path, length);
    }

    @Override
    public void onAcked(final long serverId, final long zxid)
    {
        figures.onAcked(serverId, zxid);
    }

    @Override
    public void onLearnerTurn(final long serverId, final long zxid, final long waiting, final boolean isVoter)
    {
        figures.onLearnerTurn(serverId, zxid, waiting, isVoter);
    }

    @Override
    public void onCount(final Count count, final long delta)
    {
        figures.onCount(count, delta);
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        figures.onGauge(gauge, value);
    }

    @Override
    public void onHandshakeAdmitted(final long tokenDeficit)
    {
        figures.onHandshakeAdmitted(tokenDeficit);
    }

    @Override
    public void onLeader(final long serverId, final long epoch)
    {
        figures.onLeader(serverId, epoch);
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        figures.onNotice(what, serverId);
    }

    @Override
    public void onState(final String state, final String reason)
    {
        figures.onState(state, reason);
        isStarted |= !STARTING.equals(state);
    }

    @Override
    public void onSessionFact(final SessionFact fact, final long sessionId, final long value)
    {
        switch (fact)
        {
            case ATTACHED -> fact(Fact.Kind.ATTACHED, sessionId, 0);
            case DETACHED -> fact(Fact.Kind.DETACHED, sessionId, 0);
            case MOVED -> fact(Fact.Kind.MOVED, sessionId, value);
            case ENDED -> fact(Fact.Kind.ENDED, sessionId, 0);
            case EXPIRED -> heldBy(sessionId, value);
            case SILENT -> fact(Fact.Kind.SILENT, sessionId, value);
            case PINGS -> fact(Fact.Kind.PINGS, sessionId, value);
            case LAST_HEARD -> fact(Fact.Kind.LAST_HEARD, sessionId, value);
        }
    }

    /** Records which server held an expired session, if it was another one. */
    private void heldBy(final long sessionId, final long server)
    {
        if (server != options.serverId())
        {
            fact(Fact.Kind.HELD_BY, sessionId, server);
        }
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        figures.onSessionExpired(sessionId, timeoutMs);
        fact(Fact.Kind.EXPIRED, sessionId, timeoutMs);
    }

    private void fact(final Fact.Kind kind, final long sessionId, final long value)
    {
        put(RecordRing.SESSION_FACT, kind.ordinal(), sessionId, value);
    }

    private void put(final int type, final long first, final long second, final long third)
    {
        ring.put(type, first, second, third);
        hasPut = true;
    }

    @Override
    public boolean wantsWrites()
    {
        return options.isAudited();
    }

    @Override
    public boolean hasRoom()
    {
        return !options.isAudited() || ring.hasRoom();
    }

    @Override
    public int recordBodyMax(final int opCode, final long arrivalNs)
    {
        isSampled = options.paths().isOn() && isChosen(opCode);
        if (options.isAudited() && OpCode.kind(opCode) == OpKind.WRITE)
        {
            return Recording.AUDITED_BODY_MAX;
        }

        return isSampled || cycleNs - arrivalNs >= slowNs ? Recording.PATH_BODY_MAX : NOT_WANTED;
    }

    /** Whether a request is part of the sample. The sample never takes room that other records need. */
    private boolean isChosen(final int opCode)
    {
        return RequestText.hasPath(opCode) && chance.nextDouble() < options.paths().share() && ring.hasRoom();
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length)
    {
        final long nowNs = clock.nanoTime();
        if (ring.isCycleFull())
        {
            ring.replied(nowNs);
            scribe.wake();
        }

        final int index = ring.claimRequest(isSampled ? RecordRing.SAMPLED_REQUEST : RecordRing.REQUEST, buffer, offset,
            length);
        if (index >= 0)
        {
            final long zxid = RequestText.zxid(buffer, offset);
            ring.stamp(index, RecordRing.TAKEN, zxid == 0 ? cycleNs : stopwatch.takenNs(zxid));
            ring.stamp(index, RecordRing.PROPOSED, stopwatch.proposedNs(zxid));
            ring.stamp(index, RecordRing.DURABLE, stopwatch.durableNs(zxid));
            ring.stamp(index, RecordRing.COMMITTED, stopwatch.committedNs(zxid));
            ring.stamp(index, RecordRing.ANSWERED, nowNs);
        }
    }

    @Override
    public void onEphemeralEnded(final long sessionId, final DirectBuffer path, final int length)
    {
        if (options.isAudited() && isStarted)
        {
            ring.putEphemeral(sessionId, path, length);
            hasPut = true;
        }
    }
}
