/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.shell.client;

import io.caracal.shell.terminal.Terminal;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * Shows watch events and changes of the connection as they arrive, on the client's event thread.
 */
final class SessionEvents implements Watcher
{
    private final Terminal terminal;
    private final boolean isQuiet;
    private volatile boolean isPrinting = true;
    private volatile boolean isDisconnected;

    SessionEvents(final Terminal terminal, final boolean isQuiet)
    {
        this.terminal = terminal;
        this.isQuiet = isQuiet;
    }

    boolean isPrinting()
    {
        return isPrinting;
    }

    void print(final boolean wanted)
    {
        isPrinting = wanted;
    }

    /**
     * Whether the connection is known to be lost. The client's own state shows that only when it tries to connect
     * again.
     */
    boolean isDisconnected()
    {
        return isDisconnected;
    }

    @Override
    public void process(final WatchedEvent event)
    {
        isDisconnected = event.getState() == Event.KeeperState.Disconnected;
        final boolean isOfConnection = event.getType() == Event.EventType.None;
        if (isPrinting && !(isQuiet && isOfConnection))
        {
            terminal.event("\nWATCHER::\n\n" + event);
        }
    }
}
