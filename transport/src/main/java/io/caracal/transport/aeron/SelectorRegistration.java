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
 * Lets channels wake a loop. Channels are registered only if the loop blocks: in a loop that never selects, keys of
 * closed channels would pile up forever.
 */
final class SelectorRegistration
{
    private final SelectIdle idle;
    private final boolean isBlocking;
    private final boolean looksEachCycle;

    /**
     * Registers the channels of one loop.
     *
     * @param idle           of the loop.
     * @param mode           of the loop.
     * @param looksEachCycle whether the loop looks at the selector in every cycle, before it serves the channels.
     */
    SelectorRegistration(final SelectIdle idle, final IdleMode mode, final boolean looksEachCycle)
    {
        this.idle = idle;
        this.looksEachCycle = looksEachCycle;
        isBlocking = mode == IdleMode.BLOCK;
    }

    /** Whether a handler is notified in each cycle, before its channel is served. */
    boolean tellsEachCycle()
    {
        return isBlocking && looksEachCycle;
    }

    /** Registers a channel that is served after its handler was notified. Returns null if channels wake nobody. */
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
