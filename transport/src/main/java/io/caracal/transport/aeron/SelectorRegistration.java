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
    private final boolean looksEachCycle;

    /**
     * For the channels of a loop.
     *
     * @param idle           of the loop.
     * @param mode           of the loop.
     * @param looksEachCycle whether the loop looks at the selector before it serves the channels, in every cycle.
     */
    SelectorRegistration(final SelectIdle idle, final IdleMode mode, final boolean looksEachCycle)
    {
        this.idle = idle;
        this.looksEachCycle = looksEachCycle;
        isBlocking = mode == IdleMode.BLOCK;
    }

    /** Whether a handler is told in each cycle, before its channel is served. */
    boolean tellsEachCycle()
    {
        return isBlocking && looksEachCycle;
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
