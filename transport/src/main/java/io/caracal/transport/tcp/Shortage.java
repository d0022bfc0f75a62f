/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import io.caracal.transport.BufferPurpose;
import io.caracal.transport.CloseReason;

/**
 * Decides which connection is ended when the memory for buffers is used up: the connection of this gateway that holds
 * most of it. Otherwise a few clients that ask for much and read none of it would cost all others their connections.
 */
final class Shortage
{
    private final ConnectionTable table;
    private final Endings endings;
    private final BlockPool pool;

    Shortage(final ConnectionTable table, final Endings endings, final BlockPool pool)
    {
        this.table = table;
        this.endings = endings;
        this.pool = pool;
    }

    /**
     * Returns a block for a connection, if need be at the expense of others. Returns null if the asking connection
     * itself has to go.
     */
    Block tryTake(final Connection asking, final BufferPurpose purpose, final int length)
    {
        Block block = pool.tryTake(purpose, length);

        while (block == null && isRelieved(asking, length))
        {
            block = pool.tryTake(purpose, length);
        }

        return block;
    }

    /** Claims room for what is to be sent to a connection, in the same way. */
    Block tryClaim(final Connection asking, final int length)
    {
        Block block = asking.unsent.tryClaim(length);

        while (block == null && isRelieved(asking, length))
        {
            block = asking.unsent.tryClaim(length);
        }

        return block;
    }

    /** Ends the connection that holds most. Returns false if that is the one that asks for more. */
    private boolean isRelieved(final Connection asking, final int length)
    {
        Connection greatest = asking;
        long most = asking.heldBytes() + length;

        for (int slot = 0; slot < table.slotCount(); slot++)
        {
            final Connection connection = table.at(slot);

            if (connection != null && connection.heldBytes() > most)
            {
                greatest = connection;
                most = connection.heldBytes();
            }
        }

        if (greatest != asking)
        {
            endings.end(greatest, CloseReason.NO_MEMORY);
        }

        return greatest != asking;
    }
}
