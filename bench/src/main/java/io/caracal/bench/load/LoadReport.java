/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/** What a run of a {@link LoadGenerator} measured. Immutable but for the histograms, which belong to the reader. */
public final class LoadReport
{
    private static final double NS_PER_S = 1e9;

    private final LatencyRecorder recorder;
    private final AgentTotals totals;
    private final double elapsedS;

    LoadReport(final LatencyRecorder recorder, final AgentTotals totals, final long elapsedNs)
    {
        this.recorder = recorder;
        this.totals = totals;
        elapsedS = elapsedNs / NS_PER_S;
    }

    /**
     * Time over which was measured.
     *
     * @return in seconds.
     */
    public double elapsedS()
    {
        return elapsedS;
    }

    /**
     * Whether an operation was part of the run.
     *
     * @param operation in question.
     * @return true when {@link #latencies(Operation)} has an answer.
     */
    public boolean has(final Operation operation)
    {
        return recorder.has(operation);
    }

    /**
     * Latencies of one operation over the measured time, failed ones included.
     *
     * @param operation of the mix.
     * @return in nanoseconds.
     */
    public Histogram latencies(final Operation operation)
    {
        return recorder.histogram(operation);
    }

    /**
     * Latencies of all operations together over the measured time.
     *
     * @return in nanoseconds.
     */
    public Histogram latencies()
    {
        final Histogram all = new Histogram(LatencyRecorder.LATENCY_MAX_NS, 3);
        for (final Operation operation : Operation.values())
        {
            if (has(operation))
            {
                all.add(latencies(operation));
            }
        }

        return all;
    }

    /**
     * Replies over the measured time, per second.
     *
     * @return operations per second.
     */
    public double ratePerSecond()
    {
        return latencies().getTotalCount() / elapsedS;
    }

    /**
     * Replies that carried an error, over the measured time.
     *
     * @param operation of the mix.
     * @return how many by code; codes that the protocol does not know stand under -999.
     */
    public Map<Integer, Long> errors(final Operation operation)
    {
        return recorder.errors(operation).byCode();
    }

    /**
     * Replies that carried an error, over all operations and the measured time.
     *
     * @return how many by code.
     */
    public Map<Integer, Long> errors()
    {
        final Map<Integer, Long> all = new TreeMap<>();
        for (final Operation operation : Operation.values())
        {
            if (has(operation))
            {
                errors(operation).forEach((code, count) -> all.merge(code, count, Long::sum));
            }
        }

        return all;
    }

    /**
     * Requests sent in the whole run, warm-up included.
     *
     * @return a count.
     */
    public long sent()
    {
        return totals.sent;
    }

    /**
     * Replies in the whole run: {@code sent() == answered() + lost()} always.
     *
     * @return a count.
     */
    public long answered()
    {
        return totals.answered;
    }

    /**
     * Requests of the whole run without a reply: their connection broke or the time to wait was up.
     *
     * @return a count.
     */
    public long lost()
    {
        return totals.lost;
    }

    /**
     * Requests of an open loop that were due before the end and could not be sent, not even while the last replies were
     * waited for.
     *
     * @return a count.
     */
    public long unsent()
    {
        return totals.unsent;
    }

    /**
     * Makes sure that all was sent and answered, and nothing with an error: otherwise the figures of this run would
     * tell of something else than they seem to.
     *
     * @param server whose figures they are.
     * @return this.
     * @throws LoadException when that is not so.
     */
    public LoadReport requireWhole(final String server)
    {
        if (lost() > 0 || unsent() > 0 || !errors().isEmpty())
        {
            throw new LoadException("a figure of " + server + " would be worthless: " + lost() + " requests lost, " +
                unsent() + " not sent, errors by code " + errors());
        }

        return this;
    }

    /**
     * How much later than they were due the requests of an open loop went out because a thread of the generator came
     * late: it had not got a processor, or had too much to do. Time for which a server holds requests up, because it
     * takes no more, is not included.
     *
     * @return in nanoseconds, over the measured time; empty for a closed loop.
     */
    public Histogram delays()
    {
        return totals.delays();
    }

    /**
     * Watch events received in the whole run.
     *
     * @return a count.
     */
    public long watchEvents()
    {
        return totals.watchEvents;
    }

    /**
     * Sessions opened or taken up again in the whole run.
     *
     * @return a count, the number of connections when none broke.
     */
    public long sessions()
    {
        return totals.sessions;
    }

    /**
     * Connections that broke or could not be made in the whole run.
     *
     * @return a count.
     */
    public long disconnects()
    {
        return totals.disconnects;
    }

    /**
     * Garbage that the generator's own threads made over the measured time.
     *
     * @return bytes per reply.
     */
    public double allocatedBytesPerOperation()
    {
        return (double)totals.allocatedBytes() / Math.max(1, latencies().getTotalCount());
    }
}
