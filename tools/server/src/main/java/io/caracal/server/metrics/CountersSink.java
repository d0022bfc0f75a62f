/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.EventSink;
import io.caracal.engine.port.Gauge;
import io.caracal.engine.port.TxnStage;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/**
 * Turns the events of the engine into figures. Runs on the engine's thread; neither blocks nor allocates. The rare
 * events, such as changes of role and expired sessions, are passed on to a listener.
 */
public final class CountersSink implements LoopSink
{
    /** Receives the rare events. Called on the engine's thread, so it must not block. */
    public interface NewsListener
    {
        /**
         * The server's role, or the state within it, changed.
         *
         * @param state  the new state.
         * @param reason why it changed.
         */
        void onState(String state, String reason);

        /**
         * Tells which server leads, as this server sees it.
         *
         * @param serverId id of the leader.
         * @param epoch    the epoch that it established; 0 if it has not established one yet.
         */
        void onLeader(long serverId, long epoch);

        /**
         * Something happened that people should know about.
         *
         * @param what     constant text.
         * @param serverId the server that it concerns.
         */
        void onNotice(String what, long serverId);

        /**
         * A session expired.
         *
         * @param sessionId id of the session.
         * @param timeoutMs its session timeout.
         */
        void onSessionExpired(long sessionId, int timeoutMs);
    }

    /** Duty cycles that take at least this long are counted as stalls, because no client gets an answer meanwhile. */
    public static final long STALL_NS = 1_000_000L;

    private final ServerMetrics metrics;
    private final NanoClock clock;
    private final NewsListener news;
    private final TxnStopwatch stopwatch;
    private final ReplyTally replies;
    private final EventTally watchEvents;
    private final DutyCycles cycles;
    private final Namespaces namespaces;
    private final MemberFigures members;
    private long cycleNs;

    /**
     * Creates a sink.
     *
     * @param metrics receives the figures.
     * @param clock   the clock that also stamps arrival times.
     * @param threadClock processor time of the engine's thread in nanoseconds; {@link ThreadClock#UNKNOWN} while it is
     *                    not available.
     * @param news    receives the rare events.
     */
    public CountersSink(final ServerMetrics metrics, final NanoClock clock, final LongSupplier threadClock,
        final NewsListener news)
    {
        this.metrics = metrics;
        this.clock = clock;
        this.news = news;
        this.stopwatch = new TxnStopwatch(metrics.stageTracks(), clock);
        this.replies = new ReplyTally(metrics);
        this.watchEvents = new EventTally(metrics.watchDeliveries());
        this.namespaces = metrics.namespaces();
        this.members = metrics.members();
        this.cycles = new DutyCycles(metrics, threadClock);
    }

    @Override
    public void onReply(final int opCode, final long arrivalNs, final boolean write)
    {
        if (replies.isFull())
        {
            replies.record(clock.nanoTime(), cycleNs);
        }

        replies.add(Operation.of(opCode), write, arrivalNs);
    }

    /**
     * Returns the times at which transactions passed their stages.
     *
     * @return the stopwatch, used by the engine's thread only.
     */
    public TxnStopwatch stopwatch()
    {
        return stopwatch;
    }

    @Override
    public void onCycleBegun(final long startNs)
    {
        cycleNs = startNs;
        stopwatch.onCycleBegun(startNs);
        metrics.vital(Vital.LOOP_DUE_NS).setRelease(startNs);
        cycles.onBegun(startNs);
        namespaces.onCycleBegun();
    }

    @Override
    public void onRest(final long dueNs)
    {
        metrics.vital(Vital.LOOP_DUE_NS).setRelease(dueNs);
    }

    @Override
    public void onCycle(final long startNs, final long endNs)
    {
        replies.record(endNs, startNs);
        stopwatch.onCycle();
        watchEvents.record(endNs);
        cycles.onEnded(startNs, endNs);
    }

    @Override
    public void onProposed(final long zxid, final long arrivalNs)
    {
        stopwatch.onProposed(zxid, arrivalNs);
    }

    @Override
    public void onStage(final TxnStage stage, final long zxid)
    {
        stopwatch.onStage(stage, zxid);
    }

    @Override
    public void onWatchEvent(final long zxid)
    {
        if (!watchEvents.tryCount(zxid))
        {
            final long committedNs = stopwatch.committedNs(zxid);
            if (committedNs != EventSink.NO_ARRIVAL)
            {
                watchEvents.add(zxid, committedNs, clock);
            }
        }
    }

    @Override
    public void onZnodeRead(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        namespaces.onRead(path, offset, length, bytes);
    }

    @Override
    public void onZnodeWritten(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        namespaces.onWritten(path, offset, length, bytes);
    }

    @Override
    public void onQuotaExceeded(final DirectBuffer path, final int length)
    {
        namespaces.onQuotaExceeded(path, length);
    }

    @Override
    public void onAcked(final long serverId, final long zxid)
    {
        final long proposedNs = stopwatch.proposedNs(zxid);
        if (proposedNs != TxnStopwatch.NOT_PASSED)
        {
            members.onAcked(serverId, clock.nanoTime() - proposedNs);
        }
    }

    @Override
    public void onLearnerTurn(final long serverId, final long zxid, final long waiting, final boolean isVoter)
    {
        members.onTurn(serverId, waiting);
        final long sinceNs = isVoter ? stopwatch.proposedNs(zxid) : stopwatch.committedNs(zxid);
        if (sinceNs != TxnStopwatch.NOT_PASSED)
        {
            members.onWaited(serverId, clock.nanoTime() - sinceNs);
        }
    }

    @Override
    public void onCount(final Count count, final long delta)
    {
        metrics.count(count).getAndAddRelease(delta);
        if (count == Count.PROPOSAL_BYTES)
        {
            metrics.proposalSizes().record(delta);
        }
    }

    @Override
    public void onGauge(final Gauge gauge, final long value)
    {
        metrics.gauge(gauge).setRelease(value);
    }

    @Override
    public void onHandshakeAdmitted(final long tokenDeficit)
    {
        metrics.tokenDeficits().record(tokenDeficit);
    }

    @Override
    public void onState(final String state, final String reason)
    {
        metrics.roleTimes().onState(state, reason, clock.nanoTime());
        news.onState(state, reason);
    }

    @Override
    public void onLeader(final long serverId, final long epoch)
    {
        news.onLeader(serverId, epoch);
    }

    @Override
    public void onNotice(final String what, final long serverId)
    {
        news.onNotice(what, serverId);
    }

    @Override
    public void onSessionExpired(final long sessionId, final int timeoutMs)
    {
        news.onSessionExpired(sessionId, timeoutMs);
    }
}
