/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.server.words;

import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.agrona.ExpandableArrayBuffer;

/**
 * Sessions or connections sorted by their time of expiry. They are collected in a few bytes each and then written one
 * slice at a time. At most {@value #THINGS_MAX} are listed; the rest is only counted.
 */
final class ExpirySets implements Section
{
    /** Maximum number of listed entries. */
    static final int THINGS_MAX = 4_000_000;
    static final byte[] NO_ADDRESS = {};
    private static final int LINES_PER_SLICE = 64;

    /** Writes the line of one entry. */
    @FunctionalInterface
    interface LineWriter
    {
        /**
         * Writes a line.
         *
         * @param out       text to append to.
         * @param sessionId session id of the entry.
         * @param address   of the entry, possibly empty.
         * @param port      of the entry.
         */
        void write(StringBuilder out, long sessionId, byte[] address, int port);
    }

    /** The entries of one time, one after the other: session id, port, length of address, address. */
    private static final class Bucket
    {
        private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer();
        private int length;
        private int count;
    }

    private final TreeMap<Long, Bucket> buckets = new TreeMap<>();
    private final int tickMs;
    private final LineWriter line;
    private final LongFunction<Date> date;
    private long count;
    private Iterator<Map.Entry<Long, Bucket>> remaining;
    private Bucket current;
    private int offset;

    ExpirySets(final int tickMs, final LineWriter line, final LongFunction<Date> date)
    {
        this.tickMs = tickMs;
        this.line = line;
        this.date = date;
    }

    void add(final long expiryMs, final long sessionId, final byte[] address, final int port)
    {
        final Bucket bucket = buckets.computeIfAbsent(expiryMs / tickMs * tickMs, key -> new Bucket());
        bucket.count++;
        if (++count <= THINGS_MAX)
        {
            bucket.bytes.putLong(bucket.length, sessionId);
            bucket.bytes.putInt(bucket.length + 8, port);
            bucket.bytes.putByte(bucket.length + 12, (byte)address.length);
            bucket.bytes.putBytes(bucket.length + 13, address);
            bucket.length += 13 + address.length;
        }
    }

    void head(final StringBuilder out)
    {
        out.append("Sets (").append(buckets.size()).append(")/(").append(count).append("):\n");
    }

    @Override
    public Progress advance(final StringBuilder text)
    {
        if (remaining == null)
        {
            remaining = buckets.entrySet().iterator();
        }

        for (int lines = 0; lines < LINES_PER_SLICE; lines++)
        {
            if (current != null && offset < current.length)
            {
                writeLine(text);
            }
            else if (remaining.hasNext())
            {
                begin(remaining.next(), text);
            }
            else
            {
                return Progress.DONE;
            }
        }

        return Progress.MORE;
    }

    private void begin(final Map.Entry<Long, Bucket> entry, final StringBuilder text)
    {
        current = entry.getValue();
        offset = 0;
        text.append(current.count).append(" expire at ").append(date.apply(entry.getKey())).append(":\n");
    }

    private void writeLine(final StringBuilder text)
    {
        final byte[] address = new byte[current.bytes.getByte(offset + 12)];
        current.bytes.getBytes(offset + 13, address);
        line.write(text, current.bytes.getLong(offset), address, current.bytes.getInt(offset + 8));
        offset += 13 + address.length;
    }
}
