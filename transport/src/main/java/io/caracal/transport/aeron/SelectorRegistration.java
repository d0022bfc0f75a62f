/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.aeron;

import io.caracal.transport.IdleMode;
import io.caracal.transport.tcp.ReadyHandler;
import io.caracal.transport.tcp.SelectIdle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/**
 * Lets channels wake a loop. Only a loop that blocks is woken; in one that never selects, keys of closed channels would
 * pile up for ever.
 */
final class SelectorRegistration
{
    private final SelectIdle idle;
    private final boolean isBlocking;

    SelectorRegistration(final SelectIdle idle, final IdleMode mode)
    {
        this.idle = idle;
        isBlocking = IdleMode.BLOCK == mode;
    }

    /** For a channel that another poller reads: it wakes, and nothing is noted. */
    void register(final SelectableChannel channel)
    {
        register(channel, SelectionKey.OP_READ, null);
    }

    /** For a channel that is served when its handler was told; null when channels wake nobody. */
    SelectionKey register(final SelectableChannel channel, final int ops, final ReadyHandler handler)
    {
        if (!isBlocking)
        {
            return null;
        }

        try
        {
            return channel.register(idle.selector(), ops, handler);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
