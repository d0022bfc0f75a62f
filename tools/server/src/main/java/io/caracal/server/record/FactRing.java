/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.record;

import static java.nio.ByteOrder.nativeOrder;

import io.caracal.server.metrics.CountersFile;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The latest facts of a server. The memory may be part of the server's counters file, so that the facts can be read
 * while the server hangs and after it was killed. One thread writes. A reader, also one in another process, skips
 * entries that are overwritten while it reads.
 *
 * <pre>
 *      0  i64  number of facts ever written
 *     64       entries of 32 bytes: i64 number of the fact, i64 wall clock, i64 session, i32 kind with 32 bits of
 *              the value behind it
 * </pre>
 */
public final class FactRing
{
    private static final int ENTRIES_OFFSET = 64;
    private static final int ENTRY_LENGTH = 32;
    private static final int TIME_OFFSET = 8;
    private static final int SESSION_OFFSET = 16;
    private static final int KIND_OFFSET = 24;
    private static final int VALUE_OFFSET = 28;

    /** Length of the ring in bytes. */
    public static final int LENGTH = CountersFile.FACTS_LENGTH;

    /** Number of facts that the ring holds, a power of two. */
    public static final int FACTS_MAX = (LENGTH - ENTRIES_OFFSET) / ENTRY_LENGTH;

    private final UnsafeBuffer buffer;

    /**
     * Creates a ring over memory.
     *
     * @param buffer {@link #LENGTH} bytes; zeros if it is new.
     */
    public FactRing(final UnsafeBuffer buffer)
    {
        this.buffer = buffer;
        if (buffer.capacity() < LENGTH)
        {
            throw new IllegalArgumentException("facts do not fit into " + buffer.capacity() + " bytes");
        }
    }

    /**
     * Adds a fact. A value beyond the range of an int is stored as the end of that range; in practice, server ids,
     * times in milliseconds and steps of clocks in seconds lie within it.
     */
    void add(final Fact fact)
    {
        final long number = buffer.getLong(0, nativeOrder()) + 1;
        final int offset = offset(number);
        buffer.putLongVolatile(offset, 0);
        buffer.putLong(offset + TIME_OFFSET, fact.atMs(), nativeOrder());
        buffer.putLong(offset + SESSION_OFFSET, fact.sessionId(), nativeOrder());
        buffer.putInt(offset + KIND_OFFSET, fact.kind().ordinal(), nativeOrder());
        buffer.putInt(offset + VALUE_OFFSET, (int)Math.max(Integer.MIN_VALUE, Math.min(fact.value(),
            Integer.MAX_VALUE)), nativeOrder());
        buffer.putLongRelease(offset, number);
        buffer.putLongRelease(0, number);
    }

    /**
     * Returns the facts of a session and those of the server as a whole.
     *
     * @param sessionId id of the session.
     * @return the facts that the ring still holds, oldest first.
     */
    public List<Fact> about(final long sessionId)
    {
        final List<Fact> facts = new ArrayList<>();
        final long last = buffer.getLongVolatile(0);
        for (long number = Math.max(1, last - FACTS_MAX + 1); number <= last; number++)
        {
            final int offset = offset(number);
            final long session = buffer.getLong(offset + SESSION_OFFSET, nativeOrder());
            if (session == sessionId || session == 0)
            {
                final Fact fact = read(offset, session);
                VarHandle.loadLoadFence();
                if (buffer.getLongVolatile(offset) == number)
                {
                    facts.add(fact);
                }
            }
        }

        return facts;
    }

    private Fact read(final int offset, final long session)
    {
        return new Fact(buffer.getLong(offset + TIME_OFFSET, nativeOrder()), Fact.kind(buffer.getInt(offset +
            KIND_OFFSET, nativeOrder())), session, buffer.getInt(offset + VALUE_OFFSET, nativeOrder()));
    }

    private static int offset(final long number)
    {
        return ENTRIES_OFFSET + (int)(number & (FACTS_MAX - 1)) * ENTRY_LENGTH;
    }
}
