/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** Gives clients their turn in a duty cycle, and counts clients as heard while nobody listens to them. */
final class ClientRounds
{
    /**
     * Interval after which a frame that the role did not take is offered again in any case. Nothing announces that the
     * journal has taken over records, or that another server has taken datagrams.
     */
    private static final long OFFER_NS = 5_000_000;
    /** Interval between two looks at clients that nobody listens to. */
    private static final long TOUCH_NS = 100_000_000;

    private final Node node;
    /** Whether the last duty cycle had nothing to do. Then whatever woke the thread may have made room. */
    private boolean hasRested;
    /** Whether anything that clients sent was looked at since {@link #touchUnheard} last did its work. */
    private boolean hasListened;
    private long offeredNs;
    private long touchedNs;

    ClientRounds(final Node node)
    {
        this.node = node;
    }

    /** Counts unheard clients as heard. Must come before it is judged whose session ends. */
    void touchUnheard(final long nowNs)
    {
        if (nowNs - touchedNs >= TOUCH_NS)
        {
            touchedNs = nowNs;
            node.desk().touchUnheard(nowNs, hasListened);
            hasListened = false;
        }
    }

    /**
     * Offers waiting frames again and listens to clients. Refusing a frame again is work too, but it moves nothing. If
     * that alone were a reason to offer the frame again, the thread would offer it without a pause until the disk or a
     * peer is done, and keep the processor from them.
     */
    int poll(final long nowNs, final boolean hasMoved)
    {
        final boolean mayMove = hasMoved || hasRested || nowNs - offeredNs >= OFFER_NS;
        offeredNs = mayMove ? nowNs : offeredNs;

        return node.desk().resumeRefused(mayMove) + (node.events().hasRoom() ? listen() : 0);
    }

    private int listen()
    {
        hasListened = true;

        return node.desk().poll();
    }

    /** A duty cycle ends; {@code rests} tells that it had nothing to do. */
    void cycleEnded(final boolean rests)
    {
        hasRested = rests;
    }

    /** When to offer a frame again even if nothing happens. */
    long nextOfferNs()
    {
        return node.desk().awaitsRole() ? offeredNs + OFFER_NS : Long.MAX_VALUE;
    }
}
