/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.node;

/** When clients have their turn in a duty cycle, and which of them count as heard although nobody listens to them. */
final class ClientRounds
{
    /**
     * So long after the last time a frame is offered again that the role did not take, whatever happened: that the
     * journal has taken records over, or another server datagrams, is told by nobody.
     */
    private static final long OFFER_NS = 5_000_000;
    /** So long from one look at clients that nobody listens to, to the next one. */
    private static final long TOUCH_NS = 100_000_000;

    private final Node node;
    /** Whether there was nothing to do in the last duty cycle: what has woken the thread may have made room. */
    private boolean hasRested;
    /** Whether anything that clients sent was looked at since the last time that some were touched. */
    private boolean hasListened;
    private long offeredNs;
    private long touchedNs;

    ClientRounds(final Node node)
    {
        this.node = node;
    }

    /** Before it is judged whose session ends. */
    void touchUnheard(final long nowNs)
    {
        if (nowNs - touchedNs >= TOUCH_NS)
        {
            touchedNs = nowNs;
            node.desk().touchUnheard(node.watchNs(), hasListened);
            hasListened = false;
        }
    }

    /**
     * A frame that is refused once more is work, too, but nothing moves by it. If it were offered again for that, the
     * thread would offer it without a pause until the disk or a peer is done, and keep them from the processor.
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

    /** A duty cycle ends, in which there was something to do or not. */
    void cycleEnded(final boolean rests)
    {
        hasRested = rests;
    }

    /** When a frame is to be offered again although nothing happens. */
    long nextOfferNs()
    {
        return node.desk().awaitsRole() ? offeredNs + OFFER_NS : Long.MAX_VALUE;
    }
}
