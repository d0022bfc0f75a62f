/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.metrics;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.DirectBuffer;

/**
 * Figures of namespaces. A namespace is a child of the root with everything below it. The first {@link #NAMESPACES_MAX}
 * that clients use have figures of their own. Further ones, and those with a name longer than {@link #NAME_LENGTH_MAX},
 * share those of {@link #OTHERS}. The engine's thread counts, any thread reads. Memory is allocated only for a new
 * namespace.
 */
public final class Namespaces
{
    /** Maximum number of namespaces with figures of their own. */
    public static final int NAMESPACES_MAX = 256;
    /** Longest name, in bytes, of a namespace with figures of its own. */
    public static final int NAME_LENGTH_MAX = 256;
    /** Name of the figures shared by all namespaces that have none of their own. No znode can have this name. */
    public static final String OTHERS = "/others";
    /** What ZooKeeper counts for the stat of each znode that is read. */
    static final long STAT_BYTES = 68;
    private static final byte SLASH = '/';
    private static final long SLASHES = 0x2F2F2F2F2F2F2F2FL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** Derived from the golden ratio: it spreads similar keys over the table. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int SPREAD_BITS = 31;
    private static final int HASH_FACTOR = 31;
    /** Second word of a name that is longer than two words; its first word is a hash. No name contains such bytes. */
    private static final long LONG = -1;
    /** Names up to this length are compared as two words; longer ones byte by byte. */
    private static final int WORDS_LENGTH = 2 * Long.BYTES;

    private Table table = new Table();
    /** The table that readers see. The engine's thread uses it from its next duty cycle on. */
    private volatile Table shown = table;

    /** The figures between two resets. */
    private static final class Table
    {
        /** Twice as many places as namespaces, a power of two. */
        private static final int PLACES = 2 * NAMESPACES_MAX;
        private final NamespaceFigures[] places = new NamespaceFigures[PLACES];
        private final NamespaceFigures[] known = new NamespaceFigures[NAMESPACES_MAX];
        private final AtomicInteger size = new AtomicInteger();
        private final NamespaceFigures others = new NamespaceFigures(OTHERS.getBytes(StandardCharsets.US_ASCII), 0, 0);

        /** Finds the figures of a name of up to sixteen bytes, given as two words. */
        private NamespaceFigures find(final long first, final long second, final DirectBuffer path, final int offset)
        {
            int place = place(first ^ Long.rotateLeft(second, SPREAD_BITS));
            while (places[place] != null)
            {
                if (places[place].has(first, second))
                {
                    return places[place];
                }
                place = (place + 1) & (PLACES - 1);
            }

            return add(place, first, second, path, offset, lengthOf(first) + lengthOf(second));
        }

        /** Finds the figures of a longer name by its hash. */
        private NamespaceFigures findLong(final DirectBuffer path, final int offset, final int length)
        {
            long hash = 1;
            int nameLength = 0;
            while (nameLength < length && nameLength <= NAME_LENGTH_MAX && path.getByte(offset + nameLength) != SLASH)
            {
                hash = HASH_FACTOR * hash + path.getByte(offset + nameLength);
                nameLength++;
            }
            if (nameLength > NAME_LENGTH_MAX)
            {
                return others;
            }

            int place = place(hash);
            while (places[place] != null)
            {
                if (places[place].has(hash, LONG) && places[place].is(path, offset, nameLength))
                {
                    return places[place];
                }
                place = (place + 1) & (PLACES - 1);
            }

            return add(place, hash, LONG, path, offset, nameLength);
        }

        private static int place(final long key)
        {
            // Names often differ in their last bytes only. These are the high bits of a word, so they are mixed into
            // the low ones before those are spread.
            final long spread = (key ^ (key >>> SPREAD_BITS)) * SPREAD;

            return (int)(spread >>> SPREAD_BITS) & (PLACES - 1);
        }

        private static int lengthOf(final long word)
        {
            return Long.BYTES - Long.numberOfLeadingZeros(word) / Byte.SIZE;
        }

