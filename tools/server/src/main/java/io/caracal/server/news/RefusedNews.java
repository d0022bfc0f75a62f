/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.news;

import io.caracal.transport.LinePace;
import io.caracal.transport.RejectReason;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * Logs a warning about connections that were not accepted: the first of each kind at once, afterwards now and then with
 * their number. The transport's threads count; the operator thread logs.
 */
public final class RefusedNews
{
    /** Minimum time between two lines about the same reason. */
    static final long PERIOD_NS = TimeUnit.MINUTES.toNanos(1);

    private static final RejectReason[] REASONS = RejectReason.values();

    private final Logger log;
    private final AtomicLongArray counts = new AtomicLongArray(REASONS.length);
    private final AtomicReferenceArray<InetAddress> clients = new AtomicReferenceArray<>(REASONS.length);
    private final long[] told = new long[REASONS.length];
    private final LinePace[] paces =
        Stream.generate(() -> new LinePace(1, PERIOD_NS)).limit(REASONS.length).toArray(LinePace[]::new);
    private volatile Function<RejectReason, String> explanations;

    RefusedNews(final Logger log)
    {
        this.log = log;
    }

    /**
     * Sets what explains a reason and what can be done about it. Nothing is logged before this is set.
     *
     * @param newExplanations a sentence for each reason.
     */
    public void explanations(final Function<RejectReason, String> newExplanations)
    {
        explanations = newExplanations;
    }

    /** Counts a connection that was not accepted. Called by any thread; never blocks. */
    void onRejected(final RejectReason reason, final InetAddress client)
    {
        if (client != null)
        {
            clients.setRelease(reason.ordinal(), client);
        }
        counts.incrementAndGet(reason.ordinal());
    }

    /** Logs what is new and returns the number of lines written. Called by the operator thread. */
    int tell(final long nowNs)
    {
        int lines = 0;
        for (int i = 0; i < REASONS.length && explanations != null; i++)
        {
            final long count = counts.get(i);
            if (count != told[i] && paces[i].admits(nowNs))
            {
                final InetAddress client = clients.getAcquire(i);
                log.warn("connections not taken: {}{}; {}", count - told[i], client == null ? "" : ", the last from " +
                    client.getHostAddress(), explanations.apply(REASONS[i]));
                told[i] = count;
                lines++;
            }
        }

        return lines;
    }
}
