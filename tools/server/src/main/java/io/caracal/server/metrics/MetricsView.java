/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import io.caracal.engine.port.Count;
import io.caracal.engine.port.Gauge;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * What readers see of a server's figures: words, monitoring, exporters. Thread-safe; never in the way of the threads
 * that write. Once the server is closed, its figures stay as they were in the end.
 */
public final class MetricsView
{
    private final ServerMetrics metrics;
    private volatile long receivedAtReset;
    private volatile long sentAtReset;
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong wordsReceived = new AtomicLong();
    private final AtomicLong wordAnswersSent = new AtomicLong();

    /**
     * A view.
     *
     * @param metrics to look at.
     */
    public MetricsView(final ServerMetrics metrics)
    {
        this.metrics = metrics;
    }

    /**
     * A count since the server started.
     *
     * @param count which.
     * @return zero or more.
     */
    public long count(final Count count)
    {
        return metrics.value(metrics.count(count));
    }

    /**
     * Latest value of a figure.
     *
     * @param gauge which.
     * @return the value.
     */
    public long gauge(final Gauge gauge)
    {
        return metrics.value(metrics.gauge(gauge));
    }

    /**
     * A count of the sockets since the server started.
     *
     * @param kind which.
     * @return zero or more.
     */
    public long traffic(final Traffic kind)
    {
        return metrics.value(metrics.traffic(kind));
    }

    /**
     * Connections that are open now, whether or not a session has begun.
     *
     * @return zero or more.
     */
    public long openConnections()
    {
        return Math.max(0, traffic(Traffic.CONNECTIONS_ACCEPTED) - traffic(Traffic.CONNECTIONS_CLOSED));
    }

    /** A four-letter word came, which is a packet as others are. Any thread. */
    public void onWord()
    {
        wordsReceived.incrementAndGet();
    }

    /**
     * The answer to a four-letter word was sent. Any thread.
     *
     * @param packets in how many pieces.
     */
    public void onWordAnswer(final long packets)
    {
        wordAnswersSent.addAndGet(packets);
    }

    /**
     * Packets received since the last reset, words among them as with ZooKeeper.
     *
     * @return zero or more.
     */
    public long packetsReceived()
    {
        return allReceived() - receivedAtReset;
    }

    /**
     * Packets sent since the last reset, answers to words among them as with ZooKeeper.
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
     * Latencies of all requests since the last reset.
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
     * Latencies of reads since the last reset.
     *
     * @return figures from arrival to reply.
     */
    public LatencyFigures reads()
    {
        return figures(metrics.reads());
    }

    /**
     * Latencies of writes since the last reset.
     *
     * @return figures from arrival to reply.
     */
    public LatencyFigures writes()
    {
        return figures(metrics.writes());
    }

    /**
     * Latencies of one operation since the last reset.
     *
     * @param operation which.
     * @return figures from arrival to reply.
     */
    public LatencyFigures operation(final Operation operation)
    {
        return figures(metrics.operation(operation));
    }

    /**
     * Durations of a stage since the last reset.
     *
     * @param stage which.
     * @return figures.
     */
    public LatencyFigures stage(final Stage stage)
    {
        return figures(metrics.stage(stage));
    }

    /**
     * Durations of the journal's forces since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures forces()
    {
        return figures(metrics.forces());
    }

    /**
     * Durations of snapshots since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures snapshots()
    {
        return figures(metrics.snapshots());
    }

    /**
     * Times from a commit to its watch events being handed to the sockets, since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures watchDeliveries()
    {
        return figures(metrics.watchDeliveries());
    }

    /**
     * Duty cycles that kept everybody waiting, since the last reset.
     *
     * @return figures.
     */
    public LatencyFigures stalls()
    {
        return figures(metrics.stalls());
    }

    /**
     * A sign of life.
     *
     * @param vital which.
     * @return its value.
     */
    public long vital(final Vital vital)
    {
        return metrics.value(metrics.vital(vital));
    }

    /**
     * Sizes of proposals since the last reset.
     *
     * @return the sizes.
     */
    public ProposalSizes proposalSizes()
    {
        return metrics.proposalSizes();
    }

    /**
     * Tokens that the connection throttle's bucket lacked after each handshake that it let pass, since the last reset.
     *
     * @return figures, in tokens.
     */
    public Summary tokenDeficits()
    {
        return metrics.tokenDeficits().figures();
    }

    /**
     * How often the server looked for a leader, and for how long it had none.
     *
     * @return figures that go on.
     */
    public RoleTimes roleTimes()
    {
        return metrics.roleTimes();
    }

    /**
     * What is read and written, by the first element of the paths, since the last reset.
     *
     * @return figures of namespaces.
     */
    public Namespaces namespaces()
    {
        return metrics.namespaces();
    }

    /**
     * What this server measured of the others while it led, since the last reset.
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
     * How often the figures were set to zero.
     *
     * @return zero or more.
     */
    public long resets()
    {
        return resets.get();
    }

    /** Sets packets, latencies and the longest duty cycles to zero; other counts go on. */
    public void reset()
    {
        resets.incrementAndGet();
        metrics.zero(metrics.gauge(Gauge.DUTY_CYCLE_MAX_NS));
        metrics.zero(metrics.gauge(Gauge.DUTY_CYCLE_CPU_MAX_NS));
        receivedAtReset = allReceived();
        sentAtReset = allSent();
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
