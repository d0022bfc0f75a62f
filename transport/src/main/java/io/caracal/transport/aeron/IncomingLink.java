/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.aeron.codec.Ending;

/** An accepted connection whose other side has not yet said who it is. */
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
     * Continues reading.
     *
     * @return false if a valid hello can no longer come.
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

    /** The hello that was received; null if none has come yet. */
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
