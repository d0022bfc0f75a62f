/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.aeron.codec.Ending;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Silent links on which the last message has been sent. Closing such a link at once while something is unread could
 * cause a reset that overtakes that message. So each link ends its own side first and waits up to a second for the
 * other side to end.
 */
final class Lingering implements LinkMessageHandler, AutoCloseable
{
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);
    /** Maximum of links that wait. When there are too many, the oldest is closed. */
    static final int LINKS_MAX = 512;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /** A link, and the time at which it is closed at the latest. */
    private record Entry(SilentLink link, long deadlineNs)
    {
    }

    void add(final SilentLink link, final long nowNs)
    {
        if (entries.size() == LINKS_MAX)
        {
            entries.removeFirst().link().close();
        }

        link.endOutput();
        entries.addLast(new Entry(link, nowNs + LINGER_NS));
    }

    int poll(final long nowNs)
    {
        int count = 0;

        if (entries.isEmpty())
        {
            return count;
        }

        for (final Iterator<Entry> all = entries.iterator(); all.hasNext();)
        {
            final Entry entry = all.next();

            if (entry.link().poll(this, nowNs) != SilentLink.Reading.OPEN || nowNs - entry.deadlineNs() >= 0)
            {
                all.remove();
                entry.link().close();
                count++;
            }
        }

        return count;
    }

    long nextDeadlineNs()
    {
        return entries.isEmpty() ? Long.MAX_VALUE : entries.getFirst().deadlineNs();
    }

    @Override
    public void close()
    {
        entries.forEach(entry -> entry.link().close());
        entries.clear();
    }

    @Override
    public void onHello(final LinkHello hello)
    {
        // Nothing that the other side says matters any more.
    }

    @Override
    public void onRefused(final short refusal, final long[] voters)
    {
        // As above.
    }

    @Override
    public void onProven(final long token)
    {
        // As above.
    }

    @Override
    public void onGenerationEnd(final Ending ending)
    {
        // As above: both sides ended it.
    }
}
