/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.transport.tcp;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The operations for which the selector waits at each connection of a gateway. Written by the gateway's thread. Any
 * thread may read them, and sees what was true a moment ago.
 */
final class Interests
{
    private static final int SLOTS_AT_FIRST = 64;

    private volatile AtomicIntegerArray bySlot = new AtomicIntegerArray(SLOTS_AT_FIRST);

    void set(final long connectionId, final int ops)
    {
        final int slot = ConnectionTable.slotOf(connectionId);

        if (slot >= bySlot.length())
        {
            bySlot = grown(bySlot, slot);
        }

        bySlot.lazySet(slot, ops);
    }

    int of(final long connectionId)
    {
        final AtomicIntegerArray slots = bySlot;
        final int slot = ConnectionTable.slotOf(connectionId);

        return slot < slots.length() ? slots.get(slot) : 0;
    }

    private static AtomicIntegerArray grown(final AtomicIntegerArray old, final int slot)
    {
        final AtomicIntegerArray grown = new AtomicIntegerArray(Math.max(2 * old.length(), slot + 1));

        for (int i = 0; i < old.length(); i++)
        {
            grown.setPlain(i, old.getPlain(i));
        }

        return grown;
    }
}
