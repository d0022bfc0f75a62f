/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.clients;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/** A watcher that queues its events for a test that waits for them. */
public final class Watched implements Watcher
{
    public static final long TIMEOUT_MS = 60_000;

    private final BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void process(final WatchedEvent event)
    {
        events.add(event);
    }

    /** Returns the next event as "type path". Skips events of the connection. */
    public String next() throws InterruptedException
    {
        while (true)
        {
            final WatchedEvent event = events.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);

            if (event == null)
            {
                throw new AssertionError("no watch event within " + TIMEOUT_MS + " ms");
            }

            if (event.getType() != Event.EventType.None)
            {
                return event.getType() + " " + event.getPath();
            }
        }
    }

    public void awaitState(final Event.KeeperState state) throws InterruptedException
    {
        while (true)
        {
            final WatchedEvent event = events.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS);

            if (event == null)
            {
                throw new AssertionError("state " + state + " not reached within " + TIMEOUT_MS + " ms");
            }

            if (event.getType() == Event.EventType.None && event.getState() == state)
            {
                return;
            }
        }
    }

    public boolean isEmpty()
    {
        return events.isEmpty();
    }

    public void clear()
    {
        events.clear();
    }
}
