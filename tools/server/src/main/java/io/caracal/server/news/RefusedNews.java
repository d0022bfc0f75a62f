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
 * Tells the log of connections that were not taken: the first of each kind at once, then how many there were, once in a
 * while. The transport's threads count, the operator thread tells.
 */
public final class RefusedNews
{
    /** From one line about one reason to the next. */
    static final long PERIOD_NS = TimeUnit.MINUTES.toNanos(1);

    private static final RejectReason[] REASONS = RejectReason.values();

    private final Logger log;
    private final AtomicLongArray counts = new AtomicLongArray(REASONS.length);
    private final AtomicReferenceArray<InetAddress> clients = new AtomicReferenceArray<>(REASONS.length);
    private final long[] told = new long[REASONS.length];
    private final LinePace[] paces = Stream.generate(() -> new LinePace(1, PERIOD_NS)).limit(REASONS.length).toArray(
        LinePace[]::new);
    private volatile Function<RejectReason, String> explanations;

    RefusedNews(final Logger log)
    {
        this.log = log;
    }

    /**
     * Sets how to explain what is in the way and what can be done about it. Nothing is told before this is set.
     *
     * @param newExplanations a sentence for each reason.
     */
    public void explanations(final Function<RejectReason, String> newExplanations)
    {
        explanations = newExplanations;
    }

    /** Any thread; never blocks. */
    void onRejected(final RejectReason reason, final InetAddress client)
    {
        if (client != null)
        {
            clients.setRelease(reason.ordinal(), client);
        }
        counts.incrementAndGet(reason.ordinal());
    }

    /** Tells what is new; returns how many lines that were. The operator thread. */
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