        private NamespaceFigures add(final int place, final long first, final long second, final DirectBuffer path,
            final int offset, final int nameLength)
        {
            if (size.getPlain() == NAMESPACES_MAX)
            {
                return others;
            }

            final byte[] bytes = new byte[nameLength];
            path.getBytes(offset, bytes);
            places[place] = new NamespaceFigures(bytes, first, second);
            known[size.getPlain()] = places[place];
            size.setRelease(size.getPlain() + 1);

            return places[place];
        }
    }

    /** A duty cycle begins. Called on the engine's thread. */
    void onCycleBegun()
    {
        if (table != shown)
        {
            table = shown;
        }
    }

    void onRead(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        final NamespaceFigures namespace = of(path, offset, length);
        if (namespace != null)
        {
            namespace.onRead(length + bytes + STAT_BYTES);
        }
    }

    void onWritten(final DirectBuffer path, final int offset, final int length, final long bytes)
    {
        final NamespaceFigures namespace = of(path, offset, length);
        if (namespace != null)
        {
            namespace.onWritten(length + bytes);
        }
    }

    void onQuotaExceeded(final DirectBuffer path, final int length)
    {
        final NamespaceFigures namespace = of(path, 0, length);
        if (namespace != null)
        {
            namespace.onQuotaExceeded();
        }
    }

    /** Returns the figures of a path; null for the root, which belongs to no namespace. */
    private NamespaceFigures of(final DirectBuffer path, final int offset, final int length)
    {
        if (length <= 1)
        {
            return null;
        }

        final int start = offset + 1;
        final int left = length - 1;
        final long first = word(path, start, left);
        final long firstEnd = slashes(first);
        if (firstEnd != 0 || left <= Long.BYTES)
        {
            return table.find(before(firstEnd, first), 0, path, start);
        }

        final long second = word(path, start + Long.BYTES, left - Long.BYTES);
        final long secondEnd = slashes(second);

        return secondEnd != 0 || left <= WORDS_LENGTH ? table.find(first, before(secondEnd, second), path, start) :
            table.findLong(path, start, left);
    }

    /** Reads up to eight bytes as a word, the first byte in the lowest bits, padded with zeros. */
    private static long word(final DirectBuffer path, final int offset, final int length)
    {
        if (offset + Long.BYTES <= path.capacity())
        {
            final long word = path.getLong(offset, ByteOrder.LITTLE_ENDIAN);
            return length >= Long.BYTES ? word : word & ((1L << (length * Byte.SIZE)) - 1);
        }

        long word = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++)
        {
            word |= (path.getByte(offset + i) & 0xFFL) << (i * Byte.SIZE);
        }

        return word;
    }

    /**
     * Finds slashes in a word. The lowest set bit of the result is the highest bit of the first byte that is a slash; 0
     * when there is none.
     */
    private static long slashes(final long word)
    {
        final long zeros = word ^ SLASHES;

        return (zeros - ONES) & ~zeros & HIGH_BITS;
    }

    private static long before(final long slashes, final long word)
    {
        return slashes == 0 ? word : word & ((Long.lowestOneBit(slashes) - 1) >>> (Byte.SIZE - 1));
    }

    /**
     * Returns all figures that counted something since the last {@link #reset}.
     *
     * @return in the order in which the namespaces were first used; {@link #OTHERS} is last, and only present if it
     *         counted something.
     */
    public List<NamespaceFigures> figures()
    {
        final Table now = shown;
        final int size = now.size.getAcquire();
        final List<NamespaceFigures> figures = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++)
        {
            figures.add(now.known[i]);
        }
        if (now.others.reads().count() + now.others.writes().count() + now.others.quotaErrors() > 0)
        {
            figures.add(now.others);
        }

        return figures;
    }

    /** Forgets all namespaces and their figures. Called on any thread. */
    void reset()
    {
        shown = new Table();
    }
}
