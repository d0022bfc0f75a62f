/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/** Results of one run of a {@link LoadGenerator}. Immutable except for the histograms, which belong to the caller. */
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
     * Returns the measured time.
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
     * @param operation to look for.
     * @return true when {@link #latencies(Operation)} has an answer.
     */
    public boolean has(final Operation operation)
    {
        return recorder.has(operation);
    }

    /**
     * Returns the latencies of one operation over the measured time, including failed requests.
     *
     * @param operation of the mix.
     * @return in nanoseconds.
     */
    public Histogram latencies(final Operation operation)
    {
        return recorder.histogram(operation);
    }

    /**
     * Returns the latencies of all operations together over the measured time.
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
     * Returns the replies per second over the measured time.
     *
     * @return operations per second.
     */
    public double ratePerSecond()
    {
        return latencies().getTotalCount() / elapsedS;
    }

    /**
     * Counts the replies that carried an error, over the measured time.
     *
     * @param operation of the mix.
     * @return counts by error code; codes that the protocol does not know are counted under -999.
     */
    public Map<Integer, Long> errors(final Operation operation)
    {
        return recorder.errors(operation).byCode();
    }

    /**
     * Counts the replies that carried an error, over all operations and the measured time.
     *
     * @return counts by error code.
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
     * Counts the requests sent in the whole run, warm-up included.
     *
     * @return a count.
     */
    public long sent()
    {
        return totals.sent;
    }

    /**
     * Counts the replies in the whole run. Always {@code sent() == answered() + lost()}.
     *
     * @return a count.
     */
    public long answered()
    {
        return totals.answered;
    }

    /**
     * Counts the requests of the whole run without a reply: their connection broke or the time to wait was up.
     *
     * @return a count.
     */
    public long lost()
    {
        return totals.lost;
    }

    /**
     * Counts the requests of an open loop that were due before the end but could not be sent, not even while waiting
     * for the last replies.
     *
     * @return a count.
     */
    public long unsent()
    {
        return totals.unsent;
    }

    /**
     * Requires that all requests were sent and answered, none with an error. Otherwise the figures of this run would be
     * misleading.
     *
     * @param server whose figures they are.
     * @return this.
     * @throws LoadException if that is not the case.
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
     * Returns how much later than due the requests of an open loop went out because a thread of the generator was late:
     * it had no processor or too much to do. Time for which a server holds requests up, because it takes no more, is
     * not included.
     *
     * @return delays in nanoseconds, over the measured time; empty for a closed loop.
     */
    public Histogram delays()
    {
        return totals.delays();
    }

    /**
     * Counts the watch events received in the whole run.
     *
     * @return a count.
     */
    public long watchEvents()
    {
        return totals.watchEvents;
    }

    /**
     * Counts the sessions opened or taken up again in the whole run.
     *
     * @return a count; the number of connections if none broke.
     */
    public long sessions()
    {
        return totals.sessions;
    }

    /**
     * Counts the connections that broke or could not be made in the whole run.
     *
     * @return a count.
     */
    public long disconnects()
    {
        return totals.disconnects;
    }

    /**
     * Returns how much garbage the generator's own threads made over the measured time.
     *
     * @return bytes per reply.
     */
    public double allocatedBytesPerOperation()
    {
        return (double)totals.allocatedBytes() / Math.max(1, latencies().getTotalCount());
    }
}
