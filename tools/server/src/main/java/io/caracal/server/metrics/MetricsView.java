/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * The figures of a server as readers see them: four-letter words, monitoring, exporters. Thread-safe, and never holds
 * up the threads that write. After the server is closed, the figures keep their last values.
 */
public final class MetricsView implements Totals
{
    private final ServerMetrics metrics;
    private volatile long receivedAtReset;
    private volatile long sentAtReset;
    private volatile Totals atReset = PastTotals.NONE;
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong wordsReceived = new AtomicLong();
    private final AtomicLong wordAnswersSent = new AtomicLong();

    /**
     * Creates a view.
     *
     * @param metrics the figures to show.
     */
    public MetricsView(final ServerMetrics metrics)
    {
        this.metrics = metrics;
    }

    /**
     * Returns a count since the server started.
     *
     * @param count which.
     * @return zero or more.
     */
    @Override
    public long count(final Count count)
    {
        return metrics.value(metrics.count(count));
    }

    /**
     * Returns the latest value of a gauge.
     *
     * @param gauge which.
     * @return the value.
     */
    public long gauge(final Gauge gauge)
    {
        return metrics.value(metrics.gauge(gauge));
    }

    /**
     * Returns a count of the clients' sockets since the server started.
     *
     * @param kind which.
     * @return zero or more.
     */
    @Override
    public long traffic(final Traffic kind)
    {
        return metrics.value(metrics.traffic(kind));
    }

    /**
     * Returns the number of connections that are open now, with or without a session.
     *
     * @return zero or more.
     */
    public long openConnections()
    {
        return Math.max(0, traffic(Traffic.CONNECTIONS_ACCEPTED) - traffic(Traffic.CONNECTIONS_CLOSED));
    }

    /** Counts a four-letter word that came in, which is a packet like any other. Called on any thread. */
    public void onWord()
    {
        wordsReceived.incrementAndGet();
    }

    /**
     * Counts the answer to a four-letter word that was sent. Called on any thread.
     *
     * @param packets number of pieces in which it was sent.
     */
    public void onWordAnswer(final long packets)
    {
        wordAnswersSent.addAndGet(packets);
    }

    /**
     * Returns the packets received since the last reset, including four-letter words as in ZooKeeper.
     *
     * @return zero or more.
     */
    public long packetsReceived()
    {
        return allReceived() - receivedAtReset;
    }

    /**
     * Returns the packets sent since the last reset, including answers to four-letter words as in ZooKeeper.
     *
     * @return zero or more.
     */
    public long packetsSent()
    {
        return allSent() - sentAtReset;
    }

    private long allReceived()
    {
        return count(Count.PACKETS_RECEIVED) + wordsReceived.get();
    }

    private long allSent()
    {
        return count(Count.PACKETS_SENT) + wordAnswersSent.get();
    }

    /**
     * Returns the latencies of all requests since the last reset.
     *
     * @return figures from arrival to reply.
     */
    public LatencyFigures requests()
    {
        final Histogram sum = LatencyTrack.empty();
        metrics.reads().addTo(sum);
        metrics.writes().addTo(sum);
        return new LatencyFigures(sum);
    }

    /**
     * Returns the latencies of reads since the last reset.
     *
     * @return figures from arrival to reply.
     */
    public LatencyFigures reads()
    {
        return figures(metrics.reads());
    }

    /**
     * Returns the latencies of writes since the last reset.
     *
     * @return figures from arrival to reply.
     */
    public LatencyFigures writes()
    {
        return figures(metrics.writes());
    }

    /**
     * Returns the latencies of one operation since the last reset.
     *
     * @param operation which.
     * @return figures from arrival to reply.
     */
    public LatencyFigures operation(final Operation operation)
    {
        return figures(metrics.operation(operation));
    }

    /**
     * Returns the durations of a stage since the last reset.
     *
     * @param stage which.
     * @return figures.
     */
    public LatencyFigures stage(final Stage stage)
    {
        return figures(metrics.stage(stage));
    }

    /**
     * Returns the durations of the journal's forces since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures forces()
    {
        return figures(metrics.forces());
    }

    /**
     * Returns the durations of snapshots since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures snapshots()
    {
        return figures(metrics.snapshots());
    }

    /**
     * Returns the times since the last reset from a commit until its watch events were handed to the sockets.
     *
     * @return figures.
     */
    public LatencyFigures watchDeliveries()
    {
        return figures(metrics.watchDeliveries());
    }

    /**
     * Returns the durations of stalls, that is of duty cycles of at least {@link CountersSink#STALL_NS}, since the last
     * reset.
     *
     * @return figures.
     */
    public LatencyFigures stalls()
    {
        return figures(metrics.stalls());
    }

    /**
     * Returns a sign of life.
     *
     * @param vital which.
     * @return its value.
     */
    @Override
    public long vital(final Vital vital)
    {
        return metrics.value(metrics.vital(vital));
    }

    /**
     * Returns the sizes of proposals since the last reset.
     *
     * @return the sizes.
     */
    public ProposalSizes proposalSizes()
    {
        return metrics.proposalSizes();
    }

    /**
     * Returns how many tokens the connection throttle's bucket lacked after each handshake that it let pass, since the
     * last reset.
     *
     * @return figures, in tokens.
     */
    public Summary tokenDeficits()
    {
        return metrics.tokenDeficits().figures();
    }

    /**
     * Returns how often the server looked for a leader, and for how long it had none.
     *
     * @return live figures.
     */
    public RoleTimes roleTimes()
    {
        return metrics.roleTimes();
    }

    /**
     * Returns what is read and written since the last reset, by the first element of the paths.
     *
     * @return figures of namespaces.
     */
    public Namespaces namespaces()
    {
        return metrics.namespaces();
    }

    /**
     * Returns what this server measured of the other members while it led, since the last reset.
     *
     * @return figures of members.
     */
    public MemberFigures members()
    {
        return metrics.members();
    }

    static LatencyFigures figures(final LatencyTrack track)
    {
        final Histogram sum = LatencyTrack.empty();
        track.addTo(sum);
        return new LatencyFigures(sum);
    }

    /**
     * Returns how often the figures were reset.
     *
     * @return zero or more.
     */
    public long resets()
    {
        return resets.get();
    }

    @Override
    public long lookings()
    {
        return roleTimes().lookings();
    }

    /**
     * Returns the counts as they were at the last reset. To be asked before the present ones, which are then no less.
     *
     * @return zeros until the first reset.
     */
    public Totals atReset()
    {
        return atReset;
    }

    /**
     * Sets everything that is given since the last reset to zero, and the longest duty cycles. Other counts continue;
     * {@link #atReset} tells what they were.
     */
    public void reset()
    {
        resets.incrementAndGet();
        metrics.zero(metrics.gauge(Gauge.DUTY_CYCLE_MAX_NS));
        metrics.zero(metrics.gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
        receivedAtReset = allReceived();
        sentAtReset = allSent();
        atReset = new PastTotals(this);
        metrics.reads().reset();
        metrics.writes().reset();
        metrics.forces().reset();
        metrics.snapshots().reset();
        metrics.watchDeliveries().reset();
        metrics.stalls().reset();
        metrics.proposalSizes().reset();
        metrics.tokenDeficits().reset();
        metrics.namespaces().reset();
        metrics.members().reset();
        metrics.roleTimes().reset();
        for (final Operation operation : Operation.values())
        {
            metrics.operation(operation).reset();
        }

        for (final Stage stage : Stage.values())
        {
            metrics.stage(stage).reset();
        }
    }
}
