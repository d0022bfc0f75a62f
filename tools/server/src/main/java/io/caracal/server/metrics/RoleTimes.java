/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a server looked for a leader, and measures in milliseconds for how long it had none. Counted as in
 * ZooKeeper. Written by the engine's thread, read by any.
 */
public final class RoleTimes
{
    private static final String LOOKING = "looking";
    private static final String LEADING = "leading";
    private static final String ESTABLISHED = "established";

    private final AtomicLong lookings = new AtomicLong();
    private final AmountTrack elections = new AmountTrack();
    private final AmountTrack absences = new AmountTrack();
    private final AmountTrack absencesEnded = new AmountTrack();
    private long lookingSinceNs;
    private long absentSinceNs;
    private boolean isLooking;
    private boolean isAbsent;

    /**
     * The state of the server changed.
     *
     * @param state  starting, looking, following, observing or leading.
     * @param reason {@code established}, or why it changed.
     * @param nowNs  monotonic time.
     */
    void onState(final String state, final String reason, final long nowNs)
    {
        final boolean isEstablished = ESTABLISHED.equals(reason);
        if (!isEstablished && !isAbsent)
        {
            isAbsent = true;
            absentSinceNs = nowNs;
        }
        if (LOOKING.equals(state))
        {
            look(nowNs);
        }
        else if (isLooking)
        {
            isLooking = false;
            elections.record(TimeUnit.NANOSECONDS.toMillis(nowNs - lookingSinceNs));
        }
        if (isEstablished && isAbsent)
        {
            serve(LEADING.equals(state), TimeUnit.NANOSECONDS.toMillis(nowNs - absentSinceNs));
        }
    }

    private void look(final long nowNs)
    {
        lookings.incrementAndGet();
        isLooking = true;
        lookingSinceNs = nowNs;
    }

    private void serve(final boolean leads, final long absentMs)
    {
        isAbsent = false;
        absences.record(absentMs);
        if (leads)
        {
            absencesEnded.record(absentMs);
        }
    }

    /**
     * Returns how often the server began to look for a leader.
     *
     * @return zero or more, never reset.
     */
    public long lookings()
    {
        return lookings.get();
    }

    /**
     * Returns how long each search took until the server found a leader or was elected.
     *
     * @return milliseconds.
     */
    public Summary elections()
    {
        return elections.figures();
    }

    /**
     * Returns the lengths of the periods without an established leader.
     *
     * @return milliseconds.
     */
    public Summary absences()
    {
        return absences.figures();
    }

    /**
     * Returns the lengths of those periods after which this server led.
     *
     * @return milliseconds.
     */
    public Summary absencesEnded()
    {
        return absencesEnded.figures();
    }

    void reset()
    {
        elections.reset();
        absences.reset();
        absencesEnded.reset();
    }
}
