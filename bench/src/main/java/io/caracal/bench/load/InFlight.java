/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.load;

import org.agrona.BitUtil;

/** The requests of one connection that wait for replies, oldest first. A ring of fixed size. */
final class InFlight
{
    private final int limit;
    private final int mask;
    private final int[] xids;
    private final byte[] operations;
    private final long[] startsNs;
    private long head;
    private long tail;

    InFlight(final int limit)
    {
        this.limit = limit;
        final int capacity = BitUtil.findNextPositivePowerOfTwo(limit);
        mask = capacity - 1;
        xids = new int[capacity];
        operations = new byte[capacity];
        startsNs = new long[capacity];
    }

    int size()
    {
        return (int)(tail - head);
    }

    boolean isEmpty()
    {
        return tail == head;
    }

    boolean isFull()
    {
        return size() == limit;
    }

    void add(final int xid, final Operation operation, final long startNs)
    {
        final int slot = (int)tail & mask;
        xids[slot] = xid;
        operations[slot] = (byte)operation.ordinal();
        startsNs[slot] = startNs;
        tail++;
    }

    int oldestXid()
    {
        return xids[(int)head & mask];
    }

    Operation oldestOperation()
    {
        return Operation.of(operations[(int)head & mask]);
    }

    long oldestStartNs()
    {
        return startsNs[(int)head & mask];
    }

    void removeOldest()
    {
        head++;
    }
}
