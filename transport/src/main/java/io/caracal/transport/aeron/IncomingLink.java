/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.aeron.codec.Ending;

/** A connection that was accepted and has not said yet who it is. */
final class IncomingLink implements LinkMessageHandler
{
    private final SilentLink link;
    private final long deadlineNs;
    private LinkHello hello;
    private boolean isOutOfPlace;

    IncomingLink(final SilentLink link, final long deadlineNs)
    {
        this.link = link;
        this.deadlineNs = deadlineNs;
    }

    /**
     * Reads on.
     *
     * @return false: this will never be a hello.
     */
    boolean poll(final long nowNs)
    {
        final SilentLink.Reading reading = link.poll(this, nowNs);

        return !isOutOfPlace && (hello != null || (reading == SilentLink.Reading.OPEN && nowNs - deadlineNs < 0));
    }

    SilentLink link()
    {
        return link;
    }

    /** What it said; null: nothing yet. */
    LinkHello hello()
    {
        return hello;
    }

    long deadlineNs()
    {
        return deadlineNs;
    }

    @Override
    public void onHello(final LinkHello value)
    {
        isOutOfPlace |= hello != null;
        hello = value;
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        isOutOfPlace = true;
    }

    @Override
    public void onProven(final long token)
    {
        isOutOfPlace = true;
    }

    @Override
    public void onGenerationEnd(final Ending ending)
    {
        isOutOfPlace = true;
    }
}
