/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.transcript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a shell wrote, line by line. Watch events are kept apart, because they may come between any two lines. */
public final class Recording
{
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final Deque<String> events = new ArrayDeque<>();

    public synchronized void out(final String text)
    {
        text.lines().forEach(out::add);
        if (text.isEmpty())
        {
            out.add("");
        }
    }

    public synchronized void err(final String text)
    {
        text.lines().forEach(err::add);
    }

    /** Keeps the line that says what happened to a znode. */
    public synchronized void event(final String text)
    {
        text.lines().filter(line -> line.startsWith("WatchedEvent") && !line.contains("type:None"))
            .forEach(events::add);
        notifyAll();
    }

    public synchronized List<String> takeOut()
    {
        return take(out);
    }

    public synchronized List<String> takeErr()
    {
        return take(err);
    }

    public synchronized String awaitEvent() throws InterruptedException
    {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (events.isEmpty())
        {
            final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (leftMs <= 0)
            {
                return "no watch event came";
            }

            wait(leftMs);
        }

        return events.removeFirst();
    }

    public synchronized List<String> remainingEvents()
    {
        return List.copyOf(events);
    }

    private static List<String> take(final List<String> lines)
    {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
