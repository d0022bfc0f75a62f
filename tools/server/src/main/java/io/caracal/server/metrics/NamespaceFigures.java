/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/**
 * Figures of one namespace: the znodes whose paths begin with the same element. The engine's thread writes, any thread
 * reads.
 */
public final class NamespaceFigures
{
    private final String name;
    private final byte[] bytes;
    private final long first;
    private final long second;
    private final AmountTally reads = new AmountTally();
    private final AmountTally writes = new AmountTally();
    private final AtomicLong quotaErrors = new AtomicLong();

    NamespaceFigures(final byte[] bytes, final long first, final long second)
    {
        this.bytes = bytes;
        this.first = first;
        this.second = second;
        name = new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Whether these two words identify this namespace in the table. They hold its name or, if that is long, its hash.
     */
    boolean has(final long itsFirst, final long itsSecond)
    {
        return first == itsFirst && second == itsSecond;
    }

    /** Whether the bytes are exactly the name of this namespace. */
    boolean is(final DirectBuffer path, final int offset, final int length)
    {
        boolean isSame = length == bytes.length;
        for (int i = 0; isSame && i < length; i++)
        {
            isSame = path.getByte(offset + i) == bytes[i];
        }

        return isSame;
    }

    void onRead(final long amount)
    {
        reads.add(amount);
    }

    void onWritten(final long amount)
    {
        writes.add(amount);
    }

    void onQuotaExceeded()
    {
        quotaErrors.setRelease(quotaErrors.getPlain() + 1);
    }

    /**
     * Returns the first element of the paths.
     *
     * @return without a slash, or {@link Namespaces#OTHERS}.
     */
    public String name()
    {
        return name;
    }

    /**
     * Returns the bytes read of each znode, counted as in ZooKeeper: path, stat, and data or names of children.
     *
     * @return figures as they are now.
     */
    public Summary reads()
    {
        return reads.figures();
    }

    /**
     * Returns the bytes of each change, counted as in ZooKeeper: path and new data.
     *
     * @return figures as they are now.
     */
    public Summary writes()
    {
        return writes.figures();
    }

    /**
     * Returns the number of writes that would have exceeded a quota.
     *
     * @return zero or more.
     */
    public long quotaErrors()
    {
        return quotaErrors.getAcquire();
    }
}
