/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import java.util.concurrent.TimeUnit;

/**
 * Decides when a stream that has fallen silent is followed by a packet that says nothing. The other side notices that a
 * packet is lost by what comes behind it. Behind the last one comes nothing for a while: Aeron's heartbeat follows
 * after a tenth of a second, which is how long a lone write would wait for a proposal or an acknowledgement that the
 * network lost.
 * <p>
 * A stream with a rhythm carries something several times a second anyway, such as the heartbeats of a leader. What
 * comes in that rhythm is not worth another packet, which would cost an idle server as much as the message itself.
 */
final class TailProbe
{
    /** How long a stream is silent before it is probed: long beside the way of a packet, short beside a heartbeat. */
    static final long DELAY_NS = TimeUnit.MILLISECONDS.toNanos(5);
    /** What follows its predecessor after as much, on a stream with a rhythm, is followed soon enough by the next. */
    static final long RHYTHM_NS = TimeUnit.MILLISECONDS.toNanos(75);

    private final boolean hasRhythm;
    private boolean isAwaited;
    private long sentNs;

    /**
     * Awaits the first message.
     *
     * @param hasRhythm whether something is sent several times a second even if nobody waits for it.
     * @param nowNs     monotonic time.
     */
    TailProbe(final boolean hasRhythm, final long nowNs)
    {
        this.hasRhythm = hasRhythm;
        sentNs = nowNs;
    }

    /**
     * A message was sent.
     *
     * @param nowNs the time of the loop's present turn: what is sent in one turn counts as one.
     */
    void onSent(final long nowNs)
    {
        if (nowNs != sentNs)
        {
            isAwaited = !hasRhythm || nowNs - sentNs < RHYTHM_NS;
            sentNs = nowNs;
        }
    }

    /** Whether a probe is due. If so, none is due any more before the next message. */
    boolean take(final long nowNs)
    {
        final boolean isDue = isAwaited && nowNs - sentNs >= DELAY_NS;
        isAwaited &= !isDue;

        return isDue;
    }

    /** When a probe is due; {@link Long#MAX_VALUE}: not before the next message. */
    long nextNs()
    {
        return isAwaited ? sentNs + DELAY_NS : Long.MAX_VALUE;
    }
}
