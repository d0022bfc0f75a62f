/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.client;

import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2ObjectHashMap;

/** The connections that the engine knows, by id and by slot. */
final class ConnectionTable
{
    private static final int INITIAL_SLOTS = 64;

    private final Long2ObjectHashMap<ClientConnection> byId = new Long2ObjectHashMap<>();
    private final IntArrayList freeSlots = new IntArrayList();
    private ClientConnection[] bySlot = new ClientConnection[INITIAL_SLOTS];
    private int slotCount;
    /** The connection found last, because frames of one connection come in a row. */
    private ClientConnection last;

    ClientConnection add(final long id, final DirectBuffer address, final int offset, final int length, final int port)
    {
        final int slot = freeSlots.isEmpty() ? slotCount++ : freeSlots.removeAt(freeSlots.size() - 1);
        if (slot == bySlot.length)
        {
            bySlot = Arrays.copyOf(bySlot, bySlot.length * 2);
        }

        final ClientConnection connection = new ClientConnection(id, slot, address, offset, length, port);
        bySlot[slot] = connection;
        byId.put(id, connection);

        return connection;
    }

    ClientConnection find(final long id)
    {
        if (last == null || last.id != id)
        {
            last = byId.get(id);
        }

        return last;
    }

    /** Returns the connection of a slot, or null when the slot is free. */
    ClientConnection atSlot(final int slot)
    {
        return bySlot[slot];
    }

    /** Upper bound of slot numbers, exclusive; the first slot is 0. */
    int slotCount()
    {
        return slotCount;
    }

    /** Removes a connection that is gone. It keeps its slot until {@link #free}. */
    void remove(final ClientConnection connection)
    {
        byId.remove(connection.id);
        last = null;
    }

    /** Frees the slot of a connection that was removed. */
    void free(final ClientConnection connection)
    {
        bySlot[connection.slot] = null;
        freeSlots.addInt(connection.slot);
    }

    int size()
    {
        return byId.size();
    }
}
