/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.ensemble;

import io.caracal.compatibility.Await;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;

/** The official client, with everything that it was told about its connection and its watches. */
final class Witness implements Watcher, AutoCloseable
{
    static final int SESSION_MS = 20_000;

    private final Queue<WatchedEvent> events = new ConcurrentLinkedQueue<>();
    private final ZooKeeper client;

    Witness(final String connectString) throws IOException
    {
        final ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        client = new ZooKeeper(connectString, SESSION_MS, this, config);
        Await.until("a session at " + connectString, LocalEnsemble.LIMIT_MS,
            () -> states().contains(Event.KeeperState.SyncConnected));
    }

    @Override
    public void process(final WatchedEvent event)
    {
        events.add(event);
    }

    ZooKeeper client()
    {
        return client;
    }

    /** The states of the connection, in the order in which they came. */
    List<Event.KeeperState> states()
    {
        return events.stream().filter(event -> event.getType() == Event.EventType.None).map(WatchedEvent::getState)
            .toList();
    }

    boolean hasSeen(final Event.EventType type, final String path)
    {
        return events.stream().anyMatch(event -> event.getType() == type && path.equals(event.getPath()));
    }

    @Override
    public void close()
    {
        try
        {
            client.close();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
