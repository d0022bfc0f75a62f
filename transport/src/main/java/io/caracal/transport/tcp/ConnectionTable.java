/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * The connections of one gateway, by id.
 *
 * <pre>
 *   63                            28 27          8 7        0
 *  +--------------------------------+-------------+----------+
 *  | sequence, rises, never 0       | slot        | gateway  |
 *  +--------------------------------+-------------+----------+
 * </pre>
 *
 * The slot finds the connection. The sequence proves that it is still the same one.
 */
final class ConnectionTable
{
    static final int CONNECTIONS_MAX = 1 << 20;

    private static final int GATEWAY_BITS = 8;
    private static final int SLOT_BITS = 20;
    private static final int SLOTS_AT_FIRST = 64;

    private final IntArrayList freeSlots = new IntArrayList();
    private final int gatewayIndex;
    private Connection[] bySlot = new Connection[SLOTS_AT_FIRST];
    private int slotCount;
    private long sequence;
    private volatile int count;

    ConnectionTable(final int gatewayIndex)
    {
        this.gatewayIndex = gatewayIndex;
    }

    static int gatewayOf(final long id)
    {
        return (int)id & ((1 << GATEWAY_BITS) - 1);
    }

    static int slotOf(final long id)
    {
        return (int)(id >>> GATEWAY_BITS) & (CONNECTIONS_MAX - 1);
    }

    boolean isFull()
    {
        return count == CONNECTIONS_MAX;
    }

    int count()
    {
        return count;
    }

    void add(final Connection connection)
    {
        final int slot = freeSlots.isEmpty() ? newSlot() : freeSlots.popInt();
        sequence++;
        connection.id = (sequence << (GATEWAY_BITS + SLOT_BITS)) | ((long)slot << GATEWAY_BITS) | gatewayIndex;
        bySlot[slot] = connection;
        count(count + 1);
    }

    Connection find(final long id)
    {
        final int slot = slotOf(id);
        final Connection connection = slot < bySlot.length ? bySlot[slot] : null;

        return connection != null && connection.id == id ? connection : null;
    }

    void remove(final Connection connection)
    {
        final int slot = slotOf(connection.id);
        bySlot[slot] = null;
        freeSlots.pushInt(slot);
        count(count - 1);
    }

    int slotCount()
    {
        return slotCount;
    }

    Connection at(final int slot)
    {
        return bySlot[slot];
    }

    /** Called by one thread; any thread may read the count. */
    private void count(final int value)
    {
        count = value;
    }

    private int newSlot()
    {
        if (slotCount == bySlot.length)
        {
            bySlot = Arrays.copyOf(bySlot, 2 * slotCount);
        }

        return slotCount++;
    }
}
